"""Money: exact numbers, one rounding, splitting without loss."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planql.errors import InvalidInput
from planql.money import (
    CURRENCY_DIGITS,
    added_up,
    allocate,
    currency_digits,
    fixed,
    grouped,
    nearest_multiple,
    parse_decimal,
    plain,
    round_amount,
    round_half_away,
)

fractions = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)
weights = st.lists(
    st.fractions(min_value=0, max_value=10**6, max_denominator=1000), min_size=1, max_size=12
).filter(any)
digits = st.integers(0, 4)


@pytest.mark.parametrize(
    ("currency", "count"),
    [("JPY", 0), ("USD", 2), ("EUR", 2), ("BHD", 3), ("KWD", 3), ("CLF", 4), ("UYW", 4)],
)
def test_currencies_have_the_digits_of_iso_4217(currency: str, count: int) -> None:
    """Minor units as ISO 4217 lists them."""
    assert currency_digits(currency) == count


@pytest.mark.parametrize("currency", ["XAU", "XXX", "usd", "US", "", "EURO"])
def test_refuses_what_is_no_currency_of_an_invoice(currency: str) -> None:
    """Unknown codes, and codes without minor units such as gold, are refused."""
    assert currency not in CURRENCY_DIGITS
    with pytest.raises(InvalidInput) as refused:
        currency_digits(currency)
    assert refused.value.code == "unknown-currency"
    assert f'"{currency}"' in refused.value.message


@pytest.mark.parametrize(
    "text", ["0", "12", "-10.00", "0.000002", "1.234567890123", "9" * 30, f"{'9' * 30}.{'9' * 12}"]
)
def test_reads_plain_decimals_to_the_digit(text: str) -> None:
    """Every digit is kept, trailing zeros too."""
    assert str(parse_decimal(text)) == str(Decimal(text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-a-decimal"),
        ("1,000", "not-a-decimal"),
        ("1e3", "not-a-decimal"),
        ("+1", "not-a-decimal"),
        (".5", "not-a-decimal"),
        ("5.", "not-a-decimal"),
        ("01", "not-a-decimal"),
        (" 1", "not-a-decimal"),
        ("1\n", "not-a-decimal"),
        ("1_000", "not-a-decimal"),
        ("NaN", "not-a-decimal"),
        ("Infinity", "not-a-decimal"),
        ("١٢", "not-a-decimal"),
        ("0.0000000000001", "too-many-decimals"),
        ("1" + "0" * 30, "number-too-large"),
    ],
)
def test_refuses_every_other_way_to_write_a_number(text: str, code: str) -> None:
    """No exponent, separator, sign, space, leading zero or foreign digit; bounded length."""
    with pytest.raises(InvalidInput) as refused:
        parse_decimal(text)
    assert refused.value.code == code


def test_repeats_only_the_start_of_a_long_text() -> None:
    """A message quotes 80 characters of what was refused."""
    with pytest.raises(InvalidInput) as refused:
        parse_decimal("x" * 81)
    assert f'"{"x" * 80}…"' in refused.value.message


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("2.325", "USD", "2.33"),
        ("2.3249999", "USD", "2.32"),
        ("-0.005", "USD", "-0.01"),
        ("-0.0049", "USD", "0"),
        ("1000.5", "JPY", "1001"),
        ("-1000.5", "JPY", "-1001"),
        ("1.0005", "BHD", "1.001"),
        ("0", "USD", "0"),
    ],
)
def test_rounds_half_away_from_zero(amount: str, currency: str, rounded: str) -> None:
    """A half goes away from zero on both sides of it, at the currency's last digit."""
    assert plain(round_amount(Fraction(amount), currency)) == rounded


@pytest.mark.parametrize(
    ("amounts", "total"), [((), "0"), (("1/3",), "1/3"), (("1/3", "-1", "2/3"), "0")]
)
def test_adds_up(amounts: tuple[str, ...], total: str) -> None:
    """Amounts are added exactly; nothing comes to 0."""
    assert added_up(map(Fraction, amounts)) == Fraction(total)


def test_rounds_to_tens_and_hundreds() -> None:
    """Negative digits round before the point: 150 to hundreds is 200, 149 is 100."""
    assert round_half_away(Fraction(150), -2) == 200
    assert round_half_away(Fraction(149), -2) == 100
    assert round_half_away(Fraction(-150), -2) == -200


@pytest.mark.parametrize(
    ("value", "unit", "count"), [(25, 10, 3), (24, 10, 2), (-25, 10, -3), (0, 10, 0)]
)
def test_counts_units_half_away_from_zero(value: int, unit: int, count: int) -> None:
    """25 is three tens, since a half counts as one more."""
    assert nearest_multiple(value, unit) == nearest_multiple(Fraction(value), unit) == count


@pytest.mark.parametrize(
    ("total", "shares", "parts"),
    [
        ("10.00", ["1", "1", "1"], ["3.34", "3.33", "3.33"]),  # one cent over: first of a tie
        ("-10.00", ["1", "1", "1"], ["-3.34", "-3.33", "-3.33"]),
        ("0.05", ["3", "7"], ["0.02", "0.03"]),  # 1.5 and 3.5 cents lose a half each: first
        ("0.01", ["1", "2"], ["0", "0.01"]),  # 1/3 and 2/3 of a cent: the larger remainder
        ("1.00", ["0", "1", "0"], ["0", "1", "0"]),
        ("0", ["0", "0"], ["0", "0"]),
        ("7.00", ["5"], ["7"]),
    ],
)
def test_splits_by_the_largest_remainder(total: str, shares: list[str], parts: list[str]) -> None:
    """What is left over goes to the parts that lost most, ties in input order."""
    split = allocate(Fraction(total), [Fraction(share) for share in shares], 2)
    assert [plain(part) for part in split] == parts


@given(st.integers(-(10**12), 10**12), weights, digits)
def test_law_allocation_loses_no_minor_unit(units: int, shares: list[Fraction], count: int) -> None:
    """The parts sum to the whole, each within one unit of its exact share, zero for weight zero."""
    total = Fraction(units, 10**count)
    parts = allocate(total, shares, count)
    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        exact = total * share / sum(shares)
        assert abs(part - exact) < Fraction(1, 10**count)
        assert part == 0 or share > 0
        assert (part * 10**count).denominator == 1


@given(st.integers(-(10**12), 10**12), weights, digits)
def test_law_allocation_mirrors_at_zero(units: int, shares: list[Fraction], count: int) -> None:
    """A credit is split as the charge it gives back was."""
    total = Fraction(units, 10**count)
    assert allocate(-total, shares, count) == [-part for part in allocate(total, shares, count)]


@given(fractions, st.integers(-3, 6))
def test_law_rounding_is_nearest_and_odd(value: Fraction, count: int) -> None:
    """The rounded value is a multiple of the unit, at most half of it away; signs mirror."""
    unit = Fraction(10) ** -count
    rounded = round_half_away(value, count)
    assert (rounded / unit).denominator == 1
    assert abs(rounded - value) <= unit / 2
    assert round_half_away(-value, count) == -rounded
    assert round_half_away(rounded, count) == rounded
    if abs(rounded - value) == unit / 2:
        assert abs(rounded) > abs(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(15), "15"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(1, 3), "0.333333333333"),
        (Fraction(2, 3), "0.666666666667"),
        (Fraction(-2, 3), "-0.666666666667"),
        (Fraction(1, 2**20), "0.00000095367431640625"),
        (Fraction(10) ** 30, "1" + "0" * 30),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.10"), "0.1"),
        (Decimal("-0.00"), "0"),
        (7, "7"),
    ],
)
def test_prints_plain_numbers(value: Fraction | Decimal | int, text: str) -> None:
    """No exponent, no superfluous zeros; 12 decimals where there is no end to them."""
    assert plain(value) == text


@given(fractions)
def test_law_what_is_printed_is_what_was_meant(value: Fraction) -> None:
    """Plain text is read back to the value, or to its rounding at 12 decimals."""
    read = Fraction(plain(value))
    assert read in {value, round_half_away(value, 12)}


@pytest.mark.parametrize(
    ("amount", "count", "text"),
    [
        ("5", 2, "5.00"),
        ("-0.5", 2, "-0.50"),
        ("1001", 0, "1001"),
        ("0", 3, "0.000"),
        ("0.005", 2, "0.01"),
        ("-2.5", 0, "-3"),
        ("-0.004", 2, "0.00"),
    ],
)
def test_prints_amounts_with_the_digits_of_a_currency(amount: str, count: int, text: str) -> None:
    """An amount for people keeps its zeros, and has no more decimals than the currency."""
    assert fixed(Fraction(amount), count) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("0", "0"), ("999.9999", "999.9999"), ("-1234567.50", "-1,234,567.50"), ("-0.5", "-0.5")],
)
def test_people_read_thousands(text: str, shown: str) -> None:
    """Whole digits are grouped in threes; decimals and the sign stay as they are."""
    assert grouped(text) == shown

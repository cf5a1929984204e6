"""Laws of discounts: what they take, from which lines, in which order."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.strategies.charges import DIGITS, currencies

from planql.money import round_amount
from planql.rating.discounts import Deduction, Reduction, deduct

ZERO = Fraction(0)
moderate = settings(max_examples=150)


@st.composite
def bills(draw: st.DrawFn) -> tuple[list[Fraction], str]:
    """Amounts of lines, of either sign, and their currency."""
    currency = draw(currencies)
    unit = Fraction(1, 10 ** DIGITS[currency])
    lines = draw(st.lists(st.integers(-5_000, 50_000), max_size=6))
    return [line * unit for line in lines], currency


@st.composite
def reductions(draw: st.DrawFn, currency: str, lines: int, place: int) -> Reduction:
    """A percentage or a fixed amount, of all or of some lines."""
    some = st.none() | st.frozensets(st.integers(0, max(lines - 1, 0)))
    share = st.fractions(0, 100, max_denominator=100)
    fixed = st.integers(0, 50_000).map(lambda units: Fraction(units, 10 ** DIGITS[currency]))
    is_share = draw(st.booleans())
    return Reduction(
        key=f"d{place}",
        percentage=draw(share) if is_share else None,
        amount=None if is_share else draw(fixed),
        lines=draw(some),
        is_redeemed=draw(st.booleans()),
    )


@st.composite
def discounted(draw: st.DrawFn) -> tuple[list[Fraction], list[Reduction], str]:
    """Lines, discounts of one scope, and a currency."""
    lines, currency = draw(bills())
    found = [
        draw(reductions(currency, len(lines), place)) for place in range(draw(st.integers(0, 4)))
    ]
    return lines, found, currency


def taken(deductions: tuple[Deduction, ...], line: int) -> Fraction:
    """What all deductions take from one line."""
    return sum((deduction.shares[line] for deduction in deductions), ZERO)


@moderate
@given(discounted())
def test_never_above_the_amount(bill: tuple[list[Fraction], list[Reduction], str]) -> None:
    """No line falls below zero, and so no bill does."""
    lines, found, currency = bill
    deductions = deduct(lines, found, currency)
    for index, line in enumerate(lines):
        assert 0 <= taken(deductions, index) <= max(line, ZERO)


@moderate
@given(discounted())
def test_a_split_loses_nothing(bill: tuple[list[Fraction], list[Reduction], str]) -> None:
    """The shares of a deduction sum to it, and each is a whole number of minor units."""
    lines, found, currency = bill
    for deduction in deduct(lines, found, currency):
        assert sum(deduction.shares, ZERO) == deduction.amount
        assert all(share * 10 ** DIGITS[currency] % 1 == 0 for share in deduction.shares)


@moderate
@given(discounted())
def test_lines_at_or_below_zero_take_no_part(
    bill: tuple[list[Fraction], list[Reduction], str],
) -> None:
    """A credit is not discounted, and does not change what others get."""
    lines, found, currency = bill
    positive = [max(line, ZERO) for line in lines]
    assert deduct(lines, found, currency) == deduct(positive, found, currency)


@moderate
@given(discounted())
def test_only_listed_lines_are_discounted(
    bill: tuple[list[Fraction], list[Reduction], str],
) -> None:
    """A reduction takes nothing from lines it is not for."""
    lines, found, currency = bill
    by_key = {reduction.key: reduction for reduction in found}
    for deduction in deduct(lines, found, currency):
        listed = by_key[deduction.key].lines
        outside = [
            share
            for n, share in enumerate(deduction.shares)
            if listed is not None and n not in listed
        ]
        assert not any(outside)


@moderate
@given(discounted())
def test_percentages_act_before_fixed_amounts(
    bill: tuple[list[Fraction], list[Reduction], str],
) -> None:
    """However they are listed: percentages, then fixed; automatic, then redeemed."""
    lines, found, currency = bill
    sorted_first = sorted(found, key=lambda each: (each.amount is not None, each.is_redeemed))
    assert deduct(lines, found, currency) == deduct(lines, sorted_first, currency)
    order = [deduction.key for deduction in deduct(lines, found, currency)]
    assert order == [each.key for each in sorted_first]


@moderate
@given(bills(), st.fractions(0, 100, max_denominator=100))
def test_a_percentage_is_rounded_once(bill: tuple[list[Fraction], str], share: Fraction) -> None:
    """A percentage takes its share of the whole, rounded once, not of each line."""
    lines, currency = bill
    (deduction,) = deduct(lines, [Reduction("d", percentage=share)], currency)
    whole = sum((max(line, ZERO) for line in lines), ZERO)
    assert deduction.amount == round_amount(whole * share / 100, currency)


@moderate
@given(bills(), st.integers(0, 100_000))
def test_a_fixed_amount_takes_what_is_left(bill: tuple[list[Fraction], str], units: int) -> None:
    """A fixed amount takes all of itself, or all there is."""
    lines, currency = bill
    budget = Fraction(units, 10 ** DIGITS[currency])
    (deduction,) = deduct(lines, [Reduction("d", amount=budget)], currency)
    assert deduction.amount == min(budget, sum((max(line, ZERO) for line in lines), ZERO))


@moderate
@given(bills(), st.fractions(0, 100, max_denominator=100))
def test_shares_are_proportional(bill: tuple[list[Fraction], str], share: Fraction) -> None:
    """Each line's share is its exact share of the deduction, to less than a minor unit."""
    lines, currency = bill
    (deduction,) = deduct(lines, [Reduction("d", percentage=share)], currency)
    whole = sum((max(line, ZERO) for line in lines), ZERO)
    for line, part in zip(lines, deduction.shares, strict=True):
        exact = deduction.amount * max(line, ZERO) / whole if whole else ZERO
        assert abs(part - exact) < Fraction(1, 10 ** DIGITS[currency])


@moderate
@given(bills())
def test_all_and_nothing(bill: tuple[list[Fraction], str]) -> None:
    """100 % takes everything, 0 % nothing, and what follows finds nothing left."""
    lines, currency = bill
    everything = Reduction("all", percentage=Fraction(100))
    first, second = deduct(lines, [everything, Reduction("more", amount=Fraction(5))], currency)
    assert first.shares == tuple(max(line, ZERO) for line in lines)
    assert second.amount == 0

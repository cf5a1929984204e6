"""Exact amounts of money: currencies, rounding, splitting, plain decimal text.

Owns: the only rounding of money in planql, and the digits of each currency.
Does not own: what an amount is for, or how it is printed for people.

Amounts and quantities are exact. Files hold decimal text, kept as `Decimal` to the digit;
computations use `Fraction`, which never rounds. An amount is in major units (dollars, not cents)
unless its name says `minor_units`.

Source: RULES 1 (docs/rules/money.md).
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Final

from iso4217 import Currency

from planql.errors import InvalidInput

Exact = Decimal | Fraction | int

DECIMALS: Final = 12
"""Most decimals of a price or a quantity in a file, and of a number without a finite expansion."""

_INTEGER_DIGITS: Final = 30
_SHOWN: Final = 80
_ANY_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]*)(?:\.([0-9]+))?")
_DECIMAL: Final = re.compile(
    rf"-?(?:0|[1-9][0-9]{{0,{_INTEGER_DIGITS - 1}}})(?:\.[0-9]{{1,{DECIMALS}}})?"
)

CURRENCY_DIGITS: Final[dict[str, int]] = {
    currency.code: currency.exponent for currency in Currency if currency.exponent is not None
}
"""Minor-unit digits of every ISO 4217 currency that has them: JPY 0, USD 2, BHD 3, CLF 4."""


def currency_digits(currency: str) -> int:
    """Digits after the decimal point of an amount in `currency`.

    Raises:
        InvalidInput: `unknown-currency`, when ISO 4217 has no such currency.
    """
    try:
        return CURRENCY_DIGITS[currency]
    except KeyError:
        raise InvalidInput(
            "unknown-currency",
            f'"{currency}" is not an ISO 4217 currency code',
            hint='write three capital letters, such as "USD", "EUR" or "JPY"',
        ) from None


def parse_decimal(text: str) -> Decimal:
    """The number that plain decimal text stands for: `"0.000002"`, `"-10.00"`, `"15"`.

    Exponents, signs other than a leading minus, separators, spaces, leading zeros and digits of
    other scripts are refused, as are more than 12 decimals or 30 digits before the point.

    Raises:
        InvalidInput: `not-a-decimal`, `too-many-decimals` or `number-too-large`.
    """
    if not _DECIMAL.fullmatch(text):
        raise _unreadable(text)
    return Decimal(text)


def _unreadable(text: str) -> InvalidInput:
    """What is wrong with a text that `parse_decimal` refuses."""
    found = _ANY_DECIMAL.fullmatch(text)
    if not found:
        return InvalidInput(
            "not-a-decimal",
            f'"{_shown(text)}" is not a plain decimal number',
            hint='write digits with an optional point, such as "12" or "0.000002"',
        )
    whole, decimals = found.groups("")
    if len(decimals) > DECIMALS:
        return InvalidInput(
            "too-many-decimals",
            f'"{_shown(text)}" has {len(decimals)} decimals; at most 12 are kept',
        )
    return InvalidInput(
        "number-too-large",
        f'"{_shown(text)}" has {len(whole)} digits before the point, over 30',
    )


def _shown(text: str) -> str:
    """What of a text a message repeats."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def round_half_away(value: Fraction, digits: int) -> Fraction:
    """`value` rounded to `digits` decimals, half away from zero; `digits` may be negative."""
    scale = Fraction(10) ** digits
    return Fraction(_nearest(value * scale)) / scale


def round_amount(amount: Fraction, currency: str) -> Fraction:
    """`amount` rounded to the digits of `currency`, half away from zero.

    Source: RULES 1.2. 2.325 USD is 2.33, -0.005 USD is -0.01, 1000.5 JPY is 1001.
    """
    return round_half_away(amount, currency_digits(currency))


def nearest_multiple(value: int | Fraction, unit: int) -> int:
    """How many `unit` make `value`, to the nearest whole number, half away from zero.

    For callers that keep amounts as integers at a static scale, in units of 10**-26 say.
    """
    if value < 0:
        return -nearest_multiple(-value, unit)
    return (2 * value + unit) // (2 * unit)


def _nearest(value: Fraction) -> int:
    """The integer nearest to `value`, half away from zero."""
    return nearest_multiple(value.numerator, value.denominator)


def added_up(amounts: Iterable[Fraction]) -> Fraction:
    """The sum, exact; 0 of nothing. Of one amount, as most sums are, it is that amount."""
    others = iter(amounts)
    return sum(others, next(others, Fraction(0)))


def allocate(total: Fraction, weights: Sequence[Fraction], digits: int) -> list[Fraction]:
    """Split `total`, a multiple of 10**-digits, by `weights`; the parts sum to it exactly.

    Each part is first cut towards zero to `digits` decimals; the units left over go one each to
    the parts that lost most, ties in input order. Weights of 0 get nothing.

    Args:
        total: What to split; of either sign.
        weights: Not negative; with a positive sum unless `total` is 0.
        digits: Decimals of each part.

    Source: RULES 1.3.
    """
    common = lcm(*(weight.denominator for weight in weights))
    whole = [weight.numerator * (common // weight.denominator) for weight in weights]
    parts = split(_nearest(total * 10**digits), whole)
    return [Fraction(part, 10**digits) for part in parts]


def split(units: int, weights: Sequence[int]) -> list[int]:
    """`allocate` in whole units: split `units`, of either sign, by whole weights.

    Args:
        units: What to split, such as minor units of a currency.
        weights: Not negative; with a positive sum unless `units` is 0.

    Source: RULES 1.3.
    """
    if units == 0:
        return [0] * len(weights)
    sign, units = (-1, -units) if units < 0 else (1, units)
    whole = sum(weights)
    if weights.count(weights[0]) == len(weights):
        part, left = divmod(units, len(weights))
        return [sign * (part + 1)] * left + [sign * part] * (len(weights) - left)
    shares = [divmod(units * weight, whole) for weight in weights]
    parts = [part for part, _ in shares]
    by_loss = sorted(range(len(parts)), key=lambda index: -shares[index][1])
    for index in by_loss[: units - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]


def plain(value: Exact) -> str:
    """`value` as plain decimal text: no exponent, no superfluous zeros, "0" for zero.

    A number without a finite decimal expansion has 12 decimals, rounded half away from zero.
    """
    numerator, denominator = value.as_integer_ratio()
    if denominator == 1:
        return str(numerator)
    decimals, factor = _expansion(denominator)
    if not factor:
        return plain(round_half_away(Fraction(value), DECIMALS))
    text = str(numerator * factor)
    if -denominator < numerator < denominator:
        text = text.zfill(decimals + (2 if numerator < 0 else 1))
    return f"{text[:-decimals]}.{text[-decimals:]}"


def fixed(amount: Fraction, digits: int) -> str:
    """`amount` with exactly `digits` decimals, rounded half away from zero: "5.00"."""
    scale = 10**digits
    whole, _, decimals = plain(Fraction(_nearest(amount * scale), scale)).partition(".")
    return f"{whole}.{decimals:0<{digits}}" if digits else whole


def grouped(text: str) -> str:
    """Plain decimal text with thousands separators, for people only: "-1,234.5"."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, decimals = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{decimals}"


@lru_cache(maxsize=1 << 12)
def _expansion(denominator: int) -> tuple[int, int]:
    """The decimals of 1 / `denominator`, and these as a number: 3 and 125 of 8.

    Both are 0 when the expansion has no end. Kept, since prices share few denominators.
    """
    twos = (denominator & -denominator).bit_length() - 1
    fives, rest = 0, denominator >> twos
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    decimals = max(twos, fives)
    return (decimals, 10**decimals // denominator) if rest == 1 else (0, 0)

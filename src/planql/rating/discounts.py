"""How discounts reduce lines, one scope at a time.

Owns: the order inside a scope, what is left to discount, rounding, splitting over lines.
Does not own: which discounts apply, the order of scopes, and what was spent of a fixed amount in
the same billing period (`planql.billing`).

Inside a scope percentages come first, then fixed amounts, automatic discounts before redeemed
ones, then the order listed. Each acts on what the ones before it left of its lines, is rounded
once to the currency and split over those lines by the largest remainder::

    100.00  - 15 % (15.00) ->  85.00  - 20 % (17.00) ->  68.00  - 10.00 ->  58.00

Source: RULES 6 (docs/rules/discounts.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planql.discounts import Discount, FixedAmountDiscount, FreeUnitsDiscount, PercentageDiscount
from planql.errors import InvalidInput
from planql.money import allocate, currency_digits, round_amount


@dataclass(frozen=True, slots=True)
class Reduction:
    """A percentage or an amount to take from some lines: a discount, ready to act.

    Attributes:
        key: Of the discount.
        percentage: Percent of what is left; None for a fixed amount.
        amount: What is left to spend, in major units; None for a percentage.
        lines: Indexes of the lines it acts on; None is all of them.
        is_redeemed: Whether the customer redeemed it; automatic ones act first.
    """

    key: str
    percentage: Fraction | None = None
    amount: Fraction | None = None
    lines: frozenset[int] | None = None
    is_redeemed: bool = False


@dataclass(frozen=True, slots=True)
class Deduction:
    """What a reduction took.

    Attributes:
        key: Of the discount.
        amount: In all, 0 or more, at the currency's digits.
        shares: From each line, in the lines' order; they sum to `amount`.
    """

    key: str
    amount: Fraction
    shares: tuple[Fraction, ...]


def reduction(
    discount: PercentageDiscount | FixedAmountDiscount,
    currency: str,
    *,
    left: Fraction | None = None,
    lines: frozenset[int] | None = None,
    is_redeemed: bool = False,
) -> Reduction:
    """`discount`, ready to act on amounts in `currency`.

    Args:
        discount: A percentage or a fixed amount.
        currency: Of the lines.
        left: What is left of a fixed amount in this billing period; None is all of it.
        lines: Indexes of the lines it acts on; None is all of them.
        is_redeemed: Whether the customer redeemed it; automatic ones act first.

    Raises:
        InvalidInput: `discount-currency`, when a fixed amount has none in `currency`.
    """
    if isinstance(discount, PercentageDiscount):
        percentage = Fraction(discount.percentage)
        return Reduction(discount.key, percentage, None, lines, is_redeemed)
    full = fixed_amount(discount, currency)
    return Reduction(discount.key, None, full if left is None else left, lines, is_redeemed)


def fixed_amount(discount: FixedAmountDiscount, currency: str) -> Fraction:
    """What `discount` takes per billing period, in `currency`, rounded to its digits.

    Raises:
        InvalidInput: `discount-currency`, when it has no amount in `currency`.
    """
    if currency not in discount.amounts:
        known = ", ".join(f'"{code}"' for code in discount.amounts)
        raise InvalidInput(
            "discount-currency",
            f'discount "{discount.key}" has no amount in "{currency}", only in {known}',
            pointer="/amounts",
            hint=f'add "{currency}" to its "amounts"',
        )
    return round_amount(Fraction(discount.amounts[currency]), currency)


def free_units(discounts: Iterable[Discount]) -> Fraction:
    """The units that `discounts` make free, which act as more included units."""
    return sum(
        (Fraction(each.units) for each in discounts if isinstance(each, FreeUnitsDiscount)),
        Fraction(0),
    )


def in_order(reductions: Iterable[Reduction]) -> list[Reduction]:
    """The order in which reductions of one scope act; the order listed breaks ties."""
    return sorted(reductions, key=lambda each: (each.percentage is None, each.is_redeemed))


def deduct(
    amounts: Sequence[Fraction], reductions: Iterable[Reduction], currency: str
) -> tuple[Deduction, ...]:
    """What the `reductions` of one scope take from lines of `amounts`, in the order they act.

    Lines at or below zero take no part, and no line falls below zero: the deductions never sum to
    more than the amounts.

    Args:
        amounts: Of the lines before this scope, net of the scopes before it, in major units at
            the currency's digits.
        reductions: All of one scope, in the order listed.
        currency: Of the lines.
    """
    left = list(amounts)
    deductions = []
    for each in in_order(reductions):
        deduction = _deduction(left, each, currency)
        left = [rest - share for rest, share in zip(left, deduction.shares, strict=True)]
        deductions.append(deduction)
    return tuple(deductions)


def _deduction(left: Sequence[Fraction], each: Reduction, currency: str) -> Deduction:
    weights = [
        max(rest, Fraction(0)) if each.lines is None or index in each.lines else Fraction(0)
        for index, rest in enumerate(left)
    ]
    amount = _taken(sum(weights, Fraction(0)), each, currency)
    shares = allocate(amount, weights, currency_digits(currency))
    return Deduction(each.key, amount, tuple(shares))


def _taken(available: Fraction, each: Reduction, currency: str) -> Fraction:
    """What one reduction takes of `available`, rounded, never more than it."""
    if each.percentage is not None:
        return round_amount(available * each.percentage / 100, currency)
    return min(each.amount or Fraction(0), available)

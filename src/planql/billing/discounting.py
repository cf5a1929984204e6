"""Which discounts act on which lines of one subscription, for how long, and what they have left.

Owns: scopes, durations counted in billing periods, fixed amounts spent once per billing period.
Does not own: the order inside a scope, rounding and splitting (`planql.rating.discounts`).

A boundary opens a billing period. Its invoice spends a fixed amount first; invoices for changes
inside the period have what is left, and what credits gave back.

Source: RULES 6; INTERFACES, corner cases (docs/rules/discounts.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planql.billing.drafts import Draft
from planql.billing.invoices import ZERO
from planql.billing.redemptions import serves
from planql.billing.runs import Commitment
from planql.billing.terms import Offer, Redeemed
from planql.catalog.snapshot import Catalog
from planql.discounts import (
    Discount,
    FixedAmountDiscount,
    FreeUnitsDiscount,
    Once,
    Repeating,
    Scope,
)
from planql.money import round_amount
from planql.rating.discounts import Reduction, deduct, fixed_amount, free_units, in_order, reduction


class DiscountBook:
    """What a subscription's discounts have done so far."""

    def __init__(self) -> None:
        self._period = 0
        self._first: dict[str, int] = {}
        self._left: dict[tuple[str, str], Fraction] = {}

    def go_on(self, period: int, *, fresh: bool) -> None:
        """Go on to an occasion of the billing period number `period`.

        Args:
            period: What durations are counted in.
            fresh: Whether fixed amounts can be spent anew.
        """
        self._period = period
        if fresh:
            self._left.clear()

    @property
    def period(self) -> int:
        """The billing period of this occasion."""
        return self._period

    def is_active(self, discount: Discount) -> bool:
        """Whether the discount acts in this billing period."""
        return self._lasts(discount, self._period)

    def acts_in(self, discount: Discount, period: int) -> bool:
        """Whether it acts in this billing period, or did so in an earlier one."""
        return self.is_active(discount) or self._lasts(discount, period)

    def _lasts(self, discount: Discount, period: int) -> bool:
        first = self._first.get(discount.key, period)
        match discount.duration:
            case Once():
                return first == period
            case Repeating(cycles=cycles):
                return first <= period < first + cycles
            case _:
                return True

    def begin(self, discount: str) -> None:
        """Note that the discount had something to act on; the first time starts its duration."""
        self._first.setdefault(discount, self._period)

    def left(self, discount: FixedAmountDiscount, currency: str) -> Fraction:
        """What is left of a fixed amount in this period; it may be finer than the currency."""
        left = self._left.get((discount.key, currency))
        return fixed_amount(discount, currency) if left is None else left

    def spend(self, discount: FixedAmountDiscount, currency: str, amount: Fraction) -> None:
        """Take `amount` from what is left."""
        left = self.left(discount, currency) - amount
        self._left[discount.key, currency] = max(left, Fraction(0))

    def give_back(self, credited: Draft, share: Fraction) -> None:
        """Return the share of a credited line's discounts to what this period has left."""
        for each in credited.line.discounts:
            key = (each.discount, credited.currency)
            if key in self._left:
                self._left[key] += each.amount * share


@dataclass(frozen=True, slots=True)
class Use:
    """A discount that a subscription uses, and by what right.

    Attributes:
        discount: As it is written.
        is_automatic: Whether plans or charges list it; it then acts on what they price.
        is_redeemed: Whether the customer redeemed it; it then acts on every plan it is for.
        of_charge: Whether charges list it; it then acts on those charges alone.
    """

    discount: Discount
    is_automatic: bool
    is_redeemed: bool = False
    of_charge: bool = False

    @property
    def scope(self) -> Scope:
        """On what it acts."""
        return "charges" if self.of_charge else self.discount.scope

    def acts_on(self, held: Offer | Commitment | None) -> bool:
        """Whether it acts on what a charge or commitment priced."""
        if held is None or not serves(self.discount, held.plan.entity):
            return False
        if self.of_charge:
            return self.discount.key in held.own_discounts
        if not self.is_redeemed and self.discount.key not in held.plan.entity.discounts:
            return False
        names = {held.charge_key, f"{held.plan.entity.key}/{held.charge_key}"}
        return self.scope != "charges" or not names.isdisjoint(self.discount.charges)


def uses(
    catalog: Catalog, held: Sequence[Offer | Commitment], redeemed: Sequence[Redeemed]
) -> tuple[Use, ...]:
    """The discounts that may act: automatic ones before redeemed ones, in the order listed."""
    by_charge = dict.fromkeys(key for each in held for key in each.own_discounts)
    by_plan = dict.fromkeys(key for each in held for key in each.plan.entity.discounts)
    own = dict.fromkeys(each.discount for each in redeemed)
    of_charges = [
        Use(catalog.discount(key), is_automatic=True, of_charge=True) for key in by_charge
    ]
    others = [
        Use(catalog.discount(key), is_automatic=key in by_plan, is_redeemed=key in own)
        for key in {**by_plan, **own}
    ]
    return (*of_charges, *others)


@dataclass(slots=True)
class FreeUnits:
    """The units that discounts make free in one billing of a charge.

    Attributes:
        discounts: Those that acted on the charge when it was billed.
        period: The billing period it was billed in.
        units: In force; 0 as long as there is nothing to pay, which starts no duration.
    """

    discounts: tuple[FreeUnitsDiscount, ...]
    period: int
    units: Fraction = ZERO

    def take(self, book: DiscountBook) -> Fraction:
        """The units, now that there is something to pay; once in force, they stay.

        A discount that meanwhile began and ended elsewhere is not in force.
        """
        if not self.units:
            acting = [each for each in self.discounts if book.acts_in(each, self.period)]
            for each in acting:
                book.begin(each.key)
            self.units = free_units(acting)
        return self.units


@dataclass(frozen=True, slots=True)
class Discounting:
    """The discounts of one invoice of a subscription at work.

    Attributes:
        uses: In the order listed.
        book: What they have done before.
    """

    uses: Sequence[Use]
    book: DiscountBook

    def free_units(self, offer: Offer) -> FreeUnits:
        """What discounts make free of a charge, not yet in force."""
        discounts = tuple(
            each.discount
            for each in self.uses
            if isinstance(each.discount, FreeUnitsDiscount)
            and each.acts_on(offer)
            and self.book.is_active(each.discount)
        )
        return FreeUnits(discounts, self.book.period)

    def apply(self, drafts: Sequence[Draft], scope: Scope) -> list[Draft]:
        """`drafts` after the discounts of one scope, currency by currency.

        Top-ups to a charge's minimum take no part in the scope `charges`.
        """
        left = list(drafts)
        for currency in dict.fromkeys(draft.currency for draft in drafts):
            ready = list(self._ready(left, scope, currency))
            limits = {id(each): discount for each, discount in ready}
            for each in in_order(each for each, _ in ready):
                self._act(left, each, limits[id(each)], scope, currency)
        return left

    def _ready(
        self, drafts: Sequence[Draft], scope: Scope, currency: str
    ) -> Iterator[tuple[Reduction, Discount]]:
        """The reductions of a scope that have lines to act on."""
        for use in self.uses:
            discount = use.discount
            if use.scope != scope or isinstance(discount, FreeUnitsDiscount):
                continue
            lines = _lines(drafts, use, currency)
            if lines and self.book.is_active(discount):
                left = self._left(discount, currency)
                is_redeemed = not use.is_automatic
                yield (
                    reduction(discount, currency, left=left, lines=lines, is_redeemed=is_redeemed),
                    discount,
                )

    def _left(self, discount: Discount, currency: str) -> Fraction | None:
        """What is left of a fixed amount, rounded like any discount."""
        if not isinstance(discount, FixedAmountDiscount):
            return None
        return round_amount(self.book.left(discount, currency), currency)

    def _act(
        self,
        drafts: list[Draft],
        each: Reduction,
        discount: Discount,
        scope: Scope,
        currency: str,
    ) -> None:
        """Let one reduction take from the lines that still have something left."""
        amounts = [draft.line.net for draft in drafts]
        if not any(amounts[index] > 0 for index in each.lines or ()):
            return
        (deduction,) = deduct(amounts, [each], currency)
        self.book.begin(each.key)
        if isinstance(discount, FixedAmountDiscount):
            self.book.spend(discount, currency, deduction.amount)
        for index, share in enumerate(deduction.shares):
            drafts[index] = drafts[index].discounted(each.key, share, counts=scope == "charges")


def _lines(drafts: Sequence[Draft], use: Use, currency: str) -> frozenset[int]:
    return frozenset(
        index
        for index, draft in enumerate(drafts)
        if draft.currency == currency
        and draft.is_discountable
        and (use.scope != "charges" or draft.line.kind != "minimum")
        and use.acts_on(draft.held)
    )

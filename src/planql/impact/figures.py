"""What one side of a comparison earns and costs, and how two sides differ, in one currency.

Source: RULES 9.4 (docs/rules/impact.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from planql.simulation.totals import Totals, in_all


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sums of the same kind in one currency: after less before.

    Attributes:
        before: As it was.
        after: As it would be; of the same currency.
    """

    before: Totals
    after: Totals

    @property
    def currency(self) -> str:
        """Of every amount."""
        return self.before.currency

    @property
    def revenue(self) -> Fraction:
        """By how much revenue rises; below 0 where it falls."""
        return self.after.revenue - self.before.revenue

    @property
    def revenue_percentage(self) -> Fraction | None:
        """The same in percent of what it was, exact; None where that is 0 or less."""
        return self.revenue / self.before.revenue * 100 if self.before.revenue > 0 else None

    @property
    def cost(self) -> Fraction | None:
        """By how much cost rises; None where a part of either side is unknown.

        None, too, where nothing has a unit cost on either side (fees): then `missing` is empty.
        """
        before, after = self.before.cost, self.after.cost
        if self.missing or (before is None and after is None):
            return None
        return (after or Fraction(0)) - (before or Fraction(0))

    @property
    def margin(self) -> Fraction | None:
        """By how much the margin rises; None where a cost is unknown."""
        before, after = self.before.margin, self.after.margin
        return None if before is None or after is None else after - before

    @property
    def margin_percentage_points(self) -> Fraction | None:
        """By how many percentage points the margin in percent rises; None where either has none."""
        before, after = self.before.margin_percentage, self.after.margin_percentage
        return None if before is None or after is None else after - before

    @property
    def missing(self) -> tuple[str, ...]:
        """Why a cost is unknown, each reason once; empty where both are known."""
        return tuple(dict.fromkeys((*self.before.missing, *self.after.missing)))

    def times(self, count: int) -> "Difference":
        """The same for `count` such customers."""
        return Difference(self.before.times(count), self.after.times(count))

    def per_month(self, months: int) -> "Difference":
        """The average of `months` months; not rounded."""
        return Difference(averaged(self.before, months), averaged(self.after, months))


def averaged(totals: Totals, months: int) -> Totals:
    """The average of `months` months, exact: unlike a sum it may be no amount that can be paid."""
    cost = None if totals.cost is None else totals.cost / months
    return Totals(totals.currency, totals.revenue / months, cost, totals.missing)


def summed(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    """The sums of differences, one for each currency, in the order in which they come up."""
    found = list(differences)
    befores, afters = in_all(each.before for each in found), in_all(each.after for each in found)
    return tuple(map(Difference, befores, afters))

"""A row of a simulation: one charge of one subscription over the days, as columns of integers.

Source: RULES 9.2 (docs/rules/simulation.md).
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal, cast

from planql.charge_models.scales import QUANTITY_SCALE, Scaled
from planql.money import currency_digits
from planql.simulation.totals import Totals

COST_SCALE: Final = 10**24
"""A cost of 1 major unit: quantities at 10**-12 times unit costs at 10**-12."""

RowKind = Literal[
    "one_time",
    "recurring",
    "usage",
    "minimum_commitment",
    "adjustment",
    "unbilled_usage",
    "subscription_days",
]
"""What a row is for: a charge by its type, a line that is no charge's, or a cost alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """A charge, or a cost that no charge carries, on every day of a simulation.

    All columns are as long as the simulation's days, place by place. A `Scaled` number is an
    integer unless it needs more decimals (an average); then it is a `Fraction` of the same unit.

    Attributes:
        subscription: Key of the subscription.
        charge: Key of the charge, "minimum_commitment" or "adjustment"; None where the row is a
            cost that no charge carries.
        name: For people: of the charge, the meter or the cost.
        kind: What the row is for.
        currency: Of revenue and cost.
        meter: Key of the meter of usage, billed or not; else None.
        quantities: In units of 10**-12. Of usage: by how much the measured quantity rose that day,
            before included units; where a meter lets go of usage it may fall. Of a fee: what
            stands that day, such as seats. Of subscription days: how many are active.
        cumulatives: In units of 10**-12. Of usage: measured from the start of its billing period
            to the end of the day. Of everything else: as `quantities`.
        revenues: In minor units; a day may be negative.
        costs: In units of 10**-24 major units; a day's cost is None where it is unknown. None as a
            whole where nothing has a unit cost: of fees, commitments and adjustments.
        missing: Why costs are unknown, each reason once; empty where all are known.
    """

    subscription: str
    charge: str | None
    name: str
    kind: RowKind
    currency: str
    meter: str | None
    quantities: tuple[Scaled, ...]
    cumulatives: tuple[Scaled, ...]
    revenues: tuple[int, ...]
    costs: tuple[Scaled | None, ...] | None
    missing: tuple[str, ...] = ()

    def quantity(self, place: int) -> Fraction:
        """The quantity of the day at `place`."""
        return Fraction(self.quantities[place]) / QUANTITY_SCALE

    def cumulative(self, place: int) -> Fraction:
        """The quantity of the billing period to the end of the day at `place`."""
        return Fraction(self.cumulatives[place]) / QUANTITY_SCALE

    def revenue(self, place: int) -> Fraction:
        """The revenue of the day at `place`, in major units."""
        return Fraction(self.revenues[place], 10 ** currency_digits(self.currency))

    def cost(self, place: int) -> Fraction | None:
        """The cost of the day at `place`, in major units; None where unknown or not applicable."""
        cost = None if self.costs is None else self.costs[place]
        return None if cost is None else Fraction(cost) / COST_SCALE

    def margin(self, place: int) -> Fraction | None:
        """Revenue less cost of the day at `place`; all revenue where nothing has a unit cost."""
        if self.costs is None:
            return self.revenue(place)
        cost = self.cost(place)
        return None if cost is None else self.revenue(place) - cost

    def totals(self, first: int = 0, end: int | None = None) -> Totals:
        """The sums over the days from `first` (inclusive) to `end` (exclusive)."""
        days = slice(first, end)
        revenue = Fraction(sum(self.revenues[days]), 10 ** currency_digits(self.currency))
        if self.costs is None:
            return Totals(self.currency, revenue, None)
        costs = self.costs[days]
        if None in costs:
            return Totals(self.currency, revenue, None, self.missing)
        cost = sum(cast("tuple[Scaled, ...]", costs))
        return Totals(self.currency, revenue, Fraction(cost, COST_SCALE))

    def total_quantity(self, first: int = 0, end: int | None = None) -> Fraction | None:
        """What was used over these days; None of fees and the like, whose quantity stands."""
        if self.kind not in ("usage", "unbilled_usage", "subscription_days"):
            return None
        return Fraction(sum(self.quantities[first:end])) / QUANTITY_SCALE

    def times(self, count: int) -> "Row":
        """The same row for `count` such customers."""
        costs = self.costs
        return replace(
            self,
            quantities=tuple(each * count for each in self.quantities),
            cumulatives=tuple(each * count for each in self.cumulatives),
            revenues=tuple(each * count for each in self.revenues),
            costs=costs and tuple(None if each is None else each * count for each in costs),
        )

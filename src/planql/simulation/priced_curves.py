"""The answer of `planql simulate --curve` and of `priceCurve`."""

from dataclasses import dataclass
from fractions import Fraction

from planql.simulation.crossings import Comparison, CrossingKind
from planql.simulation.curve_ranges import listed_quantities
from planql.simulation.curves import PriceCurve


@dataclass(frozen=True, slots=True)
class PricedCurves:
    """Prices by quantity, held against each other and against their cost.

    Attributes:
        title: The charge, or what the prices have in common.
        unit: What is counted in one billing period: "Resolved tickets, monthly".
        curves: At least one, all up to the same quantity and in the same currency.
        cost: What the same quantity costs the company; None when that is not known.
        between: Each pair of prices.
        break_even: Each price with its cost.
        remarks: What a person should know.
    """

    title: str
    unit: str
    curves: tuple[PriceCurve, ...]
    cost: PriceCurve | None
    between: tuple[Comparison, ...]
    break_even: tuple[Comparison, ...]
    remarks: tuple[str, ...] = ()

    @property
    def currency(self) -> str:
        """Of every amount."""
        return self.curves[0].currency

    @property
    def quantities(self) -> tuple[Fraction, ...]:
        """The quantities to list: bounds, even steps, and where prices meet each other or cost."""
        met = [
            crossing.start
            for comparison in (*self.between, *self.break_even)
            for crossing in comparison.crossings
            if crossing.kind is not CrossingKind.EQUAL
        ]
        return listed_quantities(self.curves, met)

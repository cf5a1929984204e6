"""The steps of a line, from the same prepared numbers that make its amount.

Source: RULES 4.5; INTERFACES, `rate -` (docs/rules/rating.md).
"""

from bisect import bisect_left
from dataclasses import dataclass, replace
from fractions import Fraction

from planql.charge_models import Curve, Packages, Scaled
from planql.charge_models.scales import AMOUNT_SCALE, PRICE_SCALE, QUANTITY_SCALE
from planql.rating.lines import Step


@dataclass(frozen=True, slots=True)
class CurveSteps:
    """A curve's steps; those of tiers filled to their ends are built once.

    Attributes:
        rates: Price of a unit per segment, in major units.
        flats: Flat amount per segment, in major units.
        percentages: What people read `rates` as, where they are shares of an amount.
        filled: The step of each tier that a greater quantity fills; empty unless tiers fill.
    """

    curve: Curve
    rates: tuple[Fraction, ...]
    flats: tuple[Fraction, ...]
    percentages: tuple[Fraction | None, ...]
    filled: tuple[Step, ...]

    def steps(self, units: Scaled) -> tuple[Step, ...]:
        """A step per tier entered by `units`, in units of 10**-12; they sum to the amount."""
        curve = self.curve
        if units <= 0:
            return self._steps_at_zero()
        index = bisect_left(curve.bounds, units)
        start = curve.bounds[index - 1] if curve.fills and index else 0
        return (*self.filled[:index], self._step(index, units - start))

    def _steps_at_zero(self) -> tuple[Step, ...]:
        """No tier is entered, unless its flat amount is due at zero."""
        if self.curve.kind == "tier" and not self.curve.at_zero:
            return ()
        return (self._step(0, 0),)

    def _step(self, index: int, units: Scaled) -> Step:
        segment = self.curve.segments[index]
        amount = Fraction(segment.flat + segment.slope * units, AMOUNT_SCALE)
        kind = self.curve.kind
        if kind == "flat":
            return Step(kind, amount)
        quantity = Fraction(units, QUANTITY_SCALE)
        rate, percentage = self.rates[index], self.percentages[index]
        match kind:
            case "unit":
                return Step(kind, amount, quantity, rate)
            case "percentage":
                return Step(kind, amount, quantity, percentage=percentage)
            case _:
                flat = self.flats[index]
                return Step("tier", amount, quantity, rate, flat, percentage, index + 1)

    @property
    def prices(self) -> tuple[Fraction, ...]:
        """Prices and flat amounts of steps."""
        return self.rates + self.flats


@dataclass(frozen=True, slots=True)
class PackageSteps:
    """The one step of `package`: packages x price; no step of it is the same for all lines.

    Attributes:
        price: Of a package, in major units.
    """

    packages: Packages
    price: Fraction
    filled: tuple[Step, ...] = ()

    def steps(self, units: Scaled) -> tuple[Step, ...]:
        """How many packages `units`, in units of 10**-12, make, at what price."""
        count = self.packages.count(units)
        amount = Fraction(self.packages.price * count, AMOUNT_SCALE)
        return (Step("package", amount, Fraction(count), self.price),)

    @property
    def prices(self) -> tuple[Fraction, ...]:
        """The price of a package."""
        return (self.price,)


def step_table(shape: Curve | Packages) -> CurveSteps | PackageSteps:
    """What makes the steps of a prepared charge model."""
    if isinstance(shape, Packages):
        return PackageSteps(shape, Fraction(shape.price, AMOUNT_SCALE))
    rates = tuple(Fraction(segment.slope, PRICE_SCALE) for segment in shape.segments)
    flats = tuple(Fraction(segment.flat, AMOUNT_SCALE) for segment in shape.segments)
    percentages = tuple(rate * 100 if shape.shares else None for rate in rates)
    empty = CurveSteps(shape, rates, flats, percentages, ())
    if not shape.fills:
        return empty
    starts = (0, *shape.bounds)
    widths = [end - start for start, end in zip(starts, shape.bounds, strict=False)]
    filled = tuple(empty._step(index, width) for index, width in enumerate(widths))  # noqa: SLF001
    return replace(empty, filled=filled)

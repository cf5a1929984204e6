"""A charge prepared once, so that rating a quantity costs a microsecond.

Owns: included units, the model, rounding and the cap of one charge, at the static scales.
Does not own: groups, events, discounts (`planql.rating.pipeline` and beside it).

There is one arithmetic path: `PreparedCharge.minor_units` without steps and `PreparedCharge.line`
with them use the same integers. A quantity of more than 12 decimals is a `Fraction` in the same
places.

Source: RULES 4 and 5 (docs/rules/rating.md).
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Final

from planql.catalog.rate_plans import Charge
from planql.charge_models import ChargeModel, Curve, Packages, Scaled
from planql.charge_models.scales import AMOUNT_SCALE, QUANTITY_SCALE, scaled_quantity
from planql.metering.measured import Group
from planql.money import Exact, currency_digits, nearest_multiple, round_amount
from planql.rating.lines import RatedLine, Step
from planql.rating.steps import CurveSteps, PackageSteps, step_table

ONE: Final = Fraction(1)
ZERO: Final = Fraction(0)


@dataclass(frozen=True)  # without slots: the table of steps is built on first use
class PreparedCharge:
    """A charge at the static scales.

    Attributes:
        shape: The model.
        included: Units that cost nothing, in units of 10**-12.
        unit: The currency's minor unit, in units of 10**-26 major units.
        digits: Decimals of the currency.
        cap: Greatest amount, in minor units; None is no cap.
    """

    shape: Curve | Packages
    included: Scaled
    unit: int
    digits: int
    cap: int | None

    def rate(self, quantity: Exact) -> int:
        """The amount of `quantity`, rounded and capped, in minor units."""
        return self.minor_units(scaled_quantity(quantity))

    def minor_units(self, units: Scaled) -> int:
        """The amount of `units`, in units of 10**-12, rounded and capped, in minor units.

        Units at or below the included ones are rated as quantity 0.
        """
        amount = nearest_multiple(self.shape.amount(units - self.included), self.unit)
        return amount if self.cap is None or amount < self.cap else self.cap

    def line(
        self, quantity: Fraction | None, proration: Fraction = ONE, group: Group = ()
    ) -> RatedLine:
        """The line of `quantity` with its steps, rounded, before the cap.

        Args:
            quantity: Measured; None and negative quantities are rated as 0, and the line says so.
            proration: What the model's amount is multiplied by.
            group: The group of usage it is for.
        """
        units = 0 if quantity is None else scaled_quantity(quantity)
        billable = units - self.included
        amount = self.shape.amount(billable)
        steps = self.step_table.steps(billable)
        if self.included and units > 0:
            steps = (self._included(units), *steps)
        if proration is not ONE and proration != ONE:
            whole, amount = amount, amount * proration
            steps = (*steps, Step("proration", Fraction(amount - whole, AMOUNT_SCALE)))
        return self.rounded(quantity, amount, steps, group, "" if units > 0 else note_on(quantity))

    def rounded(
        self,
        quantity: Fraction | None,
        amount: Scaled,
        steps: tuple[Step, ...],
        group: Group,
        note: str,
    ) -> RatedLine:
        """The line of an unrounded `amount`, in units of 10**-26, that `steps` sum to."""
        minor_units = nearest_multiple(amount, self.unit)
        missing = minor_units * self.unit - amount
        if missing:
            steps = (*steps, Step("rounding", Fraction(missing, AMOUNT_SCALE)))
        rounded = Fraction(minor_units, 10**self.digits)
        return RatedLine(quantity, amount, rounded, steps, group, note)

    def _included(self, units: Scaled) -> Step:
        """The step of the units that are covered."""
        covered = min(units, self.included)
        return Step("included_units", ZERO, Fraction(covered, QUANTITY_SCALE))

    @property
    def included_units(self) -> Fraction:
        """Units that cost nothing."""
        return Fraction(self.included, QUANTITY_SCALE)

    @property
    def cap_amount(self) -> Fraction | None:
        """Greatest amount, in major units; None is no cap."""
        return None if self.cap is None else Fraction(self.cap, 10**self.digits)

    @property
    def common_steps(self) -> tuple[Step, ...]:
        """Steps that are in many lines, and the same objects in all of them: filled tiers."""
        return self.step_table.filled

    @property
    def prices(self) -> tuple[Fraction, ...]:
        """Prices and flat amounts of steps, and the same objects in all of them."""
        return self.step_table.prices

    @cached_property
    def step_table(self) -> CurveSteps | PackageSteps:
        """What makes the steps."""
        return step_table(self.shape)


def note_on(quantity: Fraction | None) -> str:
    """What a line says of a quantity that is rated as 0; "" of any other."""
    if quantity is None:
        return "no value was measured: rated as quantity 0"
    return "the quantity is negative: rated as quantity 0" if quantity.numerator < 0 else ""


def prepare(
    charge: Charge, currency: str, *, allowance: Fraction = ONE, free_units: Fraction = ZERO
) -> PreparedCharge:
    """`charge` at the static scales; it must be valid (`planql.catalog.checks`).

    Args:
        charge: Of any type.
        currency: An ISO 4217 code.
        allowance: What included units and cap are multiplied by, for a part of a period. A cap
            that this makes finer than the currency is rounded to it.
        free_units: Units of discounts, which act as more included units.
    """
    included = Fraction(charge.included_units or 0)
    if free_units or allowance != ONE:
        included = (included + free_units) * allowance
    cap = _minor_cap(charge, currency, allowance)
    return _prepared(charge.model, currency, scaled_quantity(included), cap)


@lru_cache(maxsize=1 << 10)
def _prepared(
    model: ChargeModel, currency: str, included: Scaled, cap: int | None
) -> PreparedCharge:
    """Kept, with its table of steps: a charge is rated period after period."""
    digits = currency_digits(currency)
    return PreparedCharge(model.prepared(), included, AMOUNT_SCALE // 10**digits, digits, cap)


def _minor_cap(charge: Charge, currency: str, allowance: Fraction) -> int | None:
    if charge.cap is None:
        return None
    cap = round_amount(Fraction(charge.cap) * allowance, currency)
    return int(cap * 10 ** currency_digits(currency))

"""`package`: a price per package of units, each package begun (or filled) paid whole.

121 units in packages of 10 at 100 EUR: 13 packages, 1,300 EUR; rounding down: 12, 1,200 EUR.

Source: RULES 4 (docs/rules/charge-models.md).
"""

from dataclasses import dataclass
from typing import Literal

from planql.charge_models.scales import Scaled, scaled_amount, scaled_bound
from planql.entity import Amount, Entity, PositiveQuantity


@dataclass(frozen=True, slots=True)
class Packages:
    """Packages at the static scales.

    Attributes:
        price: Of one package, in units of 10**-26.
        size: Units in a package, in units of 10**-12.
        round_up: Whether a package that is begun counts.
    """

    price: int
    size: int
    round_up: bool

    def count(self, units: Scaled) -> int:
        """How many packages `units`, in units of 10**-12, make; 0 at quantity 0 and below."""
        if units <= 0:
            return 0
        return -(-units // self.size) if self.round_up else units // self.size

    def amount(self, units: Scaled) -> Scaled:
        """The unrounded amount, in units of 10**-26, of `units`, in units of 10**-12."""
        return self.price * self.count(units)


class Package(Entity):
    """Packages x amount."""

    type: Literal["package"]
    amount: Amount
    """Price of one package."""
    package_size: PositiveQuantity
    """Units in a package."""
    rounding: Literal["up", "down"] = "up"
    """Whether a package that is begun counts (`up`) or only a full one (`down`)."""

    def prepared(self) -> Packages:
        """The model at the static scales."""
        return Packages(
            scaled_amount(self.amount), scaled_bound(self.package_size), self.rounding == "up"
        )

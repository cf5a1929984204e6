"""`package`: a price per package of units, each package begun (or filled) paid whole."""

from typing import Literal

from planql.entity import Amount, Entity, PositiveQuantity


class Package(Entity):
    """Packages x amount."""

    type: Literal["package"]
    amount: Amount
    """Price of one package."""
    package_size: PositiveQuantity
    """Units in a package."""
    rounding: Literal["up", "down"] = "up"
    """Whether a package that is begun counts (`up`) or only a full one (`down`)."""

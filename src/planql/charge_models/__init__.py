"""How a quantity becomes an amount: the open set of charge models, one module each.

Owns: each model's parameters, checks and pure arithmetic.
Does not own: measuring the quantity (`planql.metering`), included units, proration, caps and
rounding (`planql.rating`).

Every model prepares itself into one of two shapes, at static scales: a `Curve` (piecewise linear)
or `Packages`. Everything above knows the shapes and the union, never a single model, but for the
parts per event of `percentage`.

Adding a model touches three source files: its module, this union, its GraphQL type.
"""

from typing import Annotated

from pydantic import Discriminator

from planql.charge_models.curve import Curve
from planql.charge_models.flat import Flat
from planql.charge_models.graduated import Graduated
from planql.charge_models.graduated_percentage import GraduatedPercentage
from planql.charge_models.package import Package, Packages
from planql.charge_models.per_unit import PerUnit
from planql.charge_models.percentage import PercentageModel
from planql.charge_models.scales import Scaled
from planql.charge_models.stairstep import Stairstep
from planql.charge_models.tiers import FlatTier, PercentageTier, Tier
from planql.charge_models.volume import Volume

ChargeModel = Annotated[
    Flat
    | PerUnit
    | Graduated
    | Volume
    | Package
    | Stairstep
    | PercentageModel
    | GraduatedPercentage,
    Discriminator("type"),
]
"""Any charge model, told apart by `type`."""

__all__ = [
    "ChargeModel",
    "Curve",
    "Flat",
    "FlatTier",
    "Graduated",
    "GraduatedPercentage",
    "Package",
    "Packages",
    "PerUnit",
    "PercentageModel",
    "PercentageTier",
    "Scaled",
    "Stairstep",
    "Tier",
    "Volume",
]

"""Charge models: an interface and one object type per model, with amounts in the plan's currency.

Adding a charge model adds its type here, and its input in `charge_model_inputs`.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

import strawberry

from planql import charge_models as models
from planql.gateway.numerals import numeral, optional_numeral
from planql.gateway.types.enums import ChargeModelType, PackageRounding
from planql.gateway.types.money import Money, money, optional_money


@strawberry.interface(description="How a quantity becomes an amount.")
class ChargeModel:
    """What every charge model has."""

    type: ChargeModelType = strawberry.field(description="Which model it is.")


@strawberry.type(description="A tier that is priced per unit, flat, or both.")
class Tier:
    """A tier of a graduated or a volume model."""

    up_to: Fraction | None = strawberry.field(
        description="The last quantity in the tier, inclusive; null on the last tier."
    )
    unit_amount: Money | None = strawberry.field(
        description="Price of each unit in the tier; null when it is priced flat."
    )
    flat_amount: Money | None = strawberry.field(
        description="Due once when the tier is entered; null when there is none."
    )


@strawberry.type(description="A tier with one price for all of it.")
class StairstepTier:
    """A tier of a stairstep model."""

    up_to: Fraction | None = strawberry.field(
        description="The last quantity in the tier, inclusive; null on the last tier."
    )
    flat_amount: Money = strawberry.field(description="Due when the quantity falls in this tier.")


@strawberry.type(description="A tier priced as a percentage of the amount in it.")
class PercentageTier:
    """A tier of a graduated percentage model."""

    up_to: Fraction | None = strawberry.field(
        description="The last amount in the tier, inclusive; null on the last tier."
    )
    percentage: Fraction = strawberry.field(description="Percent of the amount in the tier.")
    flat_amount: Money | None = strawberry.field(
        description="Due once when the tier is entered; null when there is none."
    )


@strawberry.type(description="One amount per period, whatever the quantity; always due.")
class FlatModel(ChargeModel):
    """`flat`."""

    amount: Money = strawberry.field(description="Due once per period.")


@strawberry.type(description="Every unit at one price.")
class PerUnitModel(ChargeModel):
    """`per_unit`."""

    unit_amount: Money = strawberry.field(description="Price of one unit.")


@strawberry.type(
    description="Each unit at the price of the tier that it falls in, plus the flat amount of "
    "every tier entered."
)
class GraduatedModel(ChargeModel):
    """`graduated`."""

    tiers: list[Tier] = strawberry.field(description="In ascending order; the last one is open.")
    flat_amount_at_zero: bool = strawberry.field(
        description="Whether the first tier's flat amount is due without any usage."
    )


@strawberry.type(
    description="All units at the price of the tier that holds the quantity, plus that tier's "
    "flat amount."
)
class VolumeModel(ChargeModel):
    """`volume`."""

    tiers: list[Tier] = strawberry.field(description="In ascending order; the last one is open.")
    flat_amount_at_zero: bool = strawberry.field(
        description="Whether the first tier's flat amount is due without any usage."
    )


@strawberry.type(description="A price per package of units.")
class PackageModel(ChargeModel):
    """`package`."""

    amount: Money = strawberry.field(description="Price of one package.")
    package_size: Fraction = strawberry.field(description="How many units a package holds.")
    rounding: PackageRounding = strawberry.field(description="Whether a part of a package counts.")


@strawberry.type(description="The flat amount of the tier that holds the quantity.")
class StairstepModel(ChargeModel):
    """`stairstep`."""

    tiers: list[StairstepTier] = strawberry.field(
        description="In ascending order; the last one is open."
    )
    flat_amount_at_zero: bool = strawberry.field(
        description="Whether the first tier's flat amount is due without any usage."
    )


@strawberry.type(
    description="A percentage of the amounts measured, plus what each event adds. With a part per "
    "event it is priced from events, not from a quantity."
)
class PercentageModel(ChargeModel):
    """`percentage`."""

    percentage: Fraction = strawberry.field(
        description="Percent of the quantity, which is itself an amount of money."
    )
    flat_amount_per_event: Money | None = strawberry.field(
        description="Added for each event that is charged; null when there is none."
    )
    minimum_per_event: Money | None = strawberry.field(
        description="Least amount of an event that is charged; null when there is none."
    )
    maximum_per_event: Money | None = strawberry.field(
        description="Greatest amount of an event; null when there is none."
    )
    included_events: Fraction | None = strawberry.field(
        description="How many events are free, the first ones; null when there are none."
    )


@strawberry.type(description="Each part of the amount at the percentage of the tier it falls in.")
class GraduatedPercentageModel(ChargeModel):
    """`graduated_percentage`."""

    tiers: list[PercentageTier] = strawberry.field(
        description="In ascending order; the last one is open."
    )
    flat_amount_at_zero: bool = strawberry.field(
        description="Whether the first tier's flat amount is due without any usage."
    )


MODEL_TYPES = (
    FlatModel,
    PerUnitModel,
    GraduatedModel,
    VolumeModel,
    PackageModel,
    StairstepModel,
    PercentageModel,
    GraduatedPercentageModel,
)
"""Every type behind the interface."""


def charge_model(model: models.ChargeModel, currency: str) -> ChargeModel:  # noqa: PLR0911 - one per model
    """`model`, its amounts in `currency`."""
    kind = ChargeModelType(model.type)
    match model:
        case models.Flat():
            return FlatModel(type=kind, amount=money(model.amount, currency))
        case models.PerUnit():
            return PerUnitModel(type=kind, unit_amount=money(model.unit_amount, currency))
        case models.Graduated():
            tiers = _tiers(model.tiers, currency)
            return GraduatedModel(
                type=kind, tiers=tiers, flat_amount_at_zero=model.flat_amount_at_zero
            )
        case models.Volume():
            tiers = _tiers(model.tiers, currency)
            return VolumeModel(
                type=kind, tiers=tiers, flat_amount_at_zero=model.flat_amount_at_zero
            )
        case models.Package():
            return _package(model, currency)
        case models.Stairstep():
            return _stairstep(model, currency)
        case models.PercentageModel():
            return _percentage(model, currency)
        case models.GraduatedPercentage():
            return _graduated_percentage(model, currency)
        case _:
            assert_never(model)


def _tiers(tiers: Sequence[models.Tier], currency: str) -> list[Tier]:
    return [
        Tier(
            up_to=_up_to(tier),
            unit_amount=optional_money(tier.unit_amount, currency),
            flat_amount=optional_money(tier.flat_amount, currency),
        )
        for tier in tiers
    ]


def _up_to(tier: models.Tier | models.FlatTier | models.PercentageTier) -> Fraction | None:
    return optional_numeral(tier.up_to)


def _package(model: models.Package, currency: str) -> PackageModel:
    return PackageModel(
        type=ChargeModelType.PACKAGE,
        amount=money(model.amount, currency),
        package_size=numeral(model.package_size),
        rounding=PackageRounding(model.rounding),
    )


def _stairstep(model: models.Stairstep, currency: str) -> StairstepModel:
    return StairstepModel(
        type=ChargeModelType.STAIRSTEP,
        tiers=[
            StairstepTier(up_to=_up_to(tier), flat_amount=money(tier.flat_amount, currency))
            for tier in model.tiers
        ],
        flat_amount_at_zero=model.flat_amount_at_zero,
    )


def _percentage(model: models.PercentageModel, currency: str) -> PercentageModel:
    return PercentageModel(
        type=ChargeModelType.PERCENTAGE,
        percentage=numeral(model.percentage),
        flat_amount_per_event=optional_money(model.flat_amount_per_event, currency),
        minimum_per_event=optional_money(model.minimum_per_event, currency),
        maximum_per_event=optional_money(model.maximum_per_event, currency),
        included_events=optional_numeral(model.included_events),
    )


def _graduated_percentage(
    model: models.GraduatedPercentage, currency: str
) -> GraduatedPercentageModel:
    return GraduatedPercentageModel(
        type=ChargeModelType.GRADUATED_PERCENTAGE,
        tiers=[
            PercentageTier(
                up_to=_up_to(tier),
                percentage=numeral(tier.percentage),
                flat_amount=optional_money(tier.flat_amount, currency),
            )
            for tier in model.tiers
        ],
        flat_amount_at_zero=model.flat_amount_at_zero,
    )

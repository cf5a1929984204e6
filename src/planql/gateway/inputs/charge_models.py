"""The inputs of charge models: exactly one of them says how a quantity becomes an amount."""

from decimal import Decimal

import strawberry
from strawberry import UNSET

from planql.gateway.inputs.documents import DocumentInput, OneOfInput, given
from planql.gateway.types.enums import PackageRounding


class _OpenTier(DocumentInput):
    """A tier whose bound may be left out: then it is open."""

    def as_document(self) -> dict[str, object]:
        return {"up_to": None, **given(self)}


@strawberry.input(description="A tier that is priced per unit, flat, or both.")
class TierInput(_OpenTier):
    """A tier of a graduated or a volume model."""

    up_to: Decimal | None = strawberry.field(
        default=UNSET, description="The last quantity in it, inclusive; left out on the last tier."
    )
    unit_amount: Decimal | None = strawberry.field(
        default=UNSET, description="Price of each unit in the tier."
    )
    flat_amount: Decimal | None = strawberry.field(
        default=UNSET, description="Due once when the tier is entered."
    )


@strawberry.input(description="A tier with one price for all of it.")
class StairstepTierInput(_OpenTier):
    """A tier of a stairstep model."""

    up_to: Decimal | None = strawberry.field(
        default=UNSET, description="The last quantity in it, inclusive; left out on the last tier."
    )
    flat_amount: Decimal = strawberry.field(description="Due when the quantity falls in this tier.")


@strawberry.input(description="A tier priced as a percentage of the amount in it.")
class PercentageTierInput(_OpenTier):
    """A tier of a graduated percentage model."""

    up_to: Decimal | None = strawberry.field(
        default=UNSET, description="The last amount in it, inclusive; left out on the last tier."
    )
    percentage: Decimal = strawberry.field(description="Percent of the amount in the tier.")
    flat_amount: Decimal | None = strawberry.field(
        default=UNSET, description="Due once when the tier is entered."
    )


@strawberry.input(description="One amount, whatever the quantity.")
class FlatInput(DocumentInput):
    """`flat`."""

    amount: Decimal = strawberry.field(description="Due once per period.")


@strawberry.input(description="Every unit at one price.")
class PerUnitInput(DocumentInput):
    """`per_unit`."""

    unit_amount: Decimal = strawberry.field(description="Price of one unit.")


@strawberry.input(description="Each unit at the price of the tier that it falls in.")
class GraduatedInput(DocumentInput):
    """`graduated`."""

    tiers: list[TierInput] = strawberry.field(description="In ascending order; the last is open.")
    flat_amount_at_zero: bool | None = strawberry.field(
        default=UNSET,
        description="Whether the first tier's flat amount is due without any usage; it is not, "
        "when left out.",
    )


@strawberry.input(description="All units at the price of the tier that holds the quantity.")
class VolumeInput(DocumentInput):
    """`volume`."""

    tiers: list[TierInput] = strawberry.field(description="In ascending order; the last is open.")
    flat_amount_at_zero: bool | None = strawberry.field(
        default=UNSET,
        description="Whether the first tier's flat amount is due without any usage; it is not, "
        "when left out.",
    )


@strawberry.input(description="A price per package of units.")
class PackageInput(DocumentInput):
    """`package`."""

    amount: Decimal = strawberry.field(description="Price of one package.")
    package_size: Decimal = strawberry.field(description="How many units a package holds.")
    rounding: PackageRounding | None = strawberry.field(
        default=UNSET, description="Whether a part of a package counts; it does, when left out."
    )


@strawberry.input(description="The flat amount of the tier that holds the quantity.")
class StairstepInput(DocumentInput):
    """`stairstep`."""

    tiers: list[StairstepTierInput] = strawberry.field(
        description="In ascending order; the last is open."
    )
    flat_amount_at_zero: bool | None = strawberry.field(
        default=UNSET,
        description="Whether the first tier's flat amount is due without any usage; it is not, "
        "when left out.",
    )


@strawberry.input(description="A percentage of the amounts measured, plus what each event adds.")
class PercentageInput(DocumentInput):
    """`percentage`."""

    percentage: Decimal = strawberry.field(description="Percent of the quantity.")
    flat_amount_per_event: Decimal | None = strawberry.field(
        default=UNSET, description="Added for each event that is charged."
    )
    minimum_per_event: Decimal | None = strawberry.field(
        default=UNSET, description="Least amount of an event that is charged."
    )
    maximum_per_event: Decimal | None = strawberry.field(
        default=UNSET, description="Greatest amount of an event."
    )
    included_events: Decimal | None = strawberry.field(
        default=UNSET, description="How many events are free, the first ones."
    )


@strawberry.input(description="Each part of the amount at the percentage of its tier.")
class GraduatedPercentageInput(DocumentInput):
    """`graduated_percentage`."""

    tiers: list[PercentageTierInput] = strawberry.field(
        description="In ascending order; the last is open."
    )
    flat_amount_at_zero: bool | None = strawberry.field(
        default=UNSET,
        description="Whether the first tier's flat amount is due without any usage; it is not, "
        "when left out.",
    )


@strawberry.input(one_of=True, description="How a quantity becomes an amount: exactly one model.")
class ChargeModelInput(OneOfInput):
    """Any charge model; the member's name is the model's type."""

    flat: FlatInput | None = strawberry.field(default=UNSET, description="One amount.")
    per_unit: PerUnitInput | None = strawberry.field(default=UNSET, description="A price per unit.")
    graduated: GraduatedInput | None = strawberry.field(
        default=UNSET, description="A price per tier, for the units in it."
    )
    volume: VolumeInput | None = strawberry.field(
        default=UNSET, description="A price per tier, for all units."
    )
    package: PackageInput | None = strawberry.field(
        default=UNSET, description="A price per package."
    )
    stairstep: StairstepInput | None = strawberry.field(
        default=UNSET, description="A flat amount per tier."
    )
    percentage: PercentageInput | None = strawberry.field(
        default=UNSET, description="A percentage, with parts per event."
    )
    graduated_percentage: GraduatedPercentageInput | None = strawberry.field(
        default=UNSET, description="A percentage per tier."
    )

    def as_value(self) -> object:
        """The model with its type."""
        name, model = self.chosen
        return {"type": name, **given(model)}

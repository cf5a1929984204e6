"""The inputs that choose a charge: one of the catalog, or a draft that is saved nowhere."""

from datetime import datetime
from decimal import Decimal

import strawberry
from strawberry import UNSET

from planql.gateway.inputs.charge_models import ChargeModelInput
from planql.gateway.inputs.documents import DocumentInput, OneOfInput, document_of, given
from planql.gateway.principals import TRUSTED
from planql.gateway.scalars import CurrencyCode, Json
from planql.gateway.types.enums import ChargeType, FilterOperator
from planql.gateway.visibility import visible_to


@strawberry.input(description="A comparison of one property; a missing property matches nothing.")
class FilterConditionInput(DocumentInput):
    """A leaf of a filter."""

    property: str = strawberry.field(description="Dotted path into the event's data.")
    operator: FilterOperator = strawberry.field(description="How it is compared.")
    value: Json | None = strawberry.field(
        default=UNSET, description="Text, number, boolean or a list of them; none for `EXISTS`."
    )


@strawberry.input(one_of=True, description="Which events count: a condition, or an and/or.")
class FilterInput(OneOfInput):
    """A tree of conditions."""

    condition: FilterConditionInput | None = strawberry.field(
        default=UNSET, description="A comparison of one property."
    )
    and_: list["FilterInput"] | None = strawberry.field(
        name="and", default=UNSET, description="Matches when every part does."
    )
    or_: list["FilterInput"] | None = strawberry.field(
        name="or", default=UNSET, description="Matches when at least one part does."
    )

    def as_value(self) -> object:
        """The condition, or the parts under their connective."""
        name, chosen = self.chosen
        document = document_of(chosen)
        return document if name == "condition" else {name.rstrip("_"): document}


@strawberry.input(description="A charge of the served catalog.")
class CatalogChargeInput(DocumentInput):
    """Where a charge of the catalog is found."""

    rate_plan: str = strawberry.field(description="Key of its rate plan.")
    version: int | None = strawberry.field(
        default=UNSET, description="Version of the plan; the one in force, when left out."
    )
    as_of: datetime | None = strawberry.field(
        default=UNSET, description="When that version is to be in force; now, when left out."
    )
    charge: str = strawberry.field(description="Key of the charge in the plan.")
    ref: str | None = strawberry.field(
        default=UNSET,
        description="The ref whose catalog has it, as in `catalog`; the served one, when left out.",
        metadata=visible_to(*TRUSTED),
    )


@strawberry.input(description="A charge that is saved nowhere, to try a price out.")
class DraftChargeInput(DocumentInput):
    """A charge as a rate plan would write it."""

    currency: CurrencyCode = strawberry.field(description="Of every amount in it.")
    model: ChargeModelInput = strawberry.field(description="How the quantity becomes an amount.")
    key: str | None = strawberry.field(
        default=UNSET, description="What the line is called; `draft`, when left out."
    )
    type: ChargeType | None = strawberry.field(
        default=UNSET, description="When it would be billed; `USAGE`, when left out."
    )
    meter: str | None = strawberry.field(
        default=UNSET,
        description="Of a usage charge: key of the served meter that measures its events.",
    )
    filter: FilterInput | None = strawberry.field(
        default=UNSET, description="Of a usage charge: narrows the meter's filter."
    )
    group_by: list[str] | None = strawberry.field(
        default=UNSET, description="Of a usage charge: properties that split the usage."
    )
    included_units: Decimal | None = strawberry.field(
        default=UNSET, description="Units that cost nothing; they come off first."
    )
    cap: Decimal | None = strawberry.field(
        default=UNSET, description="Greatest amount, before discounts."
    )
    minimum: Decimal | None = strawberry.field(
        default=UNSET, description="Least net amount; what is missing is topped up."
    )

    def as_document(self) -> dict[str, object]:
        """The charge; its currency is the plan's, and a usage charge has some meter."""
        document = {"key": "draft", "type": ChargeType.USAGE.value, **given(self)}
        del document["currency"]
        if document["type"] == ChargeType.USAGE.value:
            document.setdefault("meter", "draft")
        return document


@strawberry.input(one_of=True, description="The charge to rate: exactly one of these.")
class ChargeInput(OneOfInput):
    """A charge of the catalog, or a draft."""

    catalog: CatalogChargeInput | None = strawberry.field(
        default=UNSET, description="A charge of the served catalog."
    )
    draft: DraftChargeInput | None = strawberry.field(
        default=UNSET,
        description="A charge that is saved nowhere.",
        metadata=visible_to(*TRUSTED),
    )

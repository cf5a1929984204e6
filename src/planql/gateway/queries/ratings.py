"""`rate`: what a charge costs, one of the catalog or a draft."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Union, cast

import strawberry
from msgspec import Struct
from msgspec.structs import asdict
from strawberry import UNSET

from planql.catalog.rate_plans import UsageCharge
from planql.discounts import Discount
from planql.errors import PlanqlError
from planql.gateway.context import Context, Info
from planql.gateway.inputs.charges import CatalogChargeInput, ChargeInput, DraftChargeInput
from planql.gateway.inputs.documents import document_of, is_given
from planql.gateway.inputs.usage import PeriodInput, UsageEventInput
from planql.gateway.queries.catalog_refs import context_at
from planql.gateway.queries.rate_plans import choose_version
from planql.gateway.types.errors import InvalidInputError, UnknownReferenceError, user_error
from planql.gateway.types.ratings import RatedCharge
from planql.gateway.types.steps import StepViews
from planql.rating.ready import ReadyCharge
from planql.rating.requests import rate_request
from planql.rating.totals import RatedCharge as SettledCharge

RateResult = Annotated[
    Union[RatedCharge, UnknownReferenceError, InvalidInputError],  # noqa: UP007 - read at run time
    strawberry.union("RateResult", description="What a charge comes to, or a mistake."),
]

Charge = Annotated[ChargeInput, strawberry.argument(description="What to rate.")]
Quantity = Annotated[
    Decimal | None,
    strawberry.argument(
        description="How much of it, before included units; 1 for a charge without usage. "
        "Left out when `events` are given."
    ),
]
Events = Annotated[
    list[UsageEventInput] | None,
    strawberry.argument(description="Usage events, which the charge's meter makes a quantity of."),
]
Period = Annotated[
    PeriodInput | None,
    strawberry.argument(description="With `events`: those inside it count."),
]
Discounts = Annotated[
    list[str] | None,
    strawberry.argument(description="Keys of discounts of the catalog; all act on this charge."),
]


class Usage(Struct, frozen=True):
    """The arguments that say how much of the charge."""

    quantity: Decimal | None
    events: list[UsageEventInput] | None
    period: PeriodInput | None


def resolve_rate(  # noqa: PLR0913 - one per argument of the query
    info: Info,
    charge: Charge,
    *,
    quantity: Quantity = UNSET,
    events: Events = UNSET,
    period: Period = UNSET,
    discounts: Discounts = UNSET,
) -> RateResult:
    """A charge, rated by the same function as `planql rate -`."""
    return _rated(info.context, charge, Usage(quantity, events, period), discounts)


async def resolve_rate_at(  # noqa: PLR0913 - one per argument of the query
    info: Info,
    charge: Charge,
    *,
    quantity: Quantity = UNSET,
    events: Events = UNSET,
    period: Period = UNSET,
    discounts: Discounts = UNSET,
) -> RateResult:
    """A charge, which may be one of another ref's catalog."""
    ref = (charge.catalog.ref or None) if charge.catalog else None
    try:
        context = await context_at(info.context, ref, "/charge/ref")
    except PlanqlError as error:
        return user_error(error, {"charge": charge})
    return _rated(context, charge, Usage(quantity, events, period), discounts)


def _rated(
    context: Context, charge: ChargeInput, usage: Usage, discounts: Discounts
) -> RatedCharge | UnknownReferenceError | InvalidInputError:
    try:
        if charge.catalog:
            return _of_catalog(context, charge.catalog, usage, discounts)
        # Exactly one of them is given.
        return _of_draft(context, cast("DraftChargeInput", charge.draft), usage, discounts)
    except PlanqlError as error:
        return user_error(error, {"charge": charge, **asdict(usage)})


def _of_catalog(
    context: Context, chosen: CatalogChargeInput, usage: Usage, discounts: Discounts
) -> RatedCharge:
    version = chosen.version or _in_force(context, chosen.rate_plan, chosen.as_of or None)
    found = context.served.charges.find(chosen.rate_plan, version, chosen.charge)
    if is_given(usage.events) or is_given(usage.period):
        settled = _measured(context, found.ready, usage, discounts)
    else:
        quantity = usage.quantity if is_given(usage.quantity) else None
        settled = found.ready.rate(quantity, _listed(context, discounts))
    return RatedCharge(settled=settled, views=found.steps, source=found.source)


def _in_force(context: Context, plan: str, as_of: datetime | None) -> int:
    """The version of a plan in force; now, if it is not said when."""
    return choose_version(context, plan, None, as_of)[0].entity.version


def _measured(
    context: Context, ready: ReadyCharge, usage: Usage, discounts: Discounts
) -> SettledCharge:
    """What events come to, rated by a charge of the catalog."""
    charge = ready.charge
    meter = charge.meter if isinstance(charge, UsageCharge) else None
    about = {"charge": charge, "currency": ready.currency}
    return rate_request(_request(context, about, meter, usage, discounts))[1]


def _of_draft(
    context: Context, draft: DraftChargeInput, usage: Usage, discounts: Discounts
) -> RatedCharge:
    about = {"charge": draft.as_document(), "currency": draft.currency}
    request = _request(context, about, draft.meter or None, usage, discounts)
    return RatedCharge(
        settled=rate_request(request)[1], views=StepViews(draft.currency), source=None
    )


def _request(
    context: Context,
    about: Mapping[str, object],
    meter: str | None,
    usage: Usage,
    discounts: Discounts,
) -> dict[str, object]:
    """The document that the arguments stand for."""
    usages = asdict(usage).items()
    given = {name: document_of(value) for name, value in usages if is_given(value)}
    if "events" in given and meter is not None:
        given["meter"] = context.served.catalog.meter(meter)
    return {**about, "discounts": _listed(context, discounts), **given}


def _listed(context: Context, keys: Discounts) -> Sequence[Discount]:
    """The discounts of the catalog with these keys."""
    return [context.served.catalog.discount(key) for key in keys or ()]

"""`rate`: what a charge costs, one of the catalog or a draft."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Union, cast

import strawberry
from strawberry import UNSET

from planql.catalog.rate_plans import UsageCharge
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


Usage = Mapping[str, object]
"""The arguments `quantity`, `events` and `period`, by name."""


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
    usage = {"quantity": quantity, "events": events, "period": period}
    return _rated(info.context, charge, usage, discounts or [])


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
    usage = {"quantity": quantity, "events": events, "period": period}
    ref = (charge.catalog.ref or None) if charge.catalog else None
    try:
        context = await context_at(info.context, ref, "/charge/ref")
    except PlanqlError as error:
        return user_error(error, {"charge": charge})
    return _rated(context, charge, usage, discounts or [])


def _rated(
    context: Context, charge: ChargeInput, usage: Usage, discounts: Sequence[str]
) -> RatedCharge | UnknownReferenceError | InvalidInputError:
    try:
        if charge.catalog:
            return _of_catalog(context, charge.catalog, usage, discounts)
        # Exactly one of them is given.
        return _of_draft(context, cast("DraftChargeInput", charge.draft), usage, discounts)
    except PlanqlError as error:
        return user_error(error, {"charge": charge, **usage})


def _of_catalog(
    context: Context, chosen: CatalogChargeInput, usage: Usage, discounts: Sequence[str]
) -> RatedCharge:
    version = chosen.version or _in_force(context, chosen.rate_plan, chosen.as_of or None)
    found = context.served.charges.find(chosen.rate_plan, version, chosen.charge)
    settled = _settled(context, found.ready, usage, discounts)
    return RatedCharge(settled=settled, views=found.steps, source=found.source)


def _in_force(context: Context, plan: str, as_of: datetime | None) -> int:
    """The version of a plan in force; now, if it is not said when."""
    return choose_version(context, plan, None, as_of)[0].entity.version


def _settled(
    context: Context, ready: ReadyCharge, usage: Usage, discounts: Sequence[str]
) -> SettledCharge:
    """What a charge of the catalog comes to; for a quantity it need not be judged again."""
    quantity, charge = usage["quantity"], ready.charge
    if is_given(usage["events"]) or is_given(usage["period"]):
        meter = charge.meter if isinstance(charge, UsageCharge) else None
        about = {"charge": charge, "currency": ready.currency}
        return rate_request(_request(context, about, meter, usage, discounts))[1]
    listed = [context.served.catalog.discount(key) for key in discounts]
    return ready.rate(cast("Decimal", quantity) if is_given(quantity) else None, listed)


def _of_draft(
    context: Context, draft: DraftChargeInput, usage: Usage, discounts: Sequence[str]
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
    discounts: Sequence[str],
) -> dict[str, object]:
    """The document that the arguments stand for."""
    catalog = context.served.catalog
    given = {name: document_of(value) for name, value in usage.items() if is_given(value)}
    if "events" in given and meter is not None:
        given["meter"] = catalog.meter(meter)
    return {**about, "discounts": [catalog.discount(key) for key in discounts], **given}

"""`rate`: what a charge costs, one of the catalog or a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Union, cast

import strawberry
from strawberry import UNSET

from planql.catalog.rate_plans import Charge as PlanCharge
from planql.catalog.rate_plans import RatePlan, UsageCharge
from planql.errors import PlanqlError, UnknownReference
from planql.gateway.context import Context, Info
from planql.gateway.inputs.charges import CatalogChargeInput, ChargeInput, DraftChargeInput
from planql.gateway.inputs.documents import document_of, is_given
from planql.gateway.inputs.usage import PeriodInput, UsageEventInput
from planql.gateway.queries.catalog_refs import context_at
from planql.gateway.queries.rate_plans import choose_version
from planql.gateway.types.errors import InvalidInputError, UnknownReferenceError, user_error
from planql.gateway.types.ratings import RatedCharge, rated_charge
from planql.gateway.types.sources import Source, source_of
from planql.problems import did_you_mean
from planql.rating.requests import rate_of_catalog, rate_request
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
    chosen = charge.chosen[1]
    ref = (chosen.ref or None) if isinstance(chosen, CatalogChargeInput) else None
    try:
        context = await context_at(info.context, ref, "/charge/ref")
    except PlanqlError as error:
        return user_error(error, {"charge": charge})
    return _rated(context, charge, usage, discounts or [])


def _rated(
    context: Context, charge: ChargeInput, usage: Mapping[str, object], discounts: Sequence[str]
) -> RatedCharge | UnknownReferenceError | InvalidInputError:
    try:
        chosen = _chosen(context, charge)
        settled = _settled(context, chosen, usage, discounts)
    except PlanqlError as error:
        return user_error(error, {"charge": charge, **usage})
    return rated_charge(settled, chosen.currency, chosen.source)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The charge to rate: an entity of the catalog, or the document of a draft."""

    charge: PlanCharge | dict[str, object]
    currency: str
    meter: str | None
    source: Source | None = None


def _settled(
    context: Context, chosen: _Chosen, usage: Mapping[str, object], discounts: Sequence[str]
) -> SettledCharge:
    """What a charge comes to; one of the catalog need not be read and judged for a quantity."""
    given = {name for name, value in usage.items() if is_given(value)}
    if isinstance(chosen.charge, dict) or not given <= {"quantity"}:
        return rate_request(_request(context, chosen, usage, discounts))[1]
    listed = [context.served.catalog.discount(key) for key in discounts]
    quantity = cast("Decimal", usage["quantity"]) if given else None
    return rate_of_catalog(chosen.charge, chosen.currency, quantity, listed)


def _request(
    context: Context, chosen: _Chosen, usage: Mapping[str, object], discounts: Sequence[str]
) -> dict[str, object]:
    """The document that the arguments stand for."""
    catalog = context.served.catalog
    given = {name: document_of(value) for name, value in usage.items() if is_given(value)}
    if "events" in given and chosen.meter is not None:
        given["meter"] = catalog.meter(chosen.meter)
    listed = [catalog.discount(key) for key in discounts]
    return {
        "charge": chosen.charge,
        "currency": chosen.currency,
        "discounts": listed,
        **given,
    }


def _chosen(context: Context, charge: ChargeInput) -> _Chosen:
    match charge.chosen[1]:
        case CatalogChargeInput() as chosen:
            return _of_catalog(context, chosen)
        case draft:
            return _drafted(cast("DraftChargeInput", draft))


def _drafted(draft: DraftChargeInput) -> _Chosen:
    return _Chosen(draft.as_document(), draft.currency, draft.meter or None)


def _of_catalog(context: Context, chosen: CatalogChargeInput) -> _Chosen:
    document, _ = choose_version(
        context, chosen.rate_plan, chosen.version or None, chosen.as_of or None
    )
    plan = document.entity
    index, charge = _find(plan, chosen.charge)
    source = source_of(document, context.served.catalog.commit, f"/charges/{index}")
    meter = charge.meter if isinstance(charge, UsageCharge) else None
    return _Chosen(charge, plan.currency, meter, source)


def _find(plan: RatePlan, key: str) -> tuple[int, PlanCharge]:
    """The charge `key` and its place in the plan."""
    for index, charge in enumerate(plan.charges):
        if charge.key == key:
            return index, charge
    hint = did_you_mean(key, [charge.key for charge in plan.charges])
    message = f'"{plan.key}" version {plan.version} has no charge "{key}"'
    raise UnknownReference("unknown-charge", message, pointer="/charge/charge", hint=hint)

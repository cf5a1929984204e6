"""The plans that `simulate` and `priceCurve` are asked about: of a catalog, a ref, or drafts."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final, cast

import strawberry

from planql.billing.places import located
from planql.catalog.rate_plans import Charge, RatePlan
from planql.catalog.snapshot import Catalog
from planql.entity import Entity, Items, read_entity
from planql.errors import InvalidInput
from planql.gateway.context import Context
from planql.gateway.inputs.documents import document_of
from planql.gateway.inputs.draft_plans import (
    CatalogPlanInput,
    DraftChargesInput,
    DraftPlanInput,
    PlanChargeInput,
    SimulatedPlanInput,
)
from planql.gateway.queries.catalog_refs import served_at
from planql.simulation.priced_plans import (
    PricedPlan,
    drafted,
    of_charges,
    version_on,
    with_charges,
)

MOST_PLANS: Final = 20

Plans = Annotated[
    list[SimulatedPlanInput],
    strawberry.argument(description=f"Prices, side by side: 1 to {MOST_PLANS}."),
]


class _Drafts(Entity):
    charges: Items[Charge]


async def chosen_plans(
    context: Context, plans: Sequence[SimulatedPlanInput], on: date
) -> tuple[PricedPlan, ...]:
    """Every plan that is asked about.

    Args:
        context: Of the request.
        plans: As the argument `plans` has them.
        on: The local day on which the version of a plan is to be in force.

    Raises:
        PlanqlError: a plan does not exist or breaks a rule, with its pointer in the arguments;
            or a ref cannot be looked at.
    """
    if not 1 <= len(plans) <= MOST_PLANS:
        raise InvalidInput(
            "plan-count",
            f"there are {len(plans)} plans; 1 to {MOST_PLANS} are looked at side by side",
            pointer="/plans",
            hint="ask again for the others",
        )
    return tuple([await _chosen(context, each, on, place) for place, each in enumerate(plans)])


async def _chosen(context: Context, plan: SimulatedPlanInput, on: date, place: int) -> PricedPlan:
    name, chosen = plan.chosen
    pointer = f"/plans/{place}/{name}"
    ref = getattr(chosen, "ref", None) or None
    catalog = (await served_at(context, ref, f"{pointer}/ref")).catalog
    with located(pointer):
        match chosen:
            case CatalogPlanInput():
                return _of_catalog(catalog, chosen, on)
            case DraftPlanInput():
                return _draft(catalog, chosen)
            case _:
                return _of_charges(catalog, cast("DraftChargesInput", chosen))


def _of_catalog(catalog: Catalog, chosen: CatalogPlanInput, on: date) -> PricedPlan:
    key = chosen.rate_plan
    with located("/version" if chosen.version else "/rate_plan"):
        found = (
            catalog.rate_plan(key, chosen.version)
            if chosen.version
            else version_on(catalog, key, on)
        )
    name = f"{key}@{found.entity.version}"
    label = f"{chosen.ref}:{name}" if chosen.ref else name
    if not chosen.charges:
        return PricedPlan(chosen.label or label, catalog, found)
    whole = PricedPlan(label, catalog, found)
    return with_charges(chosen.label or f"{label} (draft)", whole, _charges(chosen.charges))


def _draft(catalog: Catalog, chosen: DraftPlanInput) -> PricedPlan:
    product = next(iter(catalog.products), "draft")
    plan = read_entity(RatePlan, {"product": product, **chosen.as_document()})
    return drafted(chosen.label or f"{plan.key}@{plan.version}", catalog, plan)


def _of_charges(catalog: Catalog, chosen: DraftChargesInput) -> PricedPlan:
    charges = _charges(chosen.charges)
    return of_charges(chosen.label or "draft", catalog, charges, chosen.currency)


def _charges(charges: Sequence[PlanChargeInput]) -> tuple[Charge, ...]:
    return read_entity(_Drafts, {"charges": document_of(list(charges))}).charges

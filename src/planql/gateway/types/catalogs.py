"""`Catalog`: everything that is served, as the schema shows it."""

from collections.abc import Mapping
from datetime import date, datetime

import strawberry

from planql.catalog import rate_plans, snapshot
from planql.errors import UnknownReference
from planql.gateway.types.charges import References
from planql.gateway.types.discounts import Discount, discount
from planql.gateway.types.meters import Meter, meter
from planql.gateway.types.model_views import ModelViews
from planql.gateway.types.products import (
    AgentType,
    Product,
    RatePlan,
    agent_type,
    product,
    rate_plan,
)
from planql.periods import local_day, zone


def _in_force(root: strawberry.Parent["Catalog"], info: strawberry.Info) -> list[RatePlan]:
    day = local_day(root.as_of or info.context.now, zone(root.time_zone))
    found = (_chosen(root.found, key, day) for key in root.found.rate_plans)
    numbers = {(each.key, each.version) for each in found if each is not None}
    return [each for each in root.rate_plans if (each.key, each.version) in numbers]


def _chosen(found: snapshot.Catalog, key: str, day: date) -> rate_plans.RatePlan | None:
    try:
        return found.rate_plan_in_force(key, day).entity
    except UnknownReference:
        return None


@strawberry.type(description="All prices of a company, as one commit of its catalog holds them.")
class Catalog:
    """A snapshot of a catalog."""

    found: strawberry.Private[snapshot.Catalog]
    as_of: strawberry.Private[datetime | None]

    name: str = strawberry.field(description="The company, or the catalog, as people call it.")
    description: str | None = strawberry.field(description="What it is, in words.")
    time_zone: str = strawberry.field(
        description="IANA zone of the billing days of customers without one of their own."
    )
    commit: str | None = strawberry.field(
        description="The git commit; null when the catalog was read from a directory."
    )
    digest: str = strawberry.field(
        description="SHA-256 over all its files: equal digests are equal prices."
    )
    agent_types: list[AgentType] = strawberry.field(description="The kinds of agent, by key.")
    products: list[Product] = strawberry.field(description="What is sold, by key.")
    rate_plans: list[RatePlan] = strawberry.field(
        description="Every version of every rate plan, by key, the newest version first."
    )
    meters: list[Meter] = strawberry.field(description="What usage is measured by, by key.")
    discounts: list[Discount] = strawberry.field(description="Reductions of what is due, by key.")
    rate_plans_in_force: list[RatePlan] = strawberry.field(
        resolver=_in_force,
        description="Of each rate plan the version that new subscriptions get at `asOf`, by key; "
        "a plan without one is left out.",
    )


def catalog_view(found: snapshot.Catalog, models: ModelViews) -> Catalog:
    """The whole catalog as the schema shows it; the views of its models are in `models`."""
    references = _references(found, models)
    products = _products(found)
    return Catalog(
        found=found,
        as_of=None,
        name=found.settings.name,
        description=found.settings.description,
        time_zone=found.settings.time_zone,
        commit=found.commit,
        digest=found.digest,
        agent_types=_agent_types(found),
        products=products,
        rate_plans=_rate_plans(found, {each.key: each for each in products}, references),
        meters=list(references.meters.values()),
        discounts=list(references.discounts.values()),
    )


def _references(found: snapshot.Catalog, models: ModelViews) -> References:
    meters, discounts = sorted(found.meters.items()), sorted(found.discounts.items())
    return References(
        {key: meter(document, found.commit) for key, document in meters},
        {key: discount(document, found.commit) for key, document in discounts},
        found.commit,
        models,
    )


def _agent_types(found: snapshot.Catalog) -> list[AgentType]:
    return [agent_type(document, found.commit) for _, document in sorted(found.agent_types.items())]


def _products(found: snapshot.Catalog) -> list[Product]:
    kinds = {kind.key: kind for kind in _agent_types(found)}
    return [
        product(document, kinds.get(document.entity.agent_type or ""), found.commit)
        for _, document in sorted(found.products.items())
    ]


def _rate_plans(
    found: snapshot.Catalog, products: Mapping[str, Product], references: References
) -> list[RatePlan]:
    """Every version, each also entered into its product."""
    plans = []
    for _, versions in sorted(found.rate_plans.items()):
        for _, document in sorted(versions.items(), reverse=True):
            priced = products[document.entity.product]
            plan = rate_plan(document, priced, references)
            priced.rate_plans.append(plan)
            plans.append(plan)
    return plans

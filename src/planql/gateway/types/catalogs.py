"""`Catalog`: everything that is served, as the schema shows it."""

from collections.abc import Mapping

import strawberry

from planql.catalog import snapshot
from planql.gateway.types.charges import References
from planql.gateway.types.discounts import Discount, discount
from planql.gateway.types.meters import Meter, meter
from planql.gateway.types.products import (
    AgentType,
    Product,
    RatePlan,
    agent_type,
    product,
    rate_plan,
)


@strawberry.type(description="All prices of a company, as one commit of its catalog holds them.")
class Catalog:
    """A snapshot of a catalog."""

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


def catalog_view(found: snapshot.Catalog) -> Catalog:
    """The whole catalog as the schema shows it."""
    references = _references(found)
    products = _products(found)
    return Catalog(
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


def _references(found: snapshot.Catalog) -> References:
    meters, discounts = sorted(found.meters.items()), sorted(found.discounts.items())
    return References(
        {key: meter(document, found.commit) for key, document in meters},
        {key: discount(document, found.commit) for key, document in discounts},
        found.commit,
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

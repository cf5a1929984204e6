"""The one subscription of a scenario: a customer who does not exist, on a plan that may not either.

Source: RULES 9.1 (docs/rules/simulation.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from planql.billing.customers import Customer
from planql.billing.subscriptions import Subscription
from planql.catalog.checks import require_valid_rate_plan
from planql.catalog.documents import Document
from planql.catalog.rate_plans import Charge, RatePlan
from planql.catalog.snapshot import Catalog
from planql.entity import read_entity
from planql.money import plain
from planql.periods import day_start, zone

SUBSCRIPTION: Final = "scenario"
"""Key of the customer of a scenario, and of the subscription."""


@dataclass(frozen=True, slots=True)
class Subscribing:
    """How the customer of a scenario subscribes.

    Attributes:
        anchor: Where billing periods are counted from.
        discounts: Keys of redeemed discounts; the plan's automatic ones act anyway.
        time_zone: The customer's; None is the catalog's.
        quantities: Of the names that charges declare, over those of the scenario.
    """

    anchor: Literal["subscription", "calendar"] | date = "subscription"
    discounts: tuple[str, ...] = ()
    time_zone: str | None = None
    quantities: Mapping[str, Decimal] = field(default_factory=dict)


def with_draft(catalog: Catalog, plan: Document[RatePlan]) -> Catalog:
    """The catalog with `plan` in it and without migrations: who subscribes to it stays on it.

    Raises:
        InvalidInput: the first rule that the plan breaks by itself.
    """
    if catalog.rate_plans.get(plan.entity.key, {}).get(plan.entity.version) != plan:
        require_valid_rate_plan(plan.entity)
        catalog = catalog.with_rate_plan(plan)
    return replace(catalog, migrations={})


def plan_of_charges(
    charges: tuple[Charge, ...],
    currency: str,
    billing_cycle: str = "monthly",
    product: str = "draft",
) -> Document[RatePlan]:
    """A plan that consists of charges that stand in no plan.

    Args:
        charges: At least one; keys are unique.
        currency: Of every amount.
        billing_cycle: By its name, such as "monthly" or "annual".
        product: For costs of subscription days that are of some products only.

    Raises:
        InvalidInput: the first rule that it breaks, with its pointer: `/charges/0/model`.
    """
    plan = read_entity(
        RatePlan,
        {
            "key": "draft",
            "version": 1,
            "status": "draft",
            "product": product,
            "name": "Draft",
            "currency": currency,
            "billing_cycle": billing_cycle,
            "effective_from": "0001-01-01",
            "charges": charges,
        },
    )
    require_valid_rate_plan(plan)
    return Document(plan, "")


def subscribe(
    plan: RatePlan, on: date, catalog: Catalog, how: Subscribing
) -> tuple[Customer, Subscription]:
    """A customer and its subscription, which starts with the local day `on`.

    Raises:
        InvalidInput: `unknown-time-zone`.
    """
    time_zone = how.time_zone or catalog.settings.time_zone
    customer = Customer(key=SUBSCRIPTION, time_zone=time_zone)
    subscription = read_entity(
        Subscription,
        {
            "key": SUBSCRIPTION,
            "rate_plan": plan.key,
            "version": plan.version,
            "started_at": day_start(on, zone(time_zone)).isoformat(),
            "anchor": str(how.anchor),
            "quantities": {name: plain(number) for name, number in how.quantities.items()},
            "discounts": how.discounts,
        },
    )
    return customer, subscription

"""Cases of impacts: two catalogs as data, who is compared, and what follows by hand."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from planql.billing.customers import Customer
from planql.billing.subscriptions import Subscription
from planql.catalog.checks import require_valid_rate_plan
from planql.catalog.costs import SubscriptionDayCost, UsageCost
from planql.catalog.diff import diff_catalogs
from planql.catalog.meters import Meter
from planql.catalog.migrations import Migration
from planql.catalog.rate_plans import RatePlan
from planql.catalog.scenarios import Scenario
from planql.catalog.settings import CatalogSettings
from planql.catalog.snapshot import Catalog, inline_catalog
from planql.discounts import FixedAmountDiscount, FreeUnitsDiscount, PercentageDiscount
from planql.entity import Entity, parse_json, read_entity
from planql.impact.customers import CustomerComparing, KnownCustomer, Question
from planql.impact.exports import ExportComparing, covered_months, subjects_of
from planql.impact.measuring import customers_impact, impact_of
from planql.impact.outcomes import months_from
from planql.impact.results import CustomersImpact, Impact, PlanPair
from planql.impact.scenarios import ScenarioComparing
from planql.impact.touched import touched_plans
from planql.metering.events import read_event
from planql.periods import Interval, IntervalUnit, local_day, zone

CASES: Final = sorted((Path(__file__).parents[1] / "cases" / "impact").glob("*.json"))

_DISCOUNTS: Final[dict[str, type[Entity]]] = {
    "percentage": PercentageDiscount,
    "fixed_amount": FixedAmountDiscount,
    "free_units": FreeUnitsDiscount,
}
_COSTS: Final[dict[str, type[Entity]]] = {
    "usage": UsageCost,
    "subscription_day": SubscriptionDayCost,
}
_KINDS: Final[dict[str, type[Entity]]] = {
    "meters": Meter,
    "rate_plans": RatePlan,
    "scenarios": Scenario,
    "migrations": Migration,
    "settings": CatalogSettings,
}

Doc = Mapping[str, Any]


class Case:
    """A case, read from its file or made in a test."""

    def __init__(self, document: Doc) -> None:
        self.document = document
        self.base = catalog(document["shared"], document["base"])
        self.head = catalog(document["shared"], document["head"])
        self.as_of = datetime.fromisoformat(document["as_of"])

    def impact(self, base: Catalog | None = None, head: Catalog | None = None) -> Impact:
        """The impact, of other catalogs where they are given."""
        before, after = base or self.base, head or self.head
        on = local_day(self.as_of, zone(after.settings.time_zone))
        diff = diff_catalogs(before, after, on)
        pairs = touched_plans(before, after, on, diff)
        coming = months_from(_month(self.as_of, 1), self.document["months"])
        comparing = ScenarioComparing(before, after, coming, self.document.get("chosen", ()))
        return impact_of(
            diff,
            after,
            on,
            months=coming,
            plans=pairs,
            scenarios=tuple(each for pair in pairs for each in comparing.impacts(pair)),
            customers=self._customers(before, after, pairs),
        )

    def _customers(
        self, base: Catalog, head: Catalog, pairs: tuple[PlanPair, ...]
    ) -> CustomersImpact | None:
        count = self.document["months"]
        question = Question(
            base,
            head,
            {pair.key: pair for pair in pairs},
            self.as_of,
            months_from(_month(self.as_of, -count), count),
            self.document.get("quantities", {}),
        )
        if "exported" in self.document:
            events = [read_event(value) for value in self.document["exported"]]
            subjects = subjects_of(events)
            months = covered_months(question, subjects)
            exported = ExportComparing(question, months)
            lines = [line for each in subjects for line in exported.impacts(each)]
            return customers_impact(lines, months)
        if "customers" in self.document:
            comparing = CustomerComparing(question)
            known = map(known_customer, self.document["customers"])
            lines = [line for each in known for line in comparing.impacts(each)]
            return customers_impact(lines, question.months)
        return None


def case_at(path: Path) -> Case:
    """The case in a file, with exact numbers."""
    document = parse_json(path.read_bytes())
    assert isinstance(document, dict)
    return Case(document | {"months": json.loads(path.read_text("utf-8"))["months"]})


def catalog(*parts: Mapping[str, list[Doc]]) -> Catalog:
    """The catalog of some documents by kind."""
    entities = [read(kind, each) for part in parts for kind, some in part.items() for each in some]
    for entity in entities:
        if isinstance(entity, RatePlan):
            require_valid_rate_plan(entity)
    return inline_catalog(entities)


def read(kind: str, document: Doc) -> Entity:
    """A document of a kind, which is called as its folder."""
    if kind == "discounts":
        return read_entity(_DISCOUNTS[document["type"]], document)
    model = _COSTS[document["type"]] if kind == "costs" else _KINDS[kind]
    return read_entity(model, document)


def known_customer(document: Doc) -> KnownCustomer:
    """A customer as the database knows it."""
    return KnownCustomer(
        read_entity(Customer, document["customer"]),
        tuple(read_entity(Subscription, each) for each in document["subscriptions"]),
        [read_event(each) for each in document.get("events", ())],
    )


def _month(as_of: datetime, later: int) -> Any:  # noqa: ANN401 - a date
    return Interval(IntervalUnit.MONTH).after(as_of.date().replace(day=1), later)

"""What the demo's customers did, as the documents and dates that a database keeps.

Plans get the version that was in force on the day, as the API would pin it, and discounts are
redeemed only in their time.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from planql.catalog.snapshot import Catalog
from planql.demo.companies import Company, DemoSubscription, Happening
from planql.demo.years import DemoYear
from planql.errors import UnknownReference
from planql.stores.customers import NewSubscription, TimelineEntry


@dataclass(frozen=True, slots=True)
class Beginning:
    """A subscription that begins."""

    at: datetime
    subscription: NewSubscription


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a timeline.

    Attributes:
        known_at: When planql learned of it.
        place: In the timeline, from 0.
    """

    known_at: datetime
    subscription: str
    place: int
    entry: TimelineEntry


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Everything that one customer did, usage apart.

    Attributes:
        customer: Key.
        document: Of the customer, as JSON text.
    """

    customer: str
    document: str
    beginnings: tuple[Beginning, ...]
    entries: tuple[Entry, ...]


def chronicle_of(company: Company, catalog: Catalog, year: DemoYear) -> Chronicle:
    """What `company` did in `year`.

    Raises:
        UnknownReference: the catalog lacks a plan or a discount.
    """
    customer = {
        "key": company.key,
        "time_zone": company.time_zone,
        "balances": company.balances,
    }
    documents = _Documents(catalog, year)
    return Chronicle(
        company.key,
        json.dumps({name: value for name, value in customer.items() if value}),
        tuple(documents.beginning(company.key, each) for each in company.subscriptions),
        tuple(
            documents.entry(subscription.key, place, happening)
            for subscription in company.subscriptions
            for place, happening in enumerate(subscription.timeline)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Documents:
    """Makes documents of a story from what `companies.json` says."""

    catalog: Catalog
    year: DemoYear

    def beginning(self, customer: str, subscription: DemoSubscription) -> Beginning:
        at = self.year.instant(subscription.started)
        plan = self._plan(subscription.rate_plan, at.date())
        discounts = self._open(subscription.discounts, at)
        document = {
            "key": subscription.key,
            **plan,
            "started_at": at.isoformat(),
            "anchor": subscription.anchor,
            "quantities": subscription.quantities,
            "discounts": discounts,
        }
        new = NewSubscription(customer, subscription.key, json.dumps(document), discounts)
        return Beginning(at, new)

    def entry(self, subscription: str, place: int, happening: Happening) -> Entry:
        at = self.year.instant(happening.on)
        known_at = self.year.instant(happening.decided or happening.on)
        if happening.adjustment is not None:
            document = json.dumps({"at": at.isoformat(), **happening.adjustment})
            return Entry(known_at, subscription, place, TimelineEntry("adjustment", at, document))
        change = {"at": at.isoformat(), **happening.change}
        if "rate_plan" in change:
            change |= self._plan(change["rate_plan"], at.date())
        if "discounts" in change:
            change["discounts"] = self._open(change["discounts"], at)
        redeemed = tuple(change.get("discounts", ()))
        entry = TimelineEntry("change", at, json.dumps(change), redeemed)
        return Entry(known_at, subscription, place, entry)

    def _plan(self, key: str, on: date) -> dict[str, object]:
        """The plan at the newest version in force on a day, or at its first one."""
        if key not in self.catalog.rate_plans:
            raise UnknownReference(
                "unknown-reference",
                f'there is no rate plan "{key}"',
                hint="the demo is made for the example catalog",
            )
        plans = [each.entity for each in self.catalog.rate_plans[key].values()]
        ready = [plan for plan in plans if plan.status != "draft"]
        begun = [plan.version for plan in ready if plan.effective_from <= on]
        version = begun[-1] if begun else ready[0].version
        return {"rate_plan": key, "version": version}

    def _open(self, discounts: Iterable[str], at: datetime) -> tuple[str, ...]:
        """Those of `discounts` that can be redeemed at `at`."""
        return tuple(each for each in discounts if self._is_open(each, at))

    def _is_open(self, key: str, at: datetime) -> bool:
        discount = self.catalog.discount(key)
        begun = discount.starts_at is None or discount.starts_at <= at
        return begun and (discount.ends_at is None or at < discount.ends_at)

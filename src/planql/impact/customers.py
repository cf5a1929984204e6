"""Real customers over their recorded usage: as they are, and as if they had moved.

::

    as_of 2026-07-14, 3 months:   [ April | May | June )  July ...
    customer since 2026-04-20:            [ May | June )

Owns: which subscriptions are compared, over which months and with which versions.
Does not own: reading customers and usage (`planql.stores`), any price.

Source: RULES 7.9, 9.1 (docs/rules/impact.md).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from planql.billing.customers import Customer
from planql.billing.due import zone_of
from planql.billing.subscriptions import Subscription
from planql.billing.terms import Terms
from planql.billing.timeline import Timeline
from planql.billing.walk import timeline_of
from planql.catalog.snapshot import Catalog
from planql.errors import PlanqlError
from planql.impact.moves import next_move
from planql.impact.recorded import Recorded, RecordedComparing
from planql.impact.results import Comparison, CustomerImpact, Outcome, PlanPair
from planql.impact.steady import ending_discounts, steady_terms
from planql.metering.events import UsageEvent
from planql.periods import Period, local_day

_TOO_NEW: Final = "it has not run for a whole one of the months asked about"


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """A stored customer.

    Attributes:
        subscriptions: All of them, with everything that happened to them.
        events: The usage of all months compared, and what came before where a meter carries over.
    """

    customer: Customer
    subscriptions: tuple[Subscription, ...]
    events: Sequence[UsageEvent]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about real customers.

    Attributes:
        base: The catalog before.
        head: The catalog now.
        pairs: The touched plans, by key.
        as_of: What happened later is not known.
        months: Calendar months of recorded usage.
        quantities: What is declared where a customer does not say, by name.
    """

    base: Catalog
    head: Catalog
    pairs: Mapping[str, PlanPair]
    as_of: datetime
    months: tuple[Period, ...]
    quantities: Mapping[str, str]


class CustomerComparing:
    """Compares stored customers, one after another."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._comparing = RecordedComparing(question.base, question.head)

    def impacts(self, known: KnownCustomer) -> Iterator[CustomerImpact]:
        """The subscriptions of a customer that are on a touched plan now, in their order."""
        for subscription in known.subscriptions:
            if subscription.started_at > self._question.as_of:
                continue
            try:
                yield from self._compared(known, subscription)
            except PlanqlError as error:
                yield from self._failed(known, subscription, error)

    def _compared(
        self, known: KnownCustomer, subscription: Subscription
    ) -> Iterator[CustomerImpact]:
        asked = self._question
        time_zone = zone_of(known.customer, asked.base)
        timeline = timeline_of(subscription, asked.base, time_zone, asked.as_of)
        terms = timeline.terms_at(asked.as_of)
        pair = asked.pairs.get(terms.plan.entity.key)
        if pair is None or (timeline.ending and timeline.ending.at <= asked.as_of):
            return
        yield CustomerImpact(
            known.customer.key,
            subscription.key,
            pair,
            self._comparison(known, timeline, terms, pair),
            next_move(asked.head, subscription, time_zone, asked.as_of),
            tuple(_notes(terms, asked.base)),
        )

    def _comparison(
        self, known: KnownCustomer, timeline: Timeline, terms: Terms, pair: PlanPair
    ) -> Comparison:
        if terms.is_paused:
            return _unknown(terms.plan.entity.version, pair, "the subscription is paused")
        steady = steady_terms(terms, self._question.base, self._question.quantities)
        months = self._months(timeline)
        recorded = Recorded(known.customer, known.events, months, steady, _TOO_NEW)
        return self._comparing.compare(recorded, terms.plan, pair)

    def _months(self, timeline: Timeline) -> tuple[Period, ...]:
        """Those that the subscription was billed for from their first day on."""
        since = local_day(timeline.start, timeline.time_zone)
        return tuple(month for month in self._question.months if month.start >= since)

    def _failed(
        self, known: KnownCustomer, subscription: Subscription, error: PlanqlError
    ) -> Iterator[CustomerImpact]:
        """A subscription that the base cannot follow: nobody knows what it is on now."""
        pair = self._question.pairs.get(subscription.rate_plan)
        if pair:
            reason = f"it cannot be simulated: {error.message}"
            comparison = _unknown(subscription.version, pair, reason)
            yield CustomerImpact(known.customer.key, subscription.key, pair, comparison)


def _unknown(version: int | None, pair: PlanPair, reason: str) -> Comparison:
    after = pair.after.entity.version if pair.after else None
    return Comparison((), Outcome(version, unknown=reason), Outcome(after, unknown=reason))


def _notes(terms: Terms, catalog: Catalog) -> Iterable[str]:
    for key in ending_discounts(terms, catalog):
        yield f'discount "{key}" ends some day and is left out'

"""Every invoice that is due by a time: the one computation behind previews and issued invoices.

Owns: joining the subscriptions of a customer into invoices, when adjustments and late usage come,
the balance carried from one invoice to the next.
Does not own: numbers, storage, sending.

Source: RULES 8 (docs/rules/invoices.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import groupby
from zoneinfo import ZoneInfo

from planql.billing.account import Account
from planql.billing.customers import Customer
from planql.billing.drafts import Draft, Scribe
from planql.billing.dues import Dues
from planql.billing.invoices import Invoice
from planql.billing.known_usage import KnownUsage
from planql.billing.occasions import Occasion, occasions_of
from planql.billing.places import located
from planql.billing.redemptions import check_limits
from planql.billing.subscriptions import Adjustment, Subscription
from planql.billing.timeline import Timeline
from planql.billing.walk import timeline_of
from planql.catalog.snapshot import Catalog
from planql.errors import InvalidInput
from planql.metering.spans import Span
from planql.periods import day_start, local_day, one_day_later, zone


@dataclass(frozen=True, slots=True)
class Due:
    """What is due by a time.

    Attributes:
        invoices: In the order of issue.
        notices: What a person should know, such as a migration that gave way to another.
        timelines: Of the subscriptions, in their order.
        drafts: What set the price of each line, invoice by invoice, in the order of their lines.
    """

    invoices: tuple[Invoice, ...]
    notices: tuple[str, ...]
    timelines: tuple[Timeline, ...]
    drafts: tuple[tuple[Draft, ...], ...]


@dataclass(frozen=True, slots=True)
class _Issue:
    """The lines of one subscription on one invoice."""

    on: date
    drafts: tuple[Draft, ...]


def zone_of(customer: Customer, catalog: Catalog) -> ZoneInfo:
    """Whose local days a customer is billed by."""
    return zone(customer.time_zone or catalog.settings.time_zone)


def due_invoices(
    catalog: Catalog,
    customer: Customer,
    subscriptions: Sequence[Subscription],
    usage: KnownUsage,
    as_of: datetime,
) -> Due:
    """Every invoice of `customer` issued at or before `as_of`; what happened later is ignored.

    Args:
        catalog: Where plans, meters, discounts and migrations are looked up.
        customer: Whose subscriptions these are.
        subscriptions: All of the customer's.
        usage: All of the customer's, in the customer's zone.
        as_of: Inclusive.

    Raises:
        InvalidInput: a subscription that cannot be billed, with its pointer.
        UnknownReference: a plan, version, meter or discount that does not exist.
    """
    _check_keys(subscriptions)
    time_zone = zone_of(customer, catalog)
    timelines = [
        timeline_of(each, catalog, time_zone, as_of, f"/subscriptions/{index}")
        for index, each in enumerate(subscriptions)
    ]
    check_limits(catalog, _redemptions(timelines))
    issues: list[_Issue] = []
    for index, (timeline, each) in enumerate(zip(timelines, subscriptions, strict=True)):
        with located(f"/subscriptions/{index}"):
            issues += _Issuing(timeline, each, catalog, usage, as_of).all()
    notices = [notice for timeline in timelines for notice in timeline.notices]
    made = list(_invoices(issues, customer))
    invoices = tuple(invoice for invoice, _ in made)
    drafts = tuple(drafts for _, drafts in made)
    return Due(invoices, tuple(notices), tuple(timelines), drafts)


def _check_keys(subscriptions: Iterable[Subscription]) -> None:
    seen: set[str] = set()
    for index, each in enumerate(subscriptions):
        if each.key in seen:
            raise InvalidInput(
                "repeated-key",
                f'"{each.key}" is the key of two subscriptions',
                pointer=f"/subscriptions/{index}/key",
            )
        seen.add(each.key)


def _redemptions(timelines: Iterable[Timeline]) -> Iterator[tuple[str, str]]:
    for timeline in timelines:
        for epoch in timeline.epochs:
            for segment in epoch.segments:
                for redeemed in segment.terms.redeemed:
                    yield timeline.subscription, redeemed.discount


class _Issuing:
    """Goes through the occasions of one subscription up to a time."""

    def __init__(
        self,
        timeline: Timeline,
        subscription: Subscription,
        catalog: Catalog,
        usage: KnownUsage,
        as_of: datetime,
    ) -> None:
        grace = timedelta(hours=catalog.settings.invoice_grace_hours)
        self._timeline = timeline
        self._usage = usage
        self._as_of = as_of
        self._account = Account(timeline, catalog, usage)
        self._scribe = Scribe(timeline.subscription, timeline.time_zone, catalog.commit)
        self._occasions = occasions_of(timeline, as_of, grace)
        self._adjustments = [
            (number, each)
            for number, each in enumerate(subscription.adjustments)
            if each.at <= as_of
        ]

    def all(self) -> Iterator[_Issue]:
        """The invoices' lines, in the order of issue."""
        waiting: list[Draft] = []
        for occasion in self._occasions:
            waiting += self._account.charge(occasion)
            if occasion.is_deferred:
                continue
            if waiting or occasion.is_fresh:
                waiting += self._adjusted(occasion.issued_at)
            yield _Issue(occasion.issued_on, tuple(waiting))
            waiting = []
        yield from self._supplements()

    def _adjusted(self, until: datetime) -> list[Draft]:
        """The adjustments that were made by `until` and stand on no invoice yet."""
        ready = [(number, each) for number, each in self._adjustments if each.at <= until]
        self._adjustments = [pair for pair in self._adjustments if pair not in ready]
        return [self._adjustment(number, each) for number, each in ready]

    def _adjustment(self, number: int, adjustment: Adjustment) -> Draft:
        time_zone = self._timeline.time_zone
        day = local_day(adjustment.at, time_zone)
        span = Span(day_start(day, time_zone), day_start(one_day_later(day), time_zone))
        currency = self._timeline.terms_at(adjustment.at).plan.entity.currency
        amount = Fraction(adjustment.amount)
        return self._scribe.adjustment(amount, adjustment.reason, span, currency, number)

    def _supplements(self) -> Iterator[_Issue]:
        """What came after the final invoice: an invoice for each day on which something did."""
        ending = self._timeline.ending
        if ending is None or not self._occasions or self._occasions[-1].at != ending.at:
            return
        final = self._occasions[-1]
        for day in self._days_after(final, ending.at):
            opening = day_start(day, self._timeline.time_zone)
            closing = day_start(one_day_later(day), self._timeline.time_zone)
            if opening <= self._as_of:
                known = min(self._as_of, closing - timedelta(microseconds=1))
                occasion = replace(
                    final, issued_at=known, issued_on=day, is_fresh=False, dues=Dues()
                )
                drafts = [*self._account.charge(occasion), *self._adjusted(known)]
                yield _Issue(day, tuple(drafts))

    def _days_after(self, final: Occasion, end: datetime) -> list[date]:
        """The days of such invoices; the day after the final one is the first that can be."""
        time_zone = self._timeline.time_zone
        days = {local_day(each.at, time_zone) for _, each in self._adjustments}
        days |= set(self._usage.days_of_news(final.issued_at, self._as_of, end))
        return sorted({max(day, one_day_later(final.issued_on)) for day in days})


def _invoices(
    issues: Iterable[_Issue], customer: Customer
) -> Iterator[tuple[Invoice, tuple[Draft, ...]]]:
    """One invoice per currency and day, each with the balance that the one before left."""
    balances: dict[str, Fraction] = {}
    ordered = sorted(issues, key=lambda issue: issue.on)
    for on, same_day in groupby(ordered, key=lambda issue: issue.on):
        drafts = [draft for issue in same_day for draft in issue.drafts]
        for currency in dict.fromkeys(draft.currency for draft in drafts):
            opening = balances.get(currency, Fraction(customer.opening_balance(currency)))
            mine = tuple(draft for draft in drafts if draft.currency == currency)
            invoice = Invoice(on, currency, tuple(draft.line for draft in mine), opening)
            balances[currency] = invoice.balance
            yield invoice, mine

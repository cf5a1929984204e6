"""All that is known of a customer, and what follows from it at any time.

Previews, upcoming invoices, estimates and the billing run ask the same record; they differ in the
time they ask about, and in a change that did not happen yet.

Source: RULES 8.2 (docs/rules/invoices.md).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from planql.billing.customers import Customer
from planql.billing.due import Due, due_invoices
from planql.billing.invoices import Invoice
from planql.billing.issuing import NewInvoice, invoices_to_issue
from planql.billing.known_usage import KnownUsage
from planql.billing.subscriptions import Subscription
from planql.billing.timeline import Timeline
from planql.billing.walk import timeline_of
from planql.catalog.snapshot import Catalog
from planql.errors import UnknownReference
from planql.periods import local_day
from planql.problems import did_you_mean


@dataclass(frozen=True, slots=True)
class History:
    """A customer's subscriptions, usage and issued invoices, and the catalog they refer to.

    Attributes:
        usage: All of the customer's, in the customer's zone.
        issued: In the order of issue.
        issued_until: When the last of them was issued; None when it is not known, or none was.
    """

    catalog: Catalog
    customer: Customer
    subscriptions: tuple[Subscription, ...]
    usage: KnownUsage
    issued: tuple[Invoice, ...]
    time_zone: ZoneInfo
    issued_until: datetime | None = None

    def due(self, as_of: datetime) -> Due:
        """Every invoice due at or before `as_of`, whether it was issued or not.

        Raises:
            PlanqlError: the account cannot be billed by this catalog.
        """
        return due_invoices(self.catalog, self.customer, self.subscriptions, self.usage, as_of)

    def to_issue(self, as_of: datetime) -> tuple[NewInvoice, ...]:
        """The invoices due at or before `as_of` that have not been issued.

        None, when some were issued at a later time: what they say was not known at this one, and
        would seem wrong in its light.

        Raises:
            PlanqlError: the account cannot be billed by this catalog.
        """
        if as_of < self.next_issuable(as_of):
            return ()
        today = local_day(as_of, self.time_zone)
        return invoices_to_issue(self.due(as_of).invoices, self.issued, self.customer, today)

    def next_issuable(self, now: datetime) -> datetime:
        """The first time, not before `now`, at which something may be issued.

        Nothing is issued at a time before an invoice that was issued already.
        """
        return max(now, self.issued_until or now)

    def subscription(self, key: str) -> Subscription:
        """The subscription `key`.

        Raises:
            UnknownReference: `unknown-subscription`.
        """
        found = {each.key: each for each in self.subscriptions}
        if key not in found:
            raise UnknownReference(
                "unknown-subscription",
                f'customer "{self.customer.key}" has no subscription "{key}"',
                hint=did_you_mean(key, found),
            )
        return found[key]

    def timeline(self, key: str, as_of: datetime) -> Timeline:
        """All that is known of a subscription at `as_of`.

        Raises:
            PlanqlError: there is no such subscription, or a change to it cannot be made.
        """
        subscription = self.subscription(key)
        pointer = f"/subscriptions/{self.subscriptions.index(subscription)}"
        return timeline_of(subscription, self.catalog, self.time_zone, as_of, pointer)

    def revised(self, subscription: Subscription) -> "History":
        """The same history with `subscription` in the place of the one of its key, or added."""
        before = [each.key for each in self.subscriptions]
        kept = tuple(
            subscription if each.key == subscription.key else each for each in self.subscriptions
        )
        added = () if subscription.key in before else (subscription,)
        return replace(self, subscriptions=(*kept, *added))

    def after_issuing(self, invoices: tuple[Invoice, ...], at: datetime) -> "History":
        """The same history once `invoices` are issued, too, at `at`."""
        until = self.next_issuable(at) if invoices else self.issued_until
        return replace(self, issued=(*self.issued, *invoices), issued_until=until)

"""Everything that is known of some customers, gathered for one computation.

A stored customer is the same thing as a story without expectations: the documents that were
stored are read by the entities that read a story.

Source: RULES 8.2 (docs/rules/invoices.md).
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from planql.billing.customers import Customer
from planql.billing.due import zone_of
from planql.billing.histories import History
from planql.billing.invoices import Invoice
from planql.billing.known_usage import KnownUsage
from planql.billing.reading import read_invoice
from planql.billing.subscriptions import Subscription
from planql.catalog.snapshot import Catalog
from planql.entity import parse_json, read_entity
from planql.errors import UnknownReference
from planql.metering.events import UsageEvent
from planql.stores.customers import StoredCustomer, StoredSubscription, read_customers
from planql.stores.database import Database
from planql.stores.invoices import IssuedInvoice, list_invoices
from planql.stores.usage import event_types, read_events

ALL_TIME: Final = datetime.max.replace(tzinfo=UTC)
"""For reading all usage there is, whenever it happened."""


@dataclass(frozen=True, slots=True)
class StoredAccount:
    """A customer with all that was stored up to a time.

    Attributes:
        stored: The documents that the customer and the subscriptions were read from.
        events: Usage events, as they were read.
        issued: Documents of the invoices issued so far, in the order of issue.
        as_of: What happened later is not here.
    """

    stored: StoredCustomer
    customer: Customer
    subscriptions: tuple[Subscription, ...]
    events: Sequence[UsageEvent]
    usage: KnownUsage
    issued: tuple[IssuedInvoice, ...]
    time_zone: ZoneInfo
    as_of: datetime

    def history(self, catalog: Catalog) -> History:
        """All that is known of the customer, to be asked about any time."""
        return History(
            catalog,
            self.customer,
            self.subscriptions,
            self.usage,
            tuple(self.issued_invoices()),
            self.time_zone,
            max((each.issued_at for each in self.issued), default=None),
        )

    def count_rows(self, known_until: datetime | None) -> int:
        """How many rows of the database the account consists of.

        Args:
            known_until: Usage recorded later is left out; None counts all.
        """
        events = sum(
            known_until is None or (each.recorded_at or each.time) <= known_until
            for each in self.events
        )
        timelines = sum(1 + each.length for each in self.stored.subscriptions)
        return timelines + len(self.issued) + events

    def issued_invoices(self) -> list[Invoice]:
        """The invoices issued so far, read back from their documents."""
        return [read_invoice(json.loads(each.document), self.time_zone) for each in self.issued]


def read_accounts(
    database: Database, catalog: Catalog, keys: Collection[str], as_of: datetime
) -> list[StoredAccount]:
    """The accounts of the customers among `keys` that exist, in the order of `keys`.

    Args:
        database: Where they are.
        catalog: Whose meters say which events are read.
        keys: Customers.
        as_of: Usage up to this instant is read, inclusive.
    """
    found = read_customers(database, keys)
    usage = read_events(database, list(found), event_types(catalog), as_of)
    issued: dict[str, list[IssuedInvoice]] = {}
    for invoice in list_invoices(database, list(found)):
        issued.setdefault(invoice.identity.customer, []).append(invoice)
    accounts = []
    for key in keys:
        if key in found:
            customer = read_entity(Customer, parse_json(found[key].document))
            time_zone = zone_of(customer, catalog)
            accounts.append(
                StoredAccount(
                    found[key],
                    customer,
                    tuple(map(subscription_of, found[key].subscriptions)),
                    usage[key],
                    KnownUsage(usage[key], (), time_zone),
                    tuple(issued.get(key, ())),
                    time_zone,
                    as_of,
                )
            )
    return accounts


def read_account(database: Database, catalog: Catalog, key: str, as_of: datetime) -> StoredAccount:
    """The account of one customer.

    Raises:
        UnknownReference: there is no such customer.
    """
    accounts = read_accounts(database, catalog, [key], as_of)
    if not accounts:
        raise UnknownReference("unknown-customer", f'there is no customer "{key}"')
    return accounts[0]


def subscription_of(stored: StoredSubscription) -> Subscription:
    """A stored subscription with everything that happened to it."""
    document = parse_json(stored.document)
    assert isinstance(document, dict)  # noqa: S101 - only objects are stored
    changes = [parse_json(change) for change in stored.changes]
    adjustments = [parse_json(adjustment) for adjustment in stored.adjustments]
    whole = {**document, "changes": changes, "adjustments": adjustments}
    return read_entity(Subscription, whole)

"""The billing run: every invoice that is due and was not issued, issued exactly once.

A run goes through the customers in groups. Those of whom an earlier run found that nothing is due
yet are left out. For the others of a group it reads everything, computes what is due, and issues
it in one transaction. A run that is killed leaves whole transactions behind, and
the next run goes on where it stopped; two runs at once issue nothing twice, because a customer
whose invoices another run has issued meanwhile is computed again.

Source: RULES 8.4 (docs/rules/invoices.md).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from planql.billing.documents import invoice_document
from planql.billing.histories import History
from planql.billing.issuing import NewInvoice
from planql.billing.quiet import quiet_after
from planql.catalog.snapshot import Catalog
from planql.errors import PlanqlError
from planql.stores.accounts import StoredAccount, read_accounts
from planql.stores.customers import list_customers
from planql.stores.database import Database
from planql.stores.invoices import (
    Batch,
    DueInvoice,
    InvoiceIdentity,
    Issuance,
    IssuedInvoice,
    issue_invoices,
)
from planql.stores.quiet_accounts import QuietAccount, computed_by, list_quiet

CUSTOMERS_AT_ONCE: Final = 100
"""Customers in one transaction: few enough that a crash costs little work."""


@dataclass(frozen=True, slots=True)
class Unbilled:
    """A customer who could not be billed, and why; the others are billed all the same."""

    customer: str
    error: PlanqlError


@dataclass(frozen=True, slots=True)
class BilledGroup:
    """What came of a group of customers.

    Attributes:
        customers: How many there were.
        invoices: Issued; in a dry run, to be issued, with numbers that are not given yet.
    """

    customers: int
    invoices: tuple[IssuedInvoice, ...]
    unbilled: tuple[Unbilled, ...]


def bill(  # noqa: PLR0913 - what a run is about, and how it goes on
    database: Database,
    catalog: Catalog,
    issuance: Issuance,
    as_of: datetime,
    *,
    dry_run: bool = False,
    at_once: int = CUSTOMERS_AT_ONCE,
) -> Iterator[BilledGroup]:
    """Issue every invoice due at or before `as_of`, group by group.

    Args:
        database: Where the customers are.
        catalog: What they are billed by.
        issuance: By whom, when and from what the invoices are issued.
        as_of: What happened later is not considered.
        dry_run: Whether nothing is stored.
        at_once: How many customers are read, computed and issued together.
    """
    last = ""
    while keys := list_customers(database, after=last, limit=at_once):
        last = keys[-1]
        yield _bill_group(database, catalog, issuance, as_of, keys, dry_run=dry_run)


def _bill_group(  # noqa: PLR0913 - what a run is about, and whom it bills
    database: Database,
    catalog: Catalog,
    issuance: Issuance,
    as_of: datetime,
    keys: Sequence[str],
    *,
    dry_run: bool,
) -> BilledGroup:
    issued: list[IssuedInvoice] = []
    unbilled: list[Unbilled] = []
    quiet = list_quiet(database, catalog, keys, as_of)
    waiting: Sequence[str] = [key for key in keys if key not in quiet]
    while waiting:
        batches: list[Batch] = []
        for account in read_accounts(database, catalog, waiting, as_of):
            try:
                batches.append(_batch(account, catalog, issuance))
            except PlanqlError as error:
                unbilled.append(Unbilled(account.customer.key, error))
        if dry_run:
            due = (invoice for batch in batches for invoice in batch.due)
            issued += (issuance.invoice(invoice, place) for place, invoice in enumerate(due, 1))
            break
        outcome = issue_invoices(database, issuance, batches)
        issued += outcome.invoices
        waiting = outcome.overtaken
    return BilledGroup(len(keys), tuple(issued), tuple(unbilled))


def _batch(account: StoredAccount, catalog: Catalog, issuance: Issuance) -> Batch:
    history = account.history(catalog)
    new = history.to_issue(account.as_of)
    due = tuple(_due_invoice(each, account, catalog, issuance) for each in new)
    billed = history.after_issuing(tuple(each.invoice for each in new), account.as_of)
    quiet = _quiet_after(account, billed, len(new))
    return Batch(account.customer.key, len(account.issued), due, quiet)


def _quiet_after(account: StoredAccount, billed: History, issued: int) -> QuietAccount | None:
    """For how long nothing is due once so many are `issued`; None when that cannot be said.

    A catalog without a digest cannot be told from another. A change that cannot be made once its
    time comes is named by the run of that time.
    """
    if not billed.catalog.digest:
        return None
    try:
        stretch = quiet_after(billed, account.as_of)
    except PlanqlError:
        return None
    known_until = None if stretch.hears_usage else stretch.since
    rows = account.count_rows(known_until) + issued
    by = computed_by(billed.catalog)
    return QuietAccount(account.customer.key, by, rows, known_until, stretch)


def _due_invoice(
    new: NewInvoice, account: StoredAccount, catalog: Catalog, issuance: Issuance
) -> DueInvoice:
    invoice = new.invoice
    key = account.customer.key
    identity = InvoiceIdentity(key, invoice.currency, invoice.issued_on, new.ordinal)

    def compose(number: int) -> str:
        document = {
            "number": invoice_number(issuance.issuer, number),
            "customer": key,
            "time_zone": account.time_zone.key,
            "catalog": {"commit": catalog.commit, "digest": catalog.digest},
            **invoice_document(invoice, account.time_zone),
        }
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))

    return DueInvoice(identity, compose)


def invoice_number(issuer: str, number: int) -> str:
    """The number as it stands on the invoice: INV-000042."""
    return f"{issuer}-{number:06d}"

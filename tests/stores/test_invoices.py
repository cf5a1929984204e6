"""Invoices get numbers without gaps, are issued once and never change."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from planql.errors import UnknownReference
from planql.stores.customers import create_customer
from planql.stores.database import Database
from planql.stores.invoices import (
    Batch,
    DueInvoice,
    InvoiceIdentity,
    Issuance,
    IssuedBatches,
    issue_invoices,
    list_invoices,
    read_invoice,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ISSUANCE = Issuance("planql", NOON, "abc123")


def due(day: int, customer: str = "acme", seen: int = 0) -> Batch:
    """An invoice of March 2026 in dollars, decided on when the customer had `seen` invoices."""
    identity = InvoiceIdentity(customer, "USD", date(2026, 3, day))
    invoice = DueInvoice(identity, lambda number: json.dumps({"number": number, "day": day}))
    return Batch(customer, seen, (invoice,))


def numbers(issued: IssuedBatches) -> list[int]:
    """The numbers that were given."""
    return [invoice.number for invoice in issued.invoices]


@pytest.fixture(autouse=True)
def _customers(database: Database) -> None:
    for key in ("acme", "other"):
        create_customer(database, key, "{}", NOON)


def test_numbers_follow_each_other(database: Database) -> None:
    """The first invoice of an issuer is 1, the next ones follow without a gap."""
    assert numbers(issue_invoices(database, ISSUANCE, [due(1), due(2, "other")])) == [1, 2]
    assert numbers(issue_invoices(database, ISSUANCE, [due(3, seen=1)])) == [3]


def test_a_decision_that_was_overtaken_issues_nothing(database: Database) -> None:
    """Who decided before another run issued is told so; other customers are not held up."""
    issue_invoices(database, ISSUANCE, [due(1)])
    again = issue_invoices(database, ISSUANCE, [due(1), due(2, "other")])
    assert (again.overtaken, numbers(again)) == (("acme",), [2])
    assert [invoice.number for invoice in list_invoices(database, ["acme"])] == [1]


def test_nothing_due_issues_nothing(database: Database) -> None:
    """An empty batch takes no number."""
    assert numbers(issue_invoices(database, ISSUANCE, [Batch("acme", 0, ())])) == []
    assert numbers(issue_invoices(database, ISSUANCE, [due(1)])) == [1]


def test_the_document_is_kept_whole_with_its_digest(database: Database) -> None:
    """What is read back is what was issued, number inside, with the digest of the text."""
    issue_invoices(database, ISSUANCE, [due(7)])
    stored = read_invoice(database, "planql", 1)
    assert json.loads(stored.document) == {"number": 1, "day": 7}
    assert stored.digest == sha256(stored.document.encode()).hexdigest()
    assert (stored.issued_at, stored.catalog_commit) == (NOON, "abc123")


def test_each_issuer_counts_for_itself(database: Database) -> None:
    """Two issuers both begin with 1."""
    issue_invoices(database, ISSUANCE, [due(1)])
    assert numbers(issue_invoices(database, Issuance("branch", NOON, None), [due(2, seen=1)])) == [
        1
    ]


def test_an_unknown_number_is_refused(database: Database) -> None:
    """A number that was never given names nothing."""
    with pytest.raises(UnknownReference, match="planql-5"):
        read_invoice(database, "planql", 5)


def test_a_failure_takes_no_number(database: Database) -> None:
    """When an invoice of a call cannot be stored, none is, and the number is given later."""
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        issue_invoices(database, ISSUANCE, [due(1), due(2, "nobody")])
    assert list_invoices(database, ["acme"]) == []
    assert numbers(issue_invoices(database, ISSUANCE, [due(1)])) == [1]


def test_concurrent_runs_issue_each_invoice_once(database: Database) -> None:
    """Four runs over the same 28 days give every number once and skip none."""

    def run(_: int) -> int:
        return sum(
            len(issue_invoices(database, ISSUANCE, [due(day, seen=day - 1)]).invoices)
            for day in range(1, 29)
        )

    with ThreadPoolExecutor(4) as pool:
        issued = sum(pool.map(run, range(4)))
    stored = list_invoices(database, ["acme"])
    assert issued == len(stored)
    assert [invoice.number for invoice in stored] == list(range(1, len(stored) + 1))
    assert [invoice.identity.issued_on.day for invoice in stored] == sorted(
        {invoice.identity.issued_on.day for invoice in stored}
    )

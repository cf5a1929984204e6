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
    DueInvoice,
    InvoiceIdentity,
    Issuance,
    issue_invoices,
    list_invoices,
    read_invoice,
    read_runs,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ISSUANCE = Issuance("planql", NOON, "abc123")


def due(day: int, customer: str = "acme", ordinal: int = 0) -> DueInvoice:
    """An invoice of March 2026 in dollars."""
    identity = InvoiceIdentity(customer, "USD", date(2026, 3, day), ordinal)
    return DueInvoice(identity, lambda number: json.dumps({"number": number, "day": day}))


@pytest.fixture(autouse=True)
def _customers(database: Database) -> None:
    for key in ("acme", "other"):
        create_customer(database, key, "{}", NOON)


def test_numbers_follow_each_other(database: Database) -> None:
    """The first invoice of an issuer is 1, the next ones follow without a gap."""
    first = issue_invoices(database, ISSUANCE, [due(1), due(2)])
    second = issue_invoices(database, ISSUANCE, [due(3)])
    assert [invoice.number for invoice in first + second] == [1, 2, 3]


def test_issuing_again_changes_nothing(database: Database) -> None:
    """An invoice that was issued is left out, and takes no number."""
    issue_invoices(database, ISSUANCE, [due(1)])
    again = issue_invoices(database, ISSUANCE, [due(1), due(2)])
    assert [invoice.number for invoice in again] == [2]
    assert [invoice.number for invoice in list_invoices(database, ["acme"])] == [1, 2]


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
    other = issue_invoices(database, Issuance("branch", NOON, None), [due(2)])
    assert [invoice.number for invoice in other] == [1]


def test_an_unknown_number_is_refused(database: Database) -> None:
    """A number that was never given names nothing."""
    with pytest.raises(UnknownReference, match="planql-5"):
        read_invoice(database, "planql", 5)


def test_a_failure_takes_no_number(database: Database) -> None:
    """When an invoice of a batch cannot be stored, none is, and the number is given later."""
    broken = due(2, customer="nobody")
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        issue_invoices(database, ISSUANCE, [due(1), broken])
    assert list_invoices(database, ["acme"]) == []
    assert issue_invoices(database, ISSUANCE, [due(1)])[0].number == 1


def test_concurrent_runs_issue_each_invoice_once(database: Database) -> None:
    """Four runs over the same invoices give every number once and skip none."""
    batch = [due(day) for day in range(1, 29)]

    def run(start: int) -> int:
        return sum(
            len(issue_invoices(database, ISSUANCE, [invoice]))
            for invoice in batch[start:] + batch[:start]
        )

    with ThreadPoolExecutor(4) as pool:
        issued = sum(pool.map(run, range(0, 28, 7)))
    stored = list_invoices(database, ["acme"])
    assert issued == len(batch)
    assert [invoice.number for invoice in stored] == list(range(1, 29))
    assert {invoice.identity for invoice in stored} == {invoice.identity for invoice in batch}


def test_runs_are_remembered(database: Database) -> None:
    """A run notes up to when each customer was billed; noting it again changes nothing."""
    for _ in range(2):
        issue_invoices(database, ISSUANCE, [due(1)], billed=[("acme", NOON)])
    assert read_runs(database, ["acme", "other"]) == {"acme": [NOON], "other": []}

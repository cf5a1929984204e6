"""Issued invoices never change; what turned out otherwise is corrected on the next one."""

from datetime import date, datetime
from typing import Any

from planql.billing.customers import Customer
from planql.billing.due import due_invoices, zone_of
from planql.billing.invoices import Invoice
from planql.billing.issuing import invoices_to_issue, outstanding
from planql.billing.stories import Story, catalog_for, usage_of
from planql.catalog.snapshot import inline_catalog
from planql.entity import read_entity
from planql.periods import local_day


def plan(key: str, amount: str) -> dict[str, Any]:
    """A monthly plan with one fee in advance."""
    return {
        "key": key,
        "version": 1,
        "status": "published",
        "product": "service",
        "name": key,
        "currency": "USD",
        "billing_cycle": "monthly",
        "effective_from": "2020-01-01",
        "charges": [
            {
                "key": "fee",
                "name": "Fee",
                "type": "recurring",
                "model": {"type": "flat", "amount": amount},
            }
        ],
    }


def due(as_of: str, *changes: dict[str, Any]) -> tuple[Invoice, ...]:
    """What is due for a customer of the $100 plan from 1 April, given some changes."""
    story = read_entity(
        Story,
        {
            "catalog": {"rate_plans": [plan("basic", "100"), plan("pro", "200")]},
            "customer": {"key": "acme", "time_zone": "UTC"},
            "subscriptions": [
                {
                    "key": "main",
                    "rate_plan": "basic",
                    "version": 1,
                    "started_at": "2026-04-01T00:00:00Z",
                    "changes": list(changes),
                }
            ],
            "as_of": as_of,
        },
    )
    catalog = catalog_for(story, inline_catalog(()))
    usage = usage_of(story, zone_of(story.customer, catalog))
    instant = datetime.fromisoformat(as_of)
    return due_invoices(catalog, story.customer, story.subscriptions, usage, instant).invoices


ACME = Customer(key="acme", balances={})
UPGRADE = {"at": "2026-05-01T15:00:00Z", "rate_plan": "pro", "version": 1}


def issue(issued: list[Invoice], as_of: str, *changes: dict[str, Any]) -> list[Invoice]:
    """What a billing run then issues; added to what was issued before."""
    today = local_day(datetime.fromisoformat(as_of), zone_of(ACME, inline_catalog(())))
    new = invoices_to_issue(due(as_of, *changes), issued, ACME, today)
    issued += [each.invoice for each in new]
    return [each.invoice for each in new]


def test_an_upgrade_on_an_invoiced_day_gives_the_old_fee_back() -> None:
    """$100 invoiced in the morning; upgraded in the afternoon: -$100 + $200, the same day."""
    issued: list[Invoice] = []
    issue(issued, "2026-05-01T09:00:00Z")
    [correction] = issue(issued, "2026-05-01T16:00:00Z", UPGRADE)
    assert [line.kind for line in correction.lines] == ["credit", "charge"]
    assert [line.amount for line in correction.lines] == [-100, 200]
    assert correction.issued_on == date(2026, 5, 1)
    assert correction.amount_due == 100
    assert [line.net for line in outstanding(issued).values()] == [100, 200]


def test_a_correction_waits_for_no_invoice_of_its_own() -> None:
    """Where a regular invoice is due as well, the correction stands on it."""
    issued: list[Invoice] = []
    issue(issued, "2026-05-01T09:00:00Z")
    [regular] = issue(issued, "2026-06-01T09:00:00Z", UPGRADE)
    assert [line.amount for line in regular.lines] == [-100, 200, 200]
    assert regular.issued_on == date(2026, 6, 1)


def test_a_correction_made_later_has_the_day_it_is_made() -> None:
    """With nothing else due, the correction is an invoice of today."""
    issued: list[Invoice] = []
    issue(issued, "2026-05-01T09:00:00Z")
    [correction] = issue(issued, "2026-05-03T09:00:00Z", UPGRADE)
    assert correction.issued_on == date(2026, 5, 3)


def test_the_second_invoice_of_a_day_is_counted() -> None:
    """The ordinal tells invoices of one currency and day apart."""
    issued: list[Invoice] = []
    issue(issued, "2026-05-01T09:00:00Z")
    as_of = "2026-05-01T16:00:00Z"
    [new] = invoices_to_issue(due(as_of, UPGRADE), issued, ACME, date(2026, 5, 1))
    assert new.ordinal == 1


def test_a_balance_is_carried_on() -> None:
    """Credit from a correction lowers the next invoice: 200 - 100 back, then 100 due 0."""
    issued: list[Invoice] = []
    upgrade = {**UPGRADE, "at": "2026-05-01T01:00:00Z"}
    issue(issued, "2026-05-01T09:00:00Z", upgrade)
    downgrade = {"at": "2026-05-01T15:00:00Z", "rate_plan": "basic", "version": 1}
    [correction] = issue(issued, "2026-05-01T16:00:00Z", upgrade, downgrade)
    assert [correction.total, correction.amount_due, correction.balance] == [-100, 0, 100]
    [june] = issue(issued, "2026-06-01T00:00:00Z", upgrade, downgrade)
    assert [june.balance_applied, june.amount_due, june.balance] == [100, 0, 0]

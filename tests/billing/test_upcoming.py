"""Upcoming invoices, running usage and how a subscription stands: one computation, asked ahead."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.stores.corner_shop import APRIL, MAY, MIDDLE, write_catalog

from planql.billing.histories import History
from planql.billing.preview import history_in
from planql.billing.running_usage import running_usage
from planql.billing.standing import State, standing_of
from planql.billing.stories import Story
from planql.billing.upcoming import upcoming
from planql.catalog.snapshot import Catalog
from planql.entity import read_entity

CALL = {"type": "call", "time": "2026-04-10T10:00:00Z"}


def told(
    catalog: Catalog,
    plan: str = "basic",
    *changes: dict[str, Any],
    as_of: datetime = MIDDLE,
    calls: int = 0,
    **more: object,
) -> History:
    """A customer of a plan since 1 April who made some calls on 10 April."""
    subscription = {
        "key": "main",
        "rate_plan": plan,
        "version": 1,
        "started_at": APRIL.isoformat(),
        "changes": list(changes),
        **more,
    }
    document = {
        "customer": {"key": "acme", "time_zone": "UTC"},
        "subscriptions": [subscription] if plan else [],
        "usage": [
            {"id": str(number), "data": {"region": ["eu", "us"][number % 2]}, **CALL}
            for number in range(calls)
        ],
        "as_of": as_of.isoformat(),
    }
    return history_in(read_entity(Story, document), catalog)


def change(day: int, **members: object) -> dict[str, Any]:
    """A change on a day of April."""
    return {"at": datetime(2026, 4, day, 12, tzinfo=UTC).isoformat(), **members}


def test_the_upcoming_invoice_has_the_next_fee_and_the_usage_so_far(catalog: Catalog) -> None:
    """On 1 May: $100 for May, and 30 calls, 10 of them free, at $0.50: 10."""
    found = upcoming(told(catalog, calls=30), MIDDLE)
    [invoice] = found.invoices
    assert (found.at, invoice.total, found.empty_because) == (MAY, Fraction(110), "")


def test_the_upcoming_invoice_comes_after_all_that_was_issued(catalog: Catalog) -> None:
    """Everything up to 1 May was issued: as of April nothing is, and the next one is of June."""
    issued_ahead = told(catalog, as_of=MAY)
    assert issued_ahead.to_issue(MIDDLE) == ()
    found = upcoming(issued_ahead, MIDDLE)
    assert found.at == datetime(2026, 6, 1, tzinfo=UTC)
    assert found.invoices == tuple(new.invoice for new in issued_ahead.to_issue(found.at))


def test_in_a_trial_the_next_invoice_is_at_its_end(catalog: Catalog) -> None:
    """A trial of 14 days from 1 April: the first invoice comes on 15 April."""
    found = upcoming(told(catalog, "tried", as_of=APRIL), APRIL)
    assert found.at == APRIL + timedelta(days=14)
    assert [invoice.total for invoice in found.invoices] == [100]


def test_grace_moves_the_next_invoice(tmp_path: Path) -> None:
    """With a grace of six hours the invoice of 1 May is the next one until 06:00."""
    settings = {"format": 1, "name": "Corner shop", "time_zone": "UTC", "invoice_grace_hours": 6}
    patient = write_catalog(tmp_path, {"catalog.json": settings})
    now = MAY + timedelta(hours=5)
    found = upcoming(told(patient, as_of=now), now)
    assert found.at == MAY + timedelta(hours=6)
    [running] = running_usage(told(patient, as_of=now), now)
    assert running.span.start == MAY


def test_an_empty_upcoming_invoice_says_why(catalog: Catalog) -> None:
    """Without subscriptions, after the end, and where nothing is due, there is a reason."""
    assert upcoming(told(catalog, ""), MIDDLE).empty_because == "there is no subscription"
    ended = upcoming(told(catalog, "basic", change(5, cancel="now")), MIDDLE)
    assert ended.at is None
    assert ended.empty_because.startswith("no subscription goes on")
    paused = upcoming(told(catalog, "tried", change(1, pause=True), as_of=MIDDLE), MIDDLE)
    assert paused.at == datetime(2026, 5, 15, tzinfo=UTC)
    assert paused.empty_because == "nothing is due on 2026-05-15"


def test_running_usage_is_what_its_invoice_will_bill(catalog: Catalog) -> None:
    """30 calls, 10 of them free, at $0.50; at most $50."""
    [found] = running_usage(told(catalog, calls=30), MIDDLE)
    assert (found.subscription, found.charge, found.meter) == ("main", "calls", "calls")
    assert (found.quantity, found.included_units) == (Fraction(30), Fraction(10))
    assert (found.amount, found.cap) == (Fraction(10), Fraction(50))
    assert (found.span.start, found.span.end) == (APRIL, MAY)


def test_running_usage_stops_at_the_cap(catalog: Catalog) -> None:
    """200 calls would be 95; the cap is 50."""
    [found] = running_usage(told(catalog, calls=200), MIDDLE)
    assert (found.quantity, found.amount) == (Fraction(200), Fraction(50))


def test_running_usage_of_groups_adds_up_amounts_only(catalog: Catalog) -> None:
    """15 calls in each of two regions, 10 of them free in each: 2.50 + 2.50."""
    [found] = running_usage(told(catalog, "grouped", calls=30), MIDDLE)
    assert (found.quantity, found.amount, len(found.lines)) == (None, Fraction(5), 2)


def test_a_price_of_its_own_splits_running_usage(catalog: Catalog) -> None:
    """A new price on 6 April: five days at the old one, the rest at the new one."""
    override = {"charge": "calls", "model": {"type": "per_unit", "unit_amount": "0.40"}}
    history = told(catalog, "basic", change(6, overrides=[override]), calls=30)
    before, after = running_usage(history, MIDDLE)
    # allowances shrink with the parts: 10 x 5/30 and 10 x 25/30 units, 50 x 5/30 and 50 x 25/30
    assert (before.quantity, before.included_units) == (Fraction(0), Fraction(5, 3))
    assert (after.included_units, after.cap) == (Fraction(25, 3), Fraction(125, 3))
    assert after.quantity == 30


def test_usage_without_limits_says_so(tmp_path: Path) -> None:
    """Without included units and cap there are none, which is not 0."""
    plan = {
        "rate-plans/bare/v1.json": {
            "key": "bare",
            "version": 1,
            "status": "published",
            "product": "service",
            "name": "Bare",
            "currency": "USD",
            "billing_cycle": "monthly",
            "effective_from": "2025-01-01",
            "charges": [
                {
                    "key": "calls",
                    "name": "Calls",
                    "type": "usage",
                    "meter": "calls",
                    "model": {"type": "per_unit", "unit_amount": "0.50"},
                }
            ],
        }
    }
    [found] = running_usage(told(write_catalog(tmp_path, plan), "bare", calls=3), MIDDLE)
    assert (found.included_units, found.cap, found.amount) == (None, None, Fraction("1.5"))


@pytest.mark.parametrize(
    ("plan", "changes", "now", "state", "ends_at"),
    [
        ("basic", [], MIDDLE, State.ACTIVE, None),
        ("basic", [], APRIL - timedelta(days=1), State.SCHEDULED, None),
        ("tried", [], APRIL + timedelta(days=13), State.TRIAL, None),
        ("tried", [], APRIL + timedelta(days=14), State.ACTIVE, None),
        ("basic", [change(5, pause=True)], MIDDLE, State.PAUSED, None),
        ("basic", [change(5, cancel="period_end")], MIDDLE, State.ACTIVE, MAY),
        ("basic", [change(5, cancel="period_end")], MAY, State.ENDED, MAY),
        ("basic", [change(16, cancel="now")], MIDDLE + timedelta(hours=3), State.ACTIVE, 17),
        ("basic", [change(5, cancel="now")], MIDDLE, State.ENDED, 6),
    ],
)
def test_how_a_subscription_stands(  # noqa: PLR0913, PLR0917 - a table of cases
    catalog: Catalog,
    plan: str,
    changes: list[dict[str, Any]],
    now: datetime,
    state: State,
    ends_at: datetime | int | None,
) -> None:
    """The day of an immediate cancellation is used; a day of April stands for its midnight."""
    end = datetime(2026, 4, ends_at, tzinfo=UTC) if isinstance(ends_at, int) else ends_at
    found = standing_of(told(catalog, plan, *changes, as_of=max(now, APRIL)), "main", now)
    assert (found.state, found.ends_at) == (state, end)
    assert (found.period is None) is (state is State.ENDED)


def test_the_running_period_is_a_stub_of_its_own(catalog: Catalog) -> None:
    """Anchored to the 10th, the first period runs from 1 to 10 April; a trial is a period."""
    stub = standing_of(told(catalog, anchor="2026-01-10"), "main", APRIL + timedelta(days=2))
    assert stub.period is not None
    assert (stub.period.start, stub.period.end) == (APRIL, APRIL + timedelta(days=9))
    trial = standing_of(told(catalog, "tried"), "main", APRIL + timedelta(days=2))
    assert trial.period is not None
    assert trial.period.end == trial.trial_end == APRIL + timedelta(days=14)


def test_a_migration_that_gives_way_is_told(tmp_path: Path, catalog: Catalog) -> None:
    """Two migrations on one boundary: the upcoming invoice says which one gave way."""
    newer = [
        {**dict(catalog.rate_plan("basic", 1).entity.model_dump(mode="json", exclude_unset=True))}
        for _ in range(2)
    ]
    files: dict[str, Any] = {}
    for version, plan in enumerate(newer, 2):
        plan |= {"version": version, "effective_from": f"2025-0{version}-01", "name": f"v{version}"}
        files[f"rate-plans/basic/v{version}.json"] = plan
        files[f"migrations/2026-04-0{version}-to-{version}.json"] = {
            "key": f"2026-04-0{version}-to-{version}",
            "rate_plan": "basic",
            "from": 1,
            "to": version,
            "announced_on": "2026-04-05",
            "at": "next_period",
        }
    migrated = write_catalog(tmp_path, files)
    [notice] = upcoming(told(migrated), MIDDLE).notices
    assert "gives way to version 3" in notice

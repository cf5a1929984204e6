"""Stories that cannot be billed are refused, with a code and the place in the story."""

from copy import deepcopy
from typing import Any

import pytest
from tests.billing.story_files import Doc, due, load_story

from planql.errors import PlanqlError

CHANGE = "/subscriptions/0/changes/0"


def _with(path: str, value: object, story: str = "changes/upgrade-half-way") -> Doc:
    """A good story, with the value at a JSON pointer replaced or added."""
    document = deepcopy(load_story(story))
    node: Any = document
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")[1:]]
    for part in parents:
        node = node[part]
    node[last] = value
    return document


def _discounted(member: str, value: object) -> Doc:
    document = load_story("discounts/redeemed-later")
    document["catalog"]["discounts"][0][member] = value
    return document


def _twice_redeemed() -> Doc:
    document = _discounted("max_per_customer", 1)
    document["subscriptions"].append({**document["subscriptions"][0], "key": "second"})
    return document


REFUSED = [
    (_with("/customer/time_zone", "Mars/Olympus"), "unknown-time-zone", "/customer/time_zone"),
    (_with("/as_of", "2026-05-01"), "not-an-instant", "/as_of"),
    (_with("/subscriptions/0/unknown", 1), "unknown-member", "/subscriptions/0/unknown"),
    (_with("/subscriptions/0/anchor", "birthday"), "not-a-date", "/subscriptions/0/anchor"),
    (_with("/subscriptions/0/rate_plan", "none"), "unknown-reference", "/subscriptions/0"),
    (_with("/subscriptions/0/version", 7), "unknown-reference", "/subscriptions/0"),
    (
        _with("/subscriptions/0/started_at", "2019-12-31T00:00:00Z"),
        "no-version-in-force",
        "/subscriptions/0",
    ),
    (
        _with("/subscriptions/0/changes/0", {"at": "2026-03-31T23:59:59Z", "cancel": "now"}),
        "change-before-start",
        f"{CHANGE}/at",
    ),
    (
        _with("/subscriptions/0/changes/0/effective", "2026-04-15"),
        "effective-in-the-past",
        f"{CHANGE}/effective",
    ),
    (
        _with(
            "/subscriptions/0/changes",
            [
                {"at": "2026-04-10T00:00:00Z", "effective": "period_end", "rate_plan": "none"},
                {"at": "2026-05-02T00:00:00Z", "pause": True},
            ],
        )
        | {"as_of": "2026-05-03T00:00:00Z"},
        "unknown-reference",
        CHANGE,
    ),
    (_with("/subscriptions/0/changes/0/cancel", "later"), "unknown-value", f"{CHANGE}/cancel"),
    (_with("/subscriptions/0/changes/0/rate_plan", "none"), "unknown-reference", CHANGE),
    (
        _with(
            "/subscriptions/0/changes/0/overrides",
            [{"charge": "nothing", "model": {"type": "flat", "amount": "1"}}],
        ),
        "unknown-charge",
        f"{CHANGE}/overrides/0/charge",
    ),
    (
        _with(
            "/subscriptions/0/changes",
            [
                {"at": "2026-04-10T00:00:00Z", "cancel": "now"},
                {"at": "2026-04-11T00:00:00Z", "pause": True},
            ],
        ),
        "subscription-ended",
        "/subscriptions/0/changes/1/at",
    ),
    (
        _with("/subscriptions/0/quantities", {}, "changes/seat-leaves-usage-whole"),
        "missing-quantity",
        "/subscriptions/0/quantities",
    ),
    (
        _with(
            "/catalog/rate_plans/0/charges/0/quantity",
            {"name": "seats", "minimum": "2"},
            "changes/seat-leaves-usage-whole",
        ),
        "quantity-out-of-bounds",
        "/subscriptions/0/quantities/seats",
    ),
    (
        _with(
            "/catalog/rate_plans/0/charges/0/quantity",
            {"name": "seats", "maximum": "1"},
            "changes/seat-leaves-usage-whole",
        ),
        "quantity-out-of-bounds",
        f"{CHANGE}/quantities/seats",
    ),
    (
        _with("/subscriptions/0/discounts", ["none"]),
        "unknown-reference",
        "/subscriptions/0",
    ),
    (_discounted("starts_at", "2026-04-21T00:00:00Z"), "discount-window", "/subscriptions/0"),
    (_discounted("ends_at", "2026-04-20T00:00:00Z"), "discount-window", "/subscriptions/0"),
    (_discounted("products", ["other"]), "discount-plan", "/subscriptions/0"),
    (_twice_redeemed(), "discount-limit", ""),
    (
        _with(
            "/catalog/discounts/0",
            {"key": "ten", "type": "fixed_amount", "amounts": {"EUR": "1"}},
            "discounts/redeemed-later",
        ),
        "discount-currency",
        "/subscriptions/0",
    ),
    (
        _with("/subscriptions", load_story("changes/upgrade-half-way")["subscriptions"] * 2),
        "repeated-key",
        "/subscriptions/1/key",
    ),
    (
        _with("/catalog/rate_plans/0/charges", []),
        "no-charges",
        "/catalog/rate_plans/0/charges",
    ),
    (
        _with(
            "/catalog/rate_plans/0/billing_cycle",
            {"interval": "week", "interval_count": 2},
            "changes/reset-of-a-calendar",
        ),
        "calendar-interval",
        "/subscriptions/0",
    ),
    (
        _with(
            "/usage_totals",
            [{"meter": "calls", "date": "2026-04-03", "quantity": "1"}],
            "usage/late-opening-state",
        ),
        "totals-not-additive",
        "/subscriptions/0",
    ),
    (
        {
            **_with("/subscriptions/0/started_at", "2020-01-01T00:00:00Z", "zones/month-ends"),
            "as_of": "9000-01-01T00:00:00Z",
        },
        "too-many-periods",
        "/subscriptions/0",
    ),
]


IDS = [code for _, code, _ in REFUSED]


@pytest.mark.parametrize(("story", "code", "pointer"), REFUSED, ids=IDS)
def test_refused(story: Doc, code: str, pointer: str) -> None:
    """The mistake is named, and found at its place."""
    with pytest.raises(PlanqlError) as refused:
        due(story)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)


def test_nothing_before_the_start() -> None:
    """Before a subscription starts nothing is due, and nothing is wrong."""
    assert due(_with("/as_of", "2026-03-01T00:00:00Z")) == {"invoices": []}


def test_a_change_of_what_is_so_already_changes_nothing() -> None:
    """Resuming what runs, and taking back what was not cancelled, are no mistakes."""
    story = load_story("changes/at-period-end")
    before = due(story)
    story["subscriptions"][0]["changes"] += [
        {"at": "2026-04-11T00:00:00Z", "resume": True},
        {"at": "2026-04-12T00:00:00Z", "uncancel": True},
    ]
    assert due(story) == before


def test_a_price_may_wait_for_its_plan() -> None:
    """A price for a charge of the plan that comes later is no mistake, and then counts."""
    story = load_story("changes/same-content-no-line")
    story["subscriptions"][0]["overrides"] = [
        {"charge": "support", "model": {"type": "flat", "amount": "30"}}
    ]
    change = due(story)["invoices"][1]
    assert [line["amount"] for line in change["lines"]] == ["15.00"]


def test_overtaken_migrations_are_named() -> None:
    """Of two migrations on one boundary the one that gave way is reported."""
    notices = due(load_story("migrations/newest-wins"))["notices"]
    assert notices == [
        'migration "2026-04-10-plan-1-2" to version 2 gives way to version 3 on "2026-05-01"'
    ]

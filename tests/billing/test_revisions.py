"""Changes that are asked for: what cannot be is refused before anything is stored."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.billing.revising import UPGRADE, preview, told
from tests.stores.corner_shop import MAY, MIDDLE

from planql.billing.histories import History
from planql.billing.revisions import begin, revise
from planql.catalog.snapshot import Catalog
from planql.errors import InvalidInput, PlanqlError, UnknownReference


@pytest.mark.parametrize(
    ("request_", "code", "pointer"),
    [
        ({"rate_plan": "nowhere"}, "unknown-reference", None),
        ({"rate_plan": "pro"}, "missing-quantity", "/change/quantities"),
        (
            {"rate_plan": "pro", "quantities": {"seats": "51"}},
            "quantity-out-of-bounds",
            "/change/quantities/seats",
        ),
        (
            {"rate_plan": "pro", "quantities": {"seats": "51"}, "effective": "period_end"},
            "quantity-out-of-bounds",
            "/change/quantities/seats",
        ),
        (
            {"rate_plan": "pro", "quantities": {"seats": "0"}, "effective": "2026-09-09"},
            "quantity-out-of-bounds",
            "/change/quantities/seats",
        ),
        (
            {"rate_plan": "pro", "effective": "2026-04-30"},
            "missing-quantity",
            "/change/quantities",
        ),
        ({"rate_plan": "old"}, "no-version-in-force", None),
        ({"rate_plan": "old", "version": 1}, "plan-not-for-sale", "/change/version"),
        ({"rate_plan": "next", "version": 1}, "plan-not-for-sale", "/change/version"),
        ({"version": 9}, "unknown-reference", None),
        ({"effective": "2026-04-16"}, "effective-in-the-past", "/change/effective"),
        ({"effective": "2026-04-15"}, "effective-in-the-past", "/change/effective"),
        ({"effective": "2036-01-01"}, "too-far-ahead", "/change/effective"),
        ({"discounts": ["late"]}, "discount-window", None),
        ({"discounts": ["nowhere"]}, "unknown-reference", None),
        ({"colour": "red"}, "unknown-member", "/change/colour"),
        (
            {"overrides": [{"charge": "x", "model": {"type": "flat", "amount": "1"}}]},
            "unknown-charge",
            "/change/overrides/0/charge",
        ),
    ],
)
def test_what_the_engine_will_refuse_is_refused_now(
    history: History, request_: dict[str, Any], code: str, pointer: str | None
) -> None:
    """The whole future of the change is computed first, scheduled ones included."""
    with pytest.raises(PlanqlError) as raised:
        preview(history, request_)
    assert raised.value.code == code
    assert pointer in {None, raised.value.pointer}


def test_a_mistake_elsewhere_points_nowhere_in_the_request(catalog: Catalog) -> None:
    """A subscription whose plan has gone from the catalog cannot be changed to anything."""
    history = told(catalog)
    plans = {key: plan for key, plan in catalog.rate_plans.items() if key != "basic"}
    with pytest.raises(UnknownReference) as raised:
        preview(replace(history, catalog=replace(catalog, rate_plans=plans)), UPGRADE)
    assert raised.value.pointer == ""


def test_an_archived_version_may_be_kept(catalog: Catalog) -> None:
    """Who is on an archived version may change everything else."""
    history = told(catalog, rate_plan="old")
    assert preview(history, {"rate_plan": "old", "version": 1}).preview.plan == ("old", 1)


def test_nothing_changes_after_the_end(catalog: Catalog) -> None:
    """A change that would come with the end of a cancelled subscription is refused."""
    cancelled = told(catalog, {"at": MIDDLE.isoformat(), "cancel": "period_end"}, as_of=MIDDLE)
    later = MIDDLE + timedelta(hours=1)
    with pytest.raises(InvalidInput) as raised:
        preview(cancelled, {"effective": "period_end", **UPGRADE}, later)
    assert raised.value.code == "change-after-end"
    with pytest.raises(InvalidInput) as raised:
        preview(cancelled, UPGRADE, MAY)
    assert raised.value.code == "subscription-ended"


def test_an_unknown_subscription_is_told(history: History) -> None:
    """The nearest name is offered."""
    with pytest.raises(UnknownReference) as raised:
        revise(history, "mian", UPGRADE, MIDDLE)
    assert raised.value.code == "unknown-subscription"
    assert "main" in raised.value.hint


@pytest.mark.parametrize(
    ("document", "code", "pointer"),
    [
        ({"rate_plan": "old"}, "no-version-in-force", ""),
        ({"rate_plan": "old", "version": 1}, "plan-not-for-sale", "/version"),
        ({"rate_plan": "pro"}, "missing-quantity", "/quantities"),
        ({"rate_plan": "basic", "key": "Not a key"}, "invalid-key", "/key"),
        (
            {"rate_plan": "basic", "started_at": "2026-04-16T09:29:59Z"},
            "start-in-the-past",
            "/started_at",
        ),
        (
            {"rate_plan": "basic", "started_at": "2040-01-01T00:00:00Z"},
            "too-far-ahead",
            "/started_at",
        ),
    ],
)
def test_a_subscription_that_cannot_be_billed_does_not_begin(
    history: History, document: dict[str, Any], code: str, pointer: str
) -> None:
    """It is computed first, like every change."""
    with pytest.raises(PlanqlError) as raised:
        begin(history, {"key": "second", "started_at": MIDDLE.isoformat(), **document}, MIDDLE)
    assert (raised.value.code, raised.value.pointer) == (code, pointer)

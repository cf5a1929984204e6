"""Changes of stored customers through the API: previewed, confirmed by a token, issued."""

from datetime import timedelta

import pytest
from tests.gateway.conftest import Shop
from tests.gateway.customer_operations import (
    ADJUST,
    CANCEL,
    CHANGE,
    PREVIEW_CANCELLATION,
    PREVIEW_CHANGE,
    SIMPLE,
    UPGRADE,
)

BASIC = {"ratePlan": "basic", "startedAt": "2026-04-01T00:00:00Z"}
STORY = {
    "customer": {"key": "acme"},
    "subscriptions": [BASIC],
    "asOf": "2026-04-16T09:30:00Z",
}


def test_a_fresh_token_confirms_what_was_seen(acme: Shop) -> None:
    """-50 + 100 + 25 are previewed, confirmed a minute later, and issued line by line."""
    seen = acme.ask(PREVIEW_CHANGE, change=UPGRADE, customer="acme")
    assert [line["amount"]["amount"] for line in seen["lines"]] == ["-50", "100", "25"]
    assert seen["net"] == [{"amount": "75", "currency": "USD"}]
    acme.now += timedelta(minutes=1)
    confirmed = acme.ask(CHANGE, change=UPGRADE, token=seen["token"])
    assert confirmed["subscription"]["ratePlan"] == "pro"
    assert confirmed["preview"]["at"] == seen["at"]
    acme.now += timedelta(minutes=1)
    [issued] = acme.bill()
    [previewed] = seen["invoices"]
    assert [line["id"] for line in issued] == [line["id"] for line in previewed["lines"]]


def test_a_stale_token_is_answered_with_the_new_amounts(acme: Shop) -> None:
    """A credit of 5 was given meanwhile: nothing happens, and 75 - 5 is shown."""
    seen = acme.ask(PREVIEW_CHANGE, change=UPGRADE, customer="acme")
    acme.now += timedelta(minutes=1)
    acme.ask(ADJUST, amount="-5", reason="an outage")
    stale = acme.ask(CHANGE, change=UPGRADE, token=seen["token"])
    assert stale["reason"] == "MOVED"
    assert stale["preview"]["net"] == [{"amount": "70", "currency": "USD"}]
    again = acme.ask(CHANGE, change=UPGRADE, token=stale["preview"]["token"])
    assert again["subscription"]["ratePlan"] == "pro"


def test_an_old_token_is_answered_with_the_amounts_of_today(acme: Shop) -> None:
    """A day later 14 of 30 days are left: -46.67 + 93.33 + 23.33."""
    seen = acme.ask(PREVIEW_CHANGE, change=UPGRADE, customer="acme")
    acme.now += timedelta(days=1)
    stale = acme.ask(CHANGE, change=UPGRADE, token=seen["token"])
    assert stale["reason"] == "EXPIRED"
    amounts = [line["amount"]["amount"] for line in stale["preview"]["lines"]]
    assert amounts == ["-46.67", "93.33", "23.33"]


def test_cancelling_and_staying(acme: Shop) -> None:
    """A cancellation is bound by a token as well; until the end it can be taken back."""
    seen = acme.ask(PREVIEW_CANCELLATION, effective="PERIOD_END", customer="acme")
    assert seen["effectiveAt"] == "2026-05-01T00:00:00Z"
    cancelled = acme.ask(CANCEL, effective="PERIOD_END", token=seen["token"])
    assert cancelled["subscription"]["cancelsAt"] == "2026-05-01T00:00:00Z"
    acme.now += timedelta(minutes=1)
    stays = acme.ask(SIMPLE % "uncancelSubscription")
    assert stays["subscription"]["cancelsAt"] is None


def test_pausing_and_resuming(acme: Shop) -> None:
    """Paused, 50 is given back; resumed on the same day, nothing has happened."""
    paused = acme.ask(SIMPLE % "pauseSubscription")
    assert (paused["subscription"]["state"], paused["preview"]["net"][0]["amount"]) == (
        "PAUSED",
        "-50",
    )
    acme.now += timedelta(minutes=1)
    resumed = acme.ask(SIMPLE % "resumeSubscription")
    assert resumed["subscription"]["state"] == "ACTIVE"
    assert acme.bill() == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_change_is_previewed_for_somebody_stored_nowhere(acme: Shop) -> None:
    """The same change of the same history has the same amounts, and no token."""
    stored = acme.ask(PREVIEW_CHANGE, change=UPGRADE, customer="acme")
    inline = acme.ask(PREVIEW_CHANGE, change=UPGRADE, story=STORY)
    assert inline == {**stored, "token": None, "expiresAt": None}
    gone = acme.ask(PREVIEW_CANCELLATION, effective="NOW", story=STORY)
    assert gone["net"] == [{"amount": "-46.67", "currency": "USD"}]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_mistakes_in_a_story_point_into_it(acme: Shop) -> None:
    """The path leads into the story, or into the change."""
    story = {**STORY, "customer": {"key": "acme", "timeZone": "Mars/Olympus"}}
    found = acme.ask(PREVIEW_CHANGE, change={}, story=story)
    assert found["path"] == ["story", "customer", "timeZone"]
    found = acme.ask(PREVIEW_CHANGE, change={"ratePlan": "pro"}, story=STORY)
    assert found["path"] == ["change", "quantities"]
    ended = {"cancel": {"at": "2026-04-05T00:00:00Z", "effective": "NOW"}}
    over = {**STORY, "subscriptions": [{**BASIC, "changes": [ended]}]}
    found = acme.ask(PREVIEW_CANCELLATION, effective="NOW", story=over)
    assert (found["code"], found["path"]) == ("subscription-ended", [])

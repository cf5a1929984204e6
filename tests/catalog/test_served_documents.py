"""What was served stays what it costs: digests, and what is judged where they differ."""

from datetime import UTC, datetime

import pytest
from tests.catalog.promised import COUPON, METER, catalog, plan

from planql.catalog.documents import Document, Documents
from planql.catalog.rate_plans import RatePlan
from planql.catalog.served_documents import Offer, ServedDocument, frozen_digest, offer_of
from planql.catalog.snapshot import Catalog, catalog_of
from planql.entity import read_entity

NOW = datetime(2026, 6, 15, tzinfo=UTC)


def served(offer: Offer) -> list[ServedDocument]:
    """Everything in an offer, as it is remembered."""
    return [offer.record(name, NOW) for name in offer.digests]


def judged(before: Catalog, after: Catalog) -> list[tuple[str, str, str]]:
    """Code, path and message of what is refused after `before` was served."""
    known = {each.name: each for each in served(offer_of(before))}
    offer = offer_of(after)
    suspects = offer.suspects({name: each.digest for name, each in known.items()})
    found = offer.judge([known[name] for name in suspects], NOW)
    return [(each.mistake.code, each.path, each.mistake.message) for each in found]


def test_what_is_frozen_is_offered() -> None:
    """A published version, its meter and its discounts; a draft is not."""
    names = {(each.kind, each.key, each.version) for each in offer_of(catalog()).digests}
    assert names == {("rate-plan", "pro", 1), ("meter", "tokens", 0), ("discount", "coupon", 0)}
    assert not offer_of(catalog([plan(status="draft")])).digests


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Professional"},
        {"description": "More words."},
        {"metadata": {"page": "front"}},
    ],
)
def test_words_are_not_in_the_digest(changed: dict[str, object]) -> None:
    """Names, descriptions and metadata change without changing the digest."""
    before, after = (read_entity(RatePlan, plan(**each)) for each in ({}, changed))
    assert frozen_digest(before) == frozen_digest(after)


@pytest.mark.parametrize(
    "changed",
    [
        {"currency": "EUR"},
        {"billing_cycle": "annual"},
        {"discounts": []},
        {"minimum_commitment": "10.00"},
        {"trial": {"days": 7}},
    ],
)
def test_prices_are_in_the_digest(changed: dict[str, object]) -> None:
    """Whatever RULES 10.2 freezes changes the digest."""
    before, after = (read_entity(RatePlan, plan(**each)) for each in ({}, changed))
    assert frozen_digest(before) != frozen_digest(after)


def test_how_a_number_is_written_is_not_in_the_digest() -> None:
    """10.0 and 10.00 are one price; a default that is written says nothing."""
    written = plan(minimum_commitment="10.00", proration={"basis": "day"})
    before = read_entity(RatePlan, plan(minimum_commitment="10.0"))
    assert frozen_digest(before) == frozen_digest(read_entity(RatePlan, written))


def test_a_changed_price_is_refused() -> None:
    """The old and the new value, and the commit and day of the first answer, are named."""
    dearer = plan()
    dearer["minimum_commitment"] = "10.00"
    [(code, path, message)] = judged(catalog(), catalog([dearer]))
    assert (code, path) == ("frozen-version", "catalog/rate-plans/pro/v1.json")
    assert 'version 1 of "pro" is published' in message
    assert '"10.00"' in message
    assert message.endswith("it was first served from commit 1234567890ab on 2026-06-15")


def test_a_version_that_is_gone_is_refused() -> None:
    """It is reported where it was."""
    [(code, path, _)] = judged(catalog([plan(), plan(version=2)]), catalog())
    assert (code, path) == ("deleted-version", "rate-plans/pro/v2.json")


def test_a_version_that_is_a_draft_again_is_refused() -> None:
    """What was published stays published or archived."""
    codes = [code for code, *_ in judged(catalog(), catalog([plan(status="draft")]))]
    assert codes == ["frozen-version"]


def test_a_used_meter_is_refused() -> None:
    """A meter is as frozen as the version that was served with it."""
    meter = METER | {"event": "other"}
    [(code, path, message)] = judged(catalog(), catalog(meter=meter))
    assert (code, path) == ("frozen-meter", "catalog/meters/tokens.json")
    assert 'used by version 1 of "pro"' in message


@pytest.mark.parametrize(
    "after",
    [
        catalog([plan(name="Professional")]),
        catalog([plan(status="archived")]),
        catalog([plan(), plan(version=2, currency="EUR")]),
        catalog(coupon=COUPON | {"amounts": {"USD": "5.00", "EUR": "4.00"}}),
        catalog(coupon=COUPON | {"code": "SPRING"}),
    ],
    ids=["name", "archived", "next version", "one more currency", "code"],
)
def test_what_may_change_in_place_is_served(after: Catalog) -> None:
    """Everything that a pull request may change may be served."""
    assert judged(catalog(), after) == []


def test_a_first_day_that_has_not_come_may_move() -> None:
    """As in a pull request; one that has come stays."""
    coming, later = (catalog([plan(effective_from=day)]) for day in ("2026-07-01", "2026-08-01"))
    assert judged(coming, later) == []
    assert [code for code, *_ in judged(catalog(), later)] == ["frozen-version"]


def test_shared_documents_are_not_digested_again() -> None:
    """A digest is taken over from the last offer for what both have."""
    before = catalog([plan(), plan(version=2)])
    earlier = Offer(before, dict.fromkeys(offer_of(before).digests, "known"))
    versions = {**before.rate_plans["pro"]}
    versions[2] = Document(read_entity(RatePlan, plan(version=2, name="Two")), "v2.json")
    documents = (*versions.values(), *before.meters.values(), *before.discounts.values())
    digests = {
        (name.kind, name.version): digest
        for name, digest in offer_of(catalog_of(Documents(documents), "b"), earlier).digests.items()
    }
    assert digests.pop(("rate-plan", 2)) != "known"
    assert set(digests.values()) == {"known"}


def test_nothing_is_judged_where_nothing_differs() -> None:
    """Equal digests end it."""
    offer = offer_of(catalog())
    assert offer.suspects(offer.digests) == []
    assert offer.judge([], NOW) == ()

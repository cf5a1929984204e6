"""What was served is remembered, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from tests.catalog.promised import COUPON, catalog, plan

from planql.catalog.served_documents import offer_of
from planql.stores.database import Database
from planql.stores.served_documents import admit, read_served

NOW = datetime(2026, 6, 15, 12, 30, tzinfo=UTC)


def test_the_first_catalog_is_remembered(database: Database) -> None:
    """Each frozen document, with the commit and the instant."""
    offer = offer_of(catalog())
    assert admit(database, offer, NOW) == ()
    found = read_served(database)
    assert [each.name.kind for each in found] == ["discount", "meter", "rate-plan"]
    assert {(each.commit, each.since) for each in found} == {(offer.catalog.commit, NOW)}
    assert {each.name: each.digest for each in found} == offer.digests


def test_a_catalog_that_goes_back_on_it_leaves_no_trace(database: Database) -> None:
    """It is refused whole: not even its new versions are remembered."""
    admit(database, offer_of(catalog()), NOW)
    before = read_served(database)
    changed = [plan(currency="EUR"), plan(version=2)]
    [mistake, *_] = admit(database, offer_of(catalog(changed)), NOW)
    assert mistake.mistake.code == "frozen-version"
    assert read_served(database) == before


def test_what_changed_as_it_may_binds_from_then_on(database: Database) -> None:
    """One more currency is added; then its amount is as frozen, and the first commit stays."""
    later = NOW + timedelta(days=1)
    admit(database, offer_of(catalog()), NOW)
    euros = [COUPON | {"amounts": {"USD": "5.00", "EUR": amount}} for amount in ("4.00", "3.00")]
    assert admit(database, offer_of(catalog(coupon=euros[0])), later) == ()
    [mistake] = admit(database, offer_of(catalog(coupon=euros[1])), later)
    assert mistake.mistake.code == "frozen-discount"
    assert {each.since for each in read_served(database)} == {NOW}


def test_two_servers_do_not_serve_two_prices(database: Database) -> None:
    """Of two servers that begin at once with different prices, one is refused."""
    prices = [offer_of(catalog([plan(minimum_commitment=f"{n}.00")])) for n in range(1, 5)]
    with ThreadPoolExecutor(4) as servers:
        answers = list(servers.map(lambda offer: admit(database, offer, NOW), prices))
    assert sorted(len(each) for each in answers) == [0, 1, 1, 1]
    assert len(read_served(database)) == 3

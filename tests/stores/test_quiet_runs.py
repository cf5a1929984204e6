"""Billing runs that leave quiet accounts out issue what runs that compute everything issue."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.stores.billing_company import (
    START,
    append,
    call,
    issued,
    populate,
    price,
    read_catalog,
    write_catalog,
)

from planql.catalog.snapshot import Catalog
from planql.stores.customers import list_customers
from planql.stores.database import Database, open_database
from planql.stores.invoices import list_invoices


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """The company's catalog: $10 a month and $0.50 a call."""
    return read_catalog(write_catalog(tmp_path / "catalog"))


@pytest.mark.no_cover  # it runs what other tests run, a thousand times
@pytest.mark.parametrize("seed", range(3))
def test_leaving_quiet_accounts_out_changes_no_invoice(
    database: Database, catalog: Catalog, tmp_path: Path, seed: int
) -> None:
    """Billed at random times through a random spring, with and without, all invoices are equal."""
    plain = open_database(f"sqlite:///{tmp_path / 'plain.sqlite3'}")
    nameless = replace(catalog, digest="")
    for each in (database, plain):
        populate(each, 8)
    for each, prices in ((database, catalog), (plain, nameless)):
        live(each, prices, random.Random(seed))  # noqa: S311 - a story, not a secret
    found, expected = ([*map(without_catalog, invoices(each))] for each in (database, plain))
    assert len(expected) > 8 * 4
    assert found == expected
    plain.close()


def live(database: Database, catalog: Catalog, chance: random.Random) -> None:
    """Five months in which every customer does something now and then, and runs come between."""
    now = START
    ended: set[str] = set()
    while now < datetime(2026, 6, 20, tzinfo=UTC):
        now += timedelta(hours=chance.randrange(1, 60))
        customer = f"c{chance.randrange(8):03d}"
        match chance.randrange(6):
            case 0 | 1:
                known = now - timedelta(days=chance.choice([0, 0, 0, 20]))
                time = max(known - timedelta(hours=chance.randrange(1500)), START)
                call(database, time, known, customer)
            case 2 if customer not in ended:
                effective = chance.choice(["now", "now", "period_end"])
                new = price(str(chance.randrange(1, 40)))
                append(database, now, {**new, "effective": effective}, customer)
            case 3 if customer not in ended and chance.randrange(4) == 0:
                ended.add(customer)
                append(database, now, {"cancel": chance.choice(["now", "period_end"])}, customer)
            case _:
                issued(database, catalog, now)


def invoices(database: Database) -> list[dict[str, Any]]:
    """Every invoice of every customer."""
    found = list_invoices(database, list_customers(database))
    return [json.loads(each.document) for each in found]


def without_catalog(invoice: dict[str, Any]) -> dict[str, Any]:
    """An invoice without what it was priced by."""
    return {name: value for name, value in invoice.items() if name != "catalog"}

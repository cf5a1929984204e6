"""What the pages promise that planql was made after, kept by what is stored and issued.

The stories are pricing tests of the example catalog, with the arithmetic in their `about`. Here
they are lived through in a database, with a billing run every month.
"""

from pathlib import Path

import pytest
from tests.stores.stored_stories import unexpected

from planql.catalog.snapshot import Catalog
from planql.sources import load
from planql.stores.database import Database

CATALOG = Path(__file__).resolve().parents[2] / "catalog"
CASES = CATALOG / "cases"
NAMED = {
    "monthly-usage-on-an-annual-plan",
    "final-invoice-after-cancellation",
    "discount-on-metered-lines",
    "upgrade-half-way",
    "trial-and-automatic-discount",
    "capped-meter",
    "token-meters",
    "hundred-outcomes",
    "five-hundred-outcomes",
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The example catalog."""
    loaded = load(CATALOG)
    assert loaded.catalog is not None
    return loaded.catalog


def test_usage_of_a_yearly_plan_is_invoiced_monthly(database: Database, catalog: Catalog) -> None:
    """Polar: usage is invoiced every month, the fees of a yearly plan once a year."""
    assert unexpected(database, catalog, _story("monthly-usage-on-an-annual-plan")) == []


def test_a_cancelled_subscription_gets_a_final_invoice(
    database: Database, catalog: Catalog
) -> None:
    """Polar: cancelled at the period's end, usage goes on and a final invoice bills it."""
    assert unexpected(database, catalog, _story("final-invoice-after-cancellation")) == []


def test_a_discount_acts_on_metered_lines_too(database: Database, catalog: Catalog) -> None:
    """Polar: a discount takes its share of the whole invoice, metered lines included."""
    assert unexpected(database, catalog, _story("discount-on-metered-lines")) == []


def test_a_plan_change_is_prorated_by_itself(database: Database, catalog: Catalog) -> None:
    """Valmi: from $100 to $200 half-way through a month is $50 + $100."""
    assert unexpected(database, catalog, _story("upgrade-half-way")) == []


def test_discounts_of_a_plan_apply_by_themselves(database: Database, catalog: Catalog) -> None:
    """Valmi: a plan's own discount reduces its invoices without being redeemed."""
    assert unexpected(database, catalog, _story("trial-and-automatic-discount")) == []


def test_a_meter_costs_its_cap_at_most(database: Database, catalog: Catalog) -> None:
    """Polar: a capped meter bills the cap."""
    assert unexpected(database, catalog, _story("capped-meter")) == []


def test_two_meters_read_the_same_events(database: Database, catalog: Catalog) -> None:
    """Polar: prompt and completion tokens are priced apart, from the same events."""
    assert unexpected(database, catalog, _story("token-meters")) == []


@pytest.mark.parametrize("outcomes", ["hundred-outcomes", "five-hundred-outcomes"])
def test_outcomes_are_priced_one_by_one(
    database: Database, catalog: Catalog, outcomes: str
) -> None:
    """Valmi: 100 outcomes are $5,000 and 500 are $25,000, at $50 each."""
    assert unexpected(database, catalog, _story(outcomes)) == []


@pytest.mark.parametrize("name", sorted({path.stem for path in CASES.glob("*.json")} - NAMED))
def test_every_other_pricing_test(database: Database, catalog: Catalog, name: str) -> None:
    """What `planql test` expects of a story is what is issued for it, run by run."""
    assert unexpected(database, catalog, _story(name)) == []


def _story(name: str) -> Path:
    return CASES / f"{name}.json"

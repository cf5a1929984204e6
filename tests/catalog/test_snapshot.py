"""The immutable catalog: look-up by key, version and day."""

from datetime import date
from pathlib import Path

import pytest
from tests.catalog.building import plan

from planql.catalog.costs import SubscriptionDayCost
from planql.catalog.documents import Document
from planql.catalog.meters import Meter
from planql.catalog.scenarios import Scenario
from planql.catalog.snapshot import Catalog, inline_catalog
from planql.discounts import PercentageDiscount
from planql.entity import Entity, read_entity
from planql.errors import UnknownReference
from planql.sources import load

CATALOG = Path(__file__).parents[2] / "catalog"


METER = read_entity(
    Meter, {"key": "tokens", "event": "t", "aggregation": {"type": "count"}, "unit": "token"}
)
LAUNCH = read_entity(
    PercentageDiscount, {"key": "launch", "type": "percentage", "percentage": "10"}
)
HOSTING = read_entity(
    SubscriptionDayCost,
    {
        "key": "hosting",
        "type": "subscription_day",
        "rows": [{"effective_from": "2026-01-01", "unit_costs": {"USD": "0.50"}}],
    },
)
TYPICAL = read_entity(Scenario, {"key": "typical", "name": "Typical"})
ENTITIES: tuple[Entity, ...] = (
    plan(10, "2026-09-01", "draft"),
    plan(2, "2026-03-01"),
    plan(1, "2026-01-01", "archived"),
    plan(3, "2026-06-01"),
    METER,
    LAUNCH,
    HOSTING,
    TYPICAL,
)


@pytest.fixture
def catalog() -> Catalog:
    """A catalog given inline: versions 1 (archived), 2 and 3 (published), 10 (draft)."""
    return inline_catalog(ENTITIES)


def refusal(catalog: Catalog, key: str, on: str) -> UnknownReference:
    """The error of asking for the version in force on a day."""
    with pytest.raises(UnknownReference) as refused:
        catalog.rate_plan_in_force(key, date.fromisoformat(on))
    return refused.value


@pytest.mark.parametrize(
    ("on", "version"), [("2026-03-01", 2), ("2026-05-31", 2), ("2026-06-01", 3), ("2030-01-01", 3)]
)
def test_the_newest_published_version_is_in_force(catalog: Catalog, on: str, version: int) -> None:
    """A version is in force from its first day on, until a newer published one is."""
    assert catalog.rate_plan_in_force("pro", date.fromisoformat(on)).entity.version == version


def test_no_version_is_in_force_before_the_first(catalog: Catalog) -> None:
    """An archived version takes no new subscriptions, so on its days there is none."""
    assert refusal(catalog, "pro", "2026-02-28").code == "no-version-in-force"


def test_offers_the_plan_that_was_meant(catalog: Catalog) -> None:
    """An unknown plan is met with the nearest key."""
    error = refusal(catalog, "prro", "2026-07-01")
    assert (error.code, error.hint) == ("unknown-reference", 'did you mean "pro"?')
    assert error.message == 'there is no rate plan "prro"'


@pytest.mark.parametrize("version", [1, 2, 3, 10])
def test_looks_up_every_version(catalog: Catalog, version: int) -> None:
    """A pinned version is found, whatever its status."""
    assert catalog.rate_plan("pro", version).entity.version == version


def test_lists_the_versions_there_are(catalog: Catalog) -> None:
    """Versions ascend as numbers: 10 comes after 3."""
    with pytest.raises(UnknownReference) as refused:
        catalog.rate_plan("pro", 4)
    assert refused.value.message == 'rate plan "pro" has no version 4'
    assert refused.value.hint == "its versions are 1, 2, 3, 10"
    assert list(catalog.rate_plans["pro"]) == [1, 2, 3, 10]


def test_looks_up_every_other_kind(catalog: Catalog) -> None:
    """Each kind has its own keys."""
    assert catalog.meter("tokens") is METER
    assert catalog.discount("launch") is LAUNCH
    assert catalog.scenario("typical") is TYPICAL
    assert [(key, cost.entity) for key, cost in catalog.costs.items()] == [("hosting", HOSTING)]
    for look_up, key in [
        (catalog.meter, "launch"),
        (catalog.discount, "tokens"),
        (catalog.product, "support"),
        (catalog.scenario, "hosting"),
    ]:
        with pytest.raises(UnknownReference) as refused:
            look_up(key)
        assert refused.value.code == "unknown-reference"


@pytest.mark.parametrize("version", [2, 4])
def test_a_draft_can_be_tried_out(catalog: Catalog, version: int) -> None:
    """A copy also holds the draft, in the place of a version of that number; versions ascend."""
    draft = Document(plan(version, "2026-05-01"), "")
    tried = catalog.with_rate_plan(draft)
    assert tried.rate_plan("pro", version) is draft
    assert list(tried.rate_plans["pro"]) == sorted({1, 2, 3, 10, version})
    assert catalog.rate_plans["pro"].get(version) is not draft
    assert tried.meters is catalog.meters


def test_a_draft_of_a_new_plan_can_be_tried_out() -> None:
    """The plan need not be there."""
    draft = Document(plan(1, "2026-05-01"), "")
    tried = inline_catalog([METER]).with_rate_plan(draft)
    assert tried.rate_plan_in_force("pro", date(2026, 5, 1)) is draft


def test_an_inline_catalog_stands_in_no_file(catalog: Catalog) -> None:
    """Its documents have no path, it has neither commit nor digest, and its zone is UTC."""
    document = catalog.rate_plan("pro", 2)
    assert (document.path, dict(document.lines)) == ("", {})
    assert (catalog.commit, catalog.digest) == (None, "")
    assert catalog.settings.time_zone == "UTC"


def test_a_catalog_may_be_empty() -> None:
    """A story that names nothing needs nothing."""
    catalog = inline_catalog(())
    assert not catalog.rate_plans
    assert not catalog.meters


def test_a_catalog_cannot_be_changed(catalog: Catalog) -> None:
    """Neither the snapshot nor what it holds can be assigned to."""
    with pytest.raises(AttributeError):
        catalog.digest = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        catalog.meters["words"] = Document(METER, "")  # type: ignore[index]
    with pytest.raises(TypeError):
        catalog.rate_plans["pro"][4] = catalog.rate_plan("pro", 2)  # type: ignore[index]


def test_a_catalog_of_files_knows_where_prices_are_written() -> None:
    """Every charge of the example catalog has a path and a line."""
    catalog = load(CATALOG).catalog
    assert catalog is not None
    for versions in catalog.rate_plans.values():
        for document in versions.values():
            lines = Path(document.path).read_text(encoding="utf-8").splitlines()
            for index, charge in enumerate(document.entity.charges):
                line = document.lines[f"/charges/{index}/key"]
                assert f'"{charge.key}"' in lines[line - 1]

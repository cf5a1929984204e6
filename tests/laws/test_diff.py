"""Laws of the difference of two catalogs."""

from collections import Counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.laws.strategies.catalogs import catalog, numbers, plans, raised
from tests.laws.strategies.charges import Doc, models
from tests.rating.building import prepared_model

from planql.catalog.diff import CatalogDiff, ChangeClass, Direction, diff_catalogs
from planql.catalog.frozen import refusals
from planql.catalog.snapshot import Catalog
from planql.charge_models.scales import QUANTITY_SCALE

moderate = settings(max_examples=150)

OPPOSITE = {
    Direction.UP: Direction.DOWN,
    Direction.DOWN: Direction.UP,
    Direction.NONE: Direction.NONE,
}
PRICES = {ChangeClass.PRICE_UP, ChangeClass.PRICE_DOWN}


def moves(diff: CatalogDiff) -> Counter[tuple[str, str, Direction]]:
    """Which charge, what of it, and where it moves the price."""
    return Counter(
        (change.charge, change.what, change.direction)
        for found in diff.objects
        for change in found.changes
    )


@moderate
@given(plans())
def test_nothing_differs_from_itself(plan: Doc) -> None:
    """A catalog read twice does not differ."""
    assert diff_catalogs(catalog(plan), catalog(plan)).objects == ()


@moderate
@given(plans(), plans())
def test_exchanging_sides_exchanges_directions(old: Doc, new: Doc) -> None:
    """What costs more one way costs less the other way, and the same things differ."""
    forth = moves(diff_catalogs(catalog(old), catalog(new)))
    back = moves(diff_catalogs(catalog(new), catalog(old)))
    assert back == Counter(
        {(charge, what, OPPOSITE[way]): many for (charge, what, way), many in forth.items()}
    )


@moderate
@given(plans(), st.data())
def test_every_number_is_compared(plan: Doc, data: st.DataObject) -> None:
    """Raising any single number of a draft is found, and is not breaking."""
    paths = numbers(plan)
    assume(paths)
    path = data.draw(st.sampled_from(paths))
    diff = diff_catalogs(catalog(plan), catalog(raised(plan, path)))
    assert diff.objects
    assert not diff.is_breaking


@moderate
@given(plans(), st.data())
def test_every_number_of_a_published_version_is_frozen(plan: Doc, data: st.DataObject) -> None:
    """Raising any single number of a published or archived version is refused."""
    paths = numbers(plan)
    assume(paths)
    status = data.draw(st.sampled_from(["published", "archived"]))
    changed = raised(plan, data.draw(st.sampled_from(paths)))
    base, head = catalog(plan, status=status), catalog(changed, status=status)
    found = diff_catalogs(base, head)
    assert found.is_breaking
    assert list(refusals(found))


@moderate
@given(plans(), plans(), st.sampled_from(["draft", "published", "archived"]))
def test_breaking_is_what_is_refused(old: Doc, new: Doc, status: str) -> None:
    """There is a refusal for each breaking change, and for nothing else."""
    base, head = catalog(old, status=status), catalog(new, status=status)
    found = diff_catalogs(base, head)
    refused = list(refusals(found))
    assert found.counts()[ChangeClass.BREAKING] == len(refused)
    assert not refused or status != "draft"


@settings(moderate, max_examples=400)
@given(models, models, st.lists(st.integers(0, 100 * QUANTITY_SCALE), min_size=5, max_size=20))
def test_a_price_that_goes_up_is_never_lower(old: Doc, new: Doc, quantities: list[int]) -> None:
    """Where all that changed in a model raises the price, no quantity costs less than before."""
    base, head = _only_charge(old), _only_charge(new)
    changes = [change for found in diff_catalogs(base, head).objects for change in found.changes]
    directions = {change.direction for change in changes if change.kind in PRICES}
    assume(len(directions) == 1)
    assume(all(change.what != "charge model" for change in changes) or len(changes) == 1)
    sign = 1 if directions == {Direction.UP} else -1
    before, after = prepared_model(old), prepared_model(new)
    assert all(sign * (after.amount(q) - before.amount(q)) >= 0 for q in quantities)


def _only_charge(model: Doc) -> Catalog:
    charge = {"key": "calls", "name": "Calls", "type": "usage", "meter": "calls", "model": model}
    return catalog(
        {
            "key": "pro",
            "version": 1,
            "status": "draft",
            "product": "service",
            "name": "Pro",
            "currency": "USD",
            "billing_cycle": "monthly",
            "effective_from": "2026-01-01",
            "charges": [charge],
        }
    )

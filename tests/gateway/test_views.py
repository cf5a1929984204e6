"""What the example catalog does not show of documents: their rarer members."""

from planql.catalog.documents import Document
from planql.catalog.filters import AllOf, Condition
from planql.catalog.meters import Meter
from planql.entity import read_entity
from planql.gateway.types.enums import RoundingMode
from planql.gateway.types.filters import FilterAllOf, FilterCondition
from planql.gateway.types.meters import meter


def test_a_meter_shows_its_rounding() -> None:
    """A rounding has its direction and its digits."""
    document = {
        "key": "tokens",
        "event": "model.called",
        "aggregation": {"type": "sum", "property": "tokens"},
        "rounding": {"mode": "up", "digits": -3},
        "unit": "token",
    }
    found = meter(Document(read_entity(Meter, document), "meters/tokens.json"), None)
    assert found.rounding is not None
    assert (found.rounding.mode, found.rounding.digits) == (RoundingMode.UP, -3)


def test_a_filter_without_a_value_shows_none() -> None:
    """`exists` compares with nothing."""
    document = {
        "key": "tokens",
        "event": "model.called",
        "aggregation": {"type": "count"},
        "filter": {"and": [{"property": "tokens", "operator": "exists"}]},
        "unit": "token",
    }
    entity = read_entity(Meter, document)
    assert isinstance(entity.filter, AllOf)
    assert isinstance(entity.filter.parts[0], Condition)
    shown = meter(Document(entity, "meters/tokens.json"), None).filter
    assert isinstance(shown, FilterAllOf)
    assert isinstance(shown.parts[0], FilterCondition)
    assert shown.parts[0].value is None

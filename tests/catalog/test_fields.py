"""Field types that only catalog documents use."""

import pytest

from planql.catalog.settings import CatalogSettings
from planql.entity import read_entity
from planql.errors import InvalidInput


@pytest.mark.parametrize("value", ["Mars/Base", "", 1, None, ["UTC"]])
def test_a_time_zone_is_an_iana_name(value: object) -> None:
    """Text that names no zone and what is no text are refused alike, at their place."""
    with pytest.raises(InvalidInput) as refused:
        read_entity(CatalogSettings, {"format": 1, "name": "Tiny", "time_zone": value})
    assert (refused.value.code, refused.value.pointer) == ("unknown-time-zone", "/time_zone")

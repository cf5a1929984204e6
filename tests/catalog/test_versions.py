"""Which version of a plan is in force, and why."""

from datetime import date

import pytest
from tests.catalog.building import plan

from planql.catalog.versions import version_in_force
from planql.errors import UnknownReference

VERSIONS = [plan(2, "2026-03-01"), plan(1, "2026-01-01"), plan(10, "2026-06-01")]


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2026, 1, 1), 1),
        (date(2026, 2, 28), 1),
        (date(2026, 3, 1), 2),
        (date(2026, 5, 31), 2),
        (date(2026, 6, 1), 10),
    ],
)
def test_a_version_is_in_force_from_its_first_day(day: date, version: int) -> None:
    """A version is in force from its `effective_from`, inclusive, until a newer one is."""
    assert version_in_force("pro", VERSIONS, day).plan.version == version


def test_the_reason_names_every_newer_version() -> None:
    """The reason says since when, and why each newer version was passed over."""
    versions = [*VERSIONS, plan(11, "2026-01-02", "archived"), plan(12, "2026-01-03", "draft")]
    choice = version_in_force("pro", versions, date(2026, 4, 1))
    assert choice.as_of == date(2026, 4, 1)
    assert choice.reason == (
        "version 2 is the newest published version in force on 2026-04-01, since 2026-03-01; "
        "version 12 is a draft; version 11 is archived; version 10 starts on 2026-06-01"
    )


def test_before_the_first_version_nothing_is_in_force() -> None:
    """A day before every `effective_from` has no version, and the error says why."""
    with pytest.raises(UnknownReference) as caught:
        version_in_force("pro", VERSIONS[1:2], date(2025, 12, 31))
    assert caught.value.code == "no-version-in-force"
    assert "version 1 starts on 2026-01-01" in caught.value.message


def test_a_plan_without_versions_has_none_in_force() -> None:
    """Without versions the error says so."""
    with pytest.raises(UnknownReference, match="it has no versions"):
        version_in_force("pro", [], date(2026, 1, 1))

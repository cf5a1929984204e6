"""Which migration moves a subscription next, and when.

A subscription moves at a boundary or on a date that comes after it entered the version it is on.
Of several on one day the newest version wins; the others are named in a notice.

Source: RULES 7.9; INTERFACES, stories (docs/rules/subscriptions.md).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from planql.catalog.migrations import Migration
from planql.periods import one_day_later

BoundaryFrom = Callable[[date], date]
"""The first boundary of a subscription on or after a day."""


@dataclass(frozen=True, slots=True)
class Move:
    """A migration about to happen.

    Attributes:
        on: The local day on which the new version begins.
        to_version: The version it moves to.
        overtaken: Migrations of the same day that gave way to a newer version.
    """

    on: date
    to_version: int
    overtaken: tuple[Migration, ...] = ()


def next_move(
    migrations: Iterable[Migration], version: int, entered_on: date, boundary_from: BoundaryFrom
) -> Move | None:
    """The next move of a subscriber who entered `version` on the day `entered_on`.

    Args:
        migrations: Of the subscription's rate plan.
        version: The one it is on.
        entered_on: A migration of that day or before does not apply any more.
        boundary_from: The first boundary of the subscription on or after a day.
    """
    dated = [(each, _day(each, entered_on, boundary_from)) for each in migrations]
    due = [(each, day) for each, day in dated if day > entered_on]
    first = min((day for each, day in due if each.from_version == version), default=None)
    if first is None:
        return None
    same_day = [each for each, day in due if day == first]
    reached = set(_reached(same_day, version))
    newest = max(reached)
    overtaken = [
        each for each in same_day if each.from_version == version and each.to_version != newest
    ]
    return Move(first, newest, tuple(overtaken))


def _day(migration: Migration, entered_on: date, boundary_from: BoundaryFrom) -> date:
    if isinstance(migration.at, date):
        return migration.at
    return boundary_from(max(migration.announced_on, one_day_later(entered_on)))


def _reached(migrations: list[Migration], version: int) -> Iterator[int]:
    """The versions that `migrations` lead to, one after another, from `version`."""
    left = [each for each in migrations if each.from_version != version]
    for each in migrations:
        if each.from_version == version:
            yield each.to_version
            yield from _reached(left, each.to_version)

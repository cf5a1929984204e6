"""What may change, and should not go unnoticed: warnings that need the catalog before.

Owns: versions sold again, costs of the past, prices raised by more than the guardrail, settings
that move invoices.
Does not own: what is refused (`planql.catalog.frozen`).

Source: RULES 10.2 and 10.3 (docs/rules/versions.md).
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final

from planql.catalog.costs import CostBase
from planql.catalog.diff import (
    CatalogDiff,
    Change,
    Direction,
    Measure,
    ObjectDiff,
    frozen_documents,
)
from planql.catalog.documents import Document, PlacedMistake
from planql.catalog.frozen import change_text
from planql.catalog.snapshot import Catalog
from planql.entity import Entity
from planql.money import fixed, plain, round_half_away
from planql.problems import Mistake, Severity, escape_pointer

_MOVING: Final = {
    "/time_zone": "billing days begin and end at another hour for customers",
    "/invoice_grace_hours": "invoices are issued at another hour to customers",
}
"""Setting -> what its change does."""
_LEFT_ALONE: Final = (
    "leave it as it is once customers are billed: their invoices are computed with it, and what "
    "was issued already is corrected on the next one"
)
_PRICES: Final = {Measure.AMOUNT, Measure.PERCENTAGE, Measure.QUANTITY}


MOVED_INVOICES: Final = "moved-invoices"
"""Code of the warning that a setting moves the invoices of plans that are billed."""


def warnings(
    diff: CatalogDiff, base: Catalog, head: Catalog, as_of: date | None = None
) -> Iterator[PlacedMistake]:
    """Every warning about the changes of a diff from `base` to `head`.

    Args:
        diff: What changed.
        base: The catalog before; what it has published is billed.
        head: The catalog now; its guardrails hold.
        as_of: The local day on which this is asked; None: every day has come.
    """
    limit = head.settings.guardrails.max_increase_percentage
    for found in diff.objects:
        yield from check_reopened(found)
        yield from check_past_costs(found, as_of)
        yield from check_settings(found, base)
        if limit is not None:
            yield from check_increases(found, Fraction(limit))


def check_reopened(found: ObjectDiff) -> Iterator[PlacedMistake]:
    """An archived version that is published again should be meant to be sold again."""
    for change in found.changes:
        if change.what == "status" and _texts(change) == ("archived", "published"):
            message = f'version {found.version} of "{found.key}" was archived and is sold again'
            hint = "new subscriptions may get it; a new version would say so more clearly"
            yield _warning(found, "reopened-version", message, change.pointer, hint)


def check_past_costs(found: ObjectDiff, as_of: date | None) -> Iterator[PlacedMistake]:
    """What something cost on days that have come should stay; new costs are new rows."""
    old, new = _cost(found.base), _cost(found.head)
    rows = {row.effective_from: row.unit_costs for row in new.rows} if new else {}
    for row in old.rows if old else ():
        is_past = as_of is None or row.effective_from <= as_of
        if is_past and rows.get(row.effective_from) != row.unit_costs:
            what = "changes" if row.effective_from in rows else "is gone"
            message = f'the row of "{found.key}" from {row.effective_from}, a past day, {what}'
            hint = "margins of the past change with it; new costs are a new row"
            pointer = _row_pointer(new, row.effective_from)
            yield _warning(found, "past-cost", message, pointer, hint)


def check_settings(found: ObjectDiff, base: Catalog) -> Iterator[PlacedMistake]:
    """The zone of billing days, and when invoices are issued, should stay once plans are billed."""
    billed = {name.key for name in frozen_documents(base) if name.kind == "rate-plan"}
    for change in found.changes if found.noun == "catalog" and billed else ():
        if change.pointer in _MOVING:
            plans = "1 rate plan" if len(billed) == 1 else f"{len(billed):,} rate plans"
            message = f"{change_text(change)}: {_MOVING[change.pointer]} of {plans}"
            yield _warning(found, MOVED_INVOICES, message, change.pointer, _LEFT_ALONE)


def check_increases(found: ObjectDiff, limit: Fraction) -> Iterator[PlacedMistake]:
    """No number of a new version should raise the price by more than `limit` percent.

    Where less costs more (included units, the size of a package) the number may fall by no more.
    What was free, or is new, has no percentage: only a price that was 0 is reported.
    """
    if not found.follows or found.head is None:
        return
    for change in found.changes:
        if change.direction is Direction.UP and _is_over(change, limit):
            yield PlacedMistake(found.head.path, _jump(found, change, limit), _related(change))


def _is_over(change: Change, limit: Fraction) -> bool:
    if change.measure not in _PRICES or change.old is None or change.new is None:
        return False
    return change.percent is None or abs(change.percent) > limit


def _jump(found: ObjectDiff, change: Change, limit: Fraction) -> Mistake:
    by = "" if change.percent is None else f" ({percent_text(change.percent)})"
    return Mistake(
        "price-jump",
        f"{change_text(change)}{by} after version {found.follows}, beyond the guardrail of "
        f"{plain(limit)} %",
        change.pointer,
        'take a smaller step, or leave it if it is meant; "max_increase_percentage" is in '
        "catalog.json",
        Severity.WARNING,
    )


def percent_text(percent: Fraction) -> str:
    """A percentage with its sign and one decimal, half away from zero: "+11.1 %"."""
    rounded = round_half_away(percent, 1)
    sign = "+" if rounded > 0 else ""
    return f"{sign}{fixed(rounded, 1)} %"


def _related(change: Change) -> tuple[tuple[str, str], ...]:
    return ((change.old.path, change.old.pointer),) if change.old else ()


def _row_pointer(cost: CostBase | None, day: date) -> str:
    """The row from `day` on, or the rows it is missing from."""
    days = [row.effective_from for row in cost.rows] if cost else []
    return escape_pointer("rows", days.index(day)) if day in days else "/rows"


def _cost(document: Document[Entity] | None) -> CostBase | None:
    entity = document.entity if document else None
    return entity if isinstance(entity, CostBase) else None


def _texts(change: Change) -> tuple[str, str]:
    return change.old.text if change.old else "", change.new.text if change.new else ""


def _warning(found: ObjectDiff, code: str, message: str, pointer: str, hint: str) -> PlacedMistake:
    document = found.head or found.base
    path = document.path if document else ""
    return PlacedMistake(path, Mistake(code, message, pointer, hint, Severity.WARNING))

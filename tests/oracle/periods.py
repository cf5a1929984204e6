"""`periods -` again: cycle n of an anchor is anchor + n intervals, clamped, never chained."""

import calendar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.oracle.numerals import Doc, RefusedError

NAMED = {
    "weekly": ("week", 1),
    "monthly": ("month", 1),
    "quarterly": ("month", 3),
    "semiannual": ("month", 6),
    "annual": ("year", 1),
}
Cycle = tuple[str, int]


def local_day(text: str, zone: ZoneInfo) -> date:
    """Return a date, or the local day of an instant."""
    if "T" not in text:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(zone).date()


def cycle_of(document: object) -> Cycle:
    """Return a billing cycle given by name or as interval and count."""
    if isinstance(document, str):
        return NAMED[document]
    if isinstance(document, dict):
        return document["interval"], document.get("interval_count", 1)
    raise RefusedError(f"no cycle: {document!r}")


def cycle_start(anchor: date, cycle: Cycle, n: int) -> date:
    """Return the day on which cycle n of the anchor begins."""
    interval, count = cycle
    if interval == "day":
        return anchor + timedelta(days=n * count)
    if interval == "week":
        return anchor + timedelta(days=7 * n * count)
    months = n * count * (12 if interval == "year" else 1)
    month = anchor.year * 12 + anchor.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(anchor.day, calendar.monthrange(year, month)[1]))


def calendar_anchor(start: date, cycle: Cycle) -> date:
    """Return a calendar boundary: the one that holds the start, the next midnight for days."""
    interval, count = cycle
    if interval == "day":
        return start + timedelta(days=1)
    if interval == "week" and count == 1:
        return start - timedelta(days=start.weekday())
    if interval == "month":
        return date(start.year, (start.month - 1) // count * count + 1, 1)
    if interval == "year" and count == 1:
        return date(start.year, 1, 1)
    raise RefusedError(f"no calendar for {count} {interval}s")


def anchor_day(anchor: str, start: date, cycle: Cycle) -> date:
    """Return the day that the cycles are counted from."""
    if anchor == "subscription":
        return start
    if anchor == "calendar":
        return calendar_anchor(start, cycle)
    return date.fromisoformat(anchor)


def full_period(anchor: date, cycle: Cycle, day: date) -> tuple[date, date]:
    """Return the whole anchored cycle that holds a day, found by walking to it."""
    n = 0
    while cycle_start(anchor, cycle, n) > day:
        n -= 1
    while cycle_start(anchor, cycle, n + 1) <= day:
        n += 1
    return cycle_start(anchor, cycle, n), cycle_start(anchor, cycle, n + 1)


def periods(document: Doc) -> Doc:
    """Answer one line of `periods -`."""
    try:
        return {"periods": _periods(document)}
    except RefusedError as refused:
        return {"error": {"code": "invalid_input", "message": str(refused), "pointer": ""}}


def _periods(document: Doc) -> list[Doc]:
    cycle = (document["interval"], document["interval_count"])
    if cycle[1] < 1:
        raise RefusedError("interval_count must be at least 1")
    zone = ZoneInfo(document["time_zone"])
    start = local_day(document["start"], zone)
    anchor = anchor_day(document["anchor"], start, cycle)
    until = date.fromisoformat(document["until"]) if "until" in document else date.max
    count = document.get("count", 10**6)
    found: list[Doc] = []
    while start < until and len(found) < count:
        end = full_period(anchor, cycle, start)[1]
        days = (end - start).days
        found.append({"start": start.isoformat(), "end": end.isoformat(), "days": days})
        start = end
    return found

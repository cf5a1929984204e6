"""Random usage of a story: events and daily totals over a few months."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from tests.laws.strategies.charges import Doc, decimals, flags
from tests.laws.strategies.usage import positive, regions

METERS = [
    {
        "key": "calls",
        "name": "Calls",
        "event": "call",
        "unit": "call",
        "aggregation": {"type": "sum", "property": "n"},
    },
    {
        "key": "peak",
        "name": "Peak",
        "event": "peak",
        "unit": "call",
        "aggregation": {"type": "max", "property": "n"},
    },
    {
        "key": "hits",
        "name": "Hits",
        "event": "call",
        "unit": "call",
        "aggregation": {"type": "count"},
    },
]


@st.composite
def story_usage(draw: st.DrawFn, start: date, zone: str, *, late: bool) -> Doc:
    """Return the events and daily totals of a story."""
    place = ZoneInfo(zone)
    days = st.integers(0, 110).map(lambda n: start + timedelta(days=n))
    events: list[Doc] = []
    for number in range(draw(st.integers(0, 6))):
        hour = draw(st.sampled_from([0, 9, 15, 23]))
        at = datetime.combine(draw(days), time(hour), place)
        event: Doc = {
            "id": str(number),
            "type": draw(st.sampled_from(["call", "peak"])),
            "time": at.isoformat(),
            "data": {"n": draw(positive)},
        }
        if draw(flags):
            event["data"]["region"] = draw(regions)
        if late and draw(st.integers(0, 3)) == 3:
            behind = timedelta(days=draw(st.integers(1, 40)))
            event["recorded_at"] = (at + behind).isoformat()
        events.append(event)
    totals = [
        {
            "meter": draw(st.sampled_from(["calls", "hits"])),
            "date": draw(days).isoformat(),
            "quantity": draw(decimals(0, 40, 1)),
        }
        for _ in range(draw(st.integers(0, 4)))
    ]
    for row in totals:
        if row["meter"] == "hits":
            row["quantity"] = row["quantity"].split(".")[0]
    return {"usage": events, "usage_totals": totals}

"""Random stories whose days bring late usage more than once."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from hypothesis import strategies as st
from tests.laws.strategies.charges import Doc
from tests.laws.strategies.stories import BASIC, stories

_CHARGES: list[Doc] = [
    {
        "key": "late-calls",
        "name": "Late calls",
        "type": "usage",
        "meter": "hits",
        "model": {"type": "per_unit", "unit_amount": "3"},
    },
    {
        "key": "late-fee",
        "name": "Late fee",
        "type": "recurring",
        "model": {"type": "flat", "amount": "0"},
    },
]


@st.composite
def late_stories(draw: st.DrawFn) -> Doc:
    """Return a story with usage of its first day that became known just before each change.

    Every plan charges for it, and for a fee whose price changes again an hour after each change,
    so that a day brings late usage twice; under the basis `second` each has its own invoice.
    """
    document = draw(stories(BASIC | {"cancel", "groups", "next"}))
    start = min(_instant(each["started_at"]) for each in document["subscriptions"])
    for each in document["subscriptions"]:
        each["changes"] = list(_with_fees(each["changes"]))
        known = (_instant(change["at"]) for change in each["changes"])
        document["usage"] += [_late(start, at, each["key"]) for at in known]
    for plan in document["catalog"]["rate_plans"]:
        plan |= {"billing_cycle": "weekly", "proration": {"basis": "second"}}
        plan["charges"] += _CHARGES
    return document


def _with_fees(changes: Iterable[Doc]) -> Iterator[Doc]:
    """Changes, each that is no cancellation followed by another price of the late fee."""
    for number, change in enumerate(changes, 1):
        yield change
        if not {"cancel", "uncancel"} & {*change}:
            at = (_instant(change["at"]) + timedelta(hours=1)).isoformat()
            model = {"type": "flat", "amount": str(number)}
            yield {"at": at, "overrides": [{"charge": "late-fee", "model": model}]}


def _late(start: datetime, known: datetime, subscription: str) -> Doc:
    """A call of the first day of which nobody knew until a minute before `known`."""
    return {
        "id": f"{subscription}-{known.isoformat()}",
        "type": "call",
        "time": (start + timedelta(hours=1)).isoformat(),
        "data": {"n": "2"},
        "recorded_at": (known - timedelta(minutes=1)).isoformat(),
    }


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)

"""Which events may be recorded: those that every meter counting them can read.

An event that a meter of the served catalog counts but cannot read would be usage that is never
billed; refusing it when it arrives lets the sender mend it.

Source: RULES 3.2 (docs/rules/metering.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from planql.aggregations.values import Unreadable
from planql.catalog.meters import Meter
from planql.metering.events import BadEvent, UsageEvent
from planql.metering.matching import Matches, all_of, compile_filter

LONGEST_NAME: Final = 300
"""Characters of an event's id, source, type and subject, each; what an index can hold."""

YEARS: Final = range(1970, 9000)
"""In which usage can have happened: every zone has local days then."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """A meter, with its filter made ready."""

    meter: Meter
    counts: Matches


class Acceptance:
    """Judges events by the meters of a catalog."""

    def __init__(self, meters: Iterable[Meter]) -> None:
        self._readers: dict[str, list[_Reader]] = {}
        for meter in meters:
            filters = () if meter.filter is None else (compile_filter(meter.filter),)
            self._readers.setdefault(meter.event, []).append(_Reader(meter, all_of(*filters)))

    def refusal(self, event: UsageEvent, position: int) -> BadEvent | None:
        """Why the event cannot be recorded; None when it can.

        Args:
            event: Of any type; one that no meter counts is fine.
            position: Where it stands in what was sent, from 1.
        """
        if not event.subject.strip():
            return BadEvent(
                position, "/subject", "missing-member", '"subject" is missing: whose usage is it?'
            )
        return _unkeepable(event, position) or self._unreadable(event, position)

    def _unreadable(self, event: UsageEvent, position: int) -> BadEvent | None:
        for reader in self._readers.get(event.type, ()):
            if reader.counts(event.data):
                reading = reader.meter.aggregation.read(event.time, event.data)
                if isinstance(reading, Unreadable):
                    return _unreadable(position, reader.meter, reading)
        return None


def _unkeepable(event: UsageEvent, position: int) -> BadEvent | None:
    """Why a database could not keep the event's names; None when it can."""
    for name in ("id", "source", "type", "subject"):
        value: str = getattr(event, name)
        if "\0" in value:
            reason = f'"{name}" holds a NUL character, which databases do not keep in text'
            return BadEvent(position, f"/{name}", "nul-character", reason)
        if len(value) > LONGEST_NAME:
            reason = f'"{name}" has {len(value)} characters; at most {LONGEST_NAME} are kept'
            return BadEvent(position, f"/{name}", "too-long", reason)
    if event.time.year not in YEARS:
        reason = f'"{event.time.isoformat()}" is outside of the years {YEARS[0]} to {YEARS[-1]}'
        return BadEvent(position, "/time", "time-out-of-range", reason)
    return None


def _unreadable(position: int, meter: Meter, reading: Unreadable) -> BadEvent:
    reason = f'{reading.reason}, but meter "{meter.key}" reads it'
    return BadEvent(position, f"/data{reading.pointer}", "unreadable-value", reason)

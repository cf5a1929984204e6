"""A customer's recorded usage, as what a simulation runs on.

Source: RULES 9.1 (docs/rules/simulation.md).
"""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from planql.billing.known_usage import KnownUsage
from planql.metering.events import UsageEvent


def recorded_usage(events: Iterable[UsageEvent], time_zone: ZoneInfo) -> KnownUsage:
    """Usage that really happened, as if all of it had been known at once: nothing is late.

    Args:
        events: Of one customer. What lies outside the days simulated changes nothing there, except
            that a meter which carries over opens with what came before.
        time_zone: The customer's.
    """
    return KnownUsage([_at_its_time(event) for event in events], (), time_zone)


def _at_its_time(event: UsageEvent) -> UsageEvent:
    return event if event.recorded_at is None else replace(event, recorded_at=None)

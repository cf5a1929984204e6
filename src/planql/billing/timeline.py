"""A subscription's history, as stretches of time in which everything stays as it is.

::

    epoch 0: one grid of billing periods          epoch 1: another one
    |---------------------------------------------|------------------------->
    [ segment: pro v1, 5 seats )[ pro v1, 7 seats )[ annual v1, 7 seats )
                                ^ cut             ^ cut that resets the anchor

Owns: the records. Does not own: making them from a subscription's changes (`billing.walk`).

All instants are in UTC. Under the bases `day` and `none` they are the first instants of local
days.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from planql.billing.terms import Terms
from planql.periods import Grid, Interval, grid


@dataclass(frozen=True, slots=True)
class Segment:
    """Half-open: the terms hold from `start` to `end`; None is no end yet."""

    start: datetime
    end: datetime | None
    terms: Terms


@dataclass(frozen=True, slots=True)
class Epoch:
    """A stretch in which billing periods are counted from one anchor.

    Attributes:
        anchor: The calendar, or the day that cycles are counted from.
        day: The local day on which the epoch starts.
        start: Its first instant.
        end: None while it lasts.
        segments: They tile it; at least one.
        is_reset: Whether a change ended it, so that the running period was cut.
    """

    anchor: Literal["calendar"] | date
    day: date
    start: datetime
    end: datetime | None
    segments: tuple[Segment, ...]
    is_reset: bool = False

    @property
    def interval(self) -> Interval:
        """Length of the plan's billing periods; the same all through the epoch."""
        return self.segments[0].terms.plan.entity.billing_cycle.as_interval()

    def grid(self, interval: Interval) -> Grid:
        """The billing periods of a charge of the plan, or of the plan itself."""
        return grid(self.day, interval, self.anchor)


@dataclass(frozen=True, slots=True)
class Cut:
    """A moment inside a billing period at which terms changed.

    Attributes:
        at: When the new terms begin.
        issued_at: When the change was made, and so its invoice.
        is_deferred: Whether its lines wait for the next invoice.
    """

    at: datetime
    issued_at: datetime
    is_deferred: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a subscription.

    Attributes:
        at: End of the service, exclusive.
        asked_at: The instant of an immediate cancellation; None when it ends with a period.
    """

    at: datetime
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that is known of a subscription at one time.

    Attributes:
        subscription: Its key.
        time_zone: Whose days count.
        started_at: The instant of the start.
        epochs: They tile the time from the start; at least one.
        cuts: In the order of time.
        trial_end: When recurring charges begin; None without a trial.
        bills_trial_usage: Whether usage before `trial_end` is billed.
        ending: None while it lasts.
        notices: What a person should know, such as migrations that gave way to newer ones.
    """

    subscription: str
    time_zone: ZoneInfo
    started_at: datetime
    epochs: tuple[Epoch, ...]
    cuts: tuple[Cut, ...] = ()
    trial_end: datetime | None = None
    bills_trial_usage: bool = False
    ending: Ending | None = None
    notices: tuple[str, ...] = ()

    @property
    def start(self) -> datetime:
        """Where billing starts: the first instant that is charged for, trials left aside."""
        return self.epochs[0].start

    def terms_at(self, instant: datetime) -> Terms:
        """The terms in force at `instant`; after the end, the last ones."""
        segments = [segment for epoch in self.epochs for segment in epoch.segments]
        held = [segment for segment in segments if segment.start <= instant]
        return (held[-1] if held else segments[0]).terms

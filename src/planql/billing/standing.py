"""How a subscription stands at one time: its state, its terms, its period, its end.

Source: RULES 7 (docs/rules/subscriptions.md).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planql.billing.histories import History
from planql.billing.horizons import running_period, running_until
from planql.billing.terms import Terms
from planql.billing.timeline import Timeline
from planql.metering.spans import Span


class State(StrEnum):
    """What a subscription is in; the first that holds counts."""

    SCHEDULED = "scheduled"
    ENDED = "ended"
    PAUSED = "paused"
    TRIAL = "trial"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Standing:
    """A subscription at one time.

    Attributes:
        terms: Those in force; before the start the first ones, after the end the last ones.
        period: The billing period or the trial that runs; None once it has ended.
        trial_end: First instant after the trial; None without one.
        ends_at: First instant after the end, when an end is known.
    """

    state: State
    terms: Terms
    period: Span | None
    trial_end: datetime | None
    ends_at: datetime | None


def standing_of(history: History, key: str, now: datetime) -> Standing:
    """How subscription `key` stands at `now`, and when it ends if nothing more happens.

    Raises:
        PlanqlError: there is no such subscription, or a change to it cannot be made.
    """
    timeline = history.timeline(key, now)
    ending = history.timeline(key, running_until(history, now)).ending
    ends_at = None if ending is None else ending.at
    terms = timeline.terms_at(now)
    state = _state(timeline, terms, ends_at, now)
    period = None if state is State.ENDED else running_period(timeline, now)
    return Standing(state, terms, period, timeline.trial_end, ends_at)


def _state(timeline: Timeline, terms: Terms, ends_at: datetime | None, now: datetime) -> State:
    if now < timeline.started_at:
        return State.SCHEDULED
    if ends_at is not None and ends_at <= now:
        return State.ENDED
    if terms.is_paused:
        return State.PAUSED
    if timeline.trial_end is not None and now < timeline.trial_end:
        return State.TRIAL
    return State.ACTIVE

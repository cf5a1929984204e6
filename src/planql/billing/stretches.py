"""Epochs and segments while they are being laid, one after another.

Owns: which anchor counts after a change, dropping stretches of no length, the running period.
Does not own: which terms come next (`billing.walk`).

Source: INTERFACES, stories: `anchor` (docs/rules/subscriptions.md).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from planql.billing.subscriptions import Subscription
from planql.billing.terms import Terms
from planql.billing.timeline import Epoch, Segment
from planql.periods import Interval, day_start, grid, local_day


@dataclass(slots=True)
class Stretches:
    """What has been laid so far; the last segment of the last epoch is open.

    Attributes:
        laid: Epochs; only the last one is open.
        trial_end_on: The local day on which the trial ends, exclusive; None without a trial.
        time_zone: Whose days count.
    """

    laid: list[Epoch]
    trial_end_on: date | None
    bills_trial_usage: bool
    time_zone: ZoneInfo

    @classmethod
    def begin(cls, subscription: Subscription, terms: Terms, time_zone: ZoneInfo) -> "Stretches":
        """The first stretch, from the start on.

        Under `second` the first day counts whole where a period starts on it; else the rest of
        the period counts from the instant.
        """
        day = local_day(subscription.started_at, time_zone)
        trial = terms.plan.entity.trial
        trial_end = None if trial is None else day + timedelta(days=trial.days)
        anchor = subscription.anchor
        origin = (trial_end or day) if anchor == "subscription" else anchor
        interval = terms.plan.entity.billing_cycle.as_interval()
        whole = terms.basis != "second" or grid(day, interval, origin).starts_on(trial_end or day)
        start = day_start(day, time_zone) if whole else subscription.started_at
        first = Segment(start, None, terms)
        bills_usage = trial is not None and trial.bill_usage
        return cls([Epoch(origin, day, start, None, (first,))], trial_end, bills_usage, time_zone)

    @property
    def terms(self) -> Terms:
        """The terms now in force."""
        return self._epoch.segments[-1].terms

    @property
    def trial_end(self) -> datetime | None:
        """The first instant after the trial."""
        return None if self.trial_end_on is None else day_start(self.trial_end_on, self.time_zone)

    def boundary_from(self, day: date) -> date:
        """The first boundary on or after `day`; during a trial that is its end."""
        if self.trial_end_on is not None and day <= self.trial_end_on:
            return self.trial_end_on
        period = self._epoch.grid(self._epoch.interval).period_of(day)
        return day if period.start == day else period.end

    def period_end(self, asked_at: datetime) -> datetime:
        """The end of the period that runs at `asked_at`, or now if that was before an anchor."""
        day = local_day(max(asked_at, self._epoch.start), self.time_zone)
        if self.trial_end_on is not None and day < self.trial_end_on:
            return day_start(self.trial_end_on, self.time_zone)
        end = self._epoch.grid(self._epoch.interval).period_of(day).end
        return day_start(end, self.time_zone)

    def enter(
        self, terms: Terms, at: datetime, wanted: Literal["keep", "reset"] | None
    ) -> datetime:
        """Let `terms` hold from `at` on, or from the last change if that was later.

        Stretches of no length vanish.
        """
        cut = max(at, self._epoch.segments[-1].start)
        anchor = self._next_anchor(terms, cut, wanted)
        segment = Segment(cut, None, terms)
        if anchor is None:
            segments = (*_until(self._epoch.segments, cut), segment)
            self.laid[-1] = replace(self._epoch, segments=segments)
            return cut
        self._close(cut)
        self.laid.append(Epoch(anchor, local_day(cut, self.time_zone), cut, None, (segment,)))
        return cut

    def epochs(self, ends_at: datetime | None) -> tuple[Epoch, ...]:
        """What has been laid, ended at `ends_at`."""
        if ends_at is None:
            return tuple(self.laid)
        end = max(ends_at, self._epoch.segments[-1].start)
        *before, last = self._epoch.segments
        segments = (*before, replace(last, end=end))
        return (*self.laid[:-1], replace(self._epoch, end=end, segments=segments))

    @property
    def _epoch(self) -> Epoch:
        return self.laid[-1]

    def _close(self, cut: datetime) -> None:
        """End the running epoch at `cut`; one of no length vanishes."""
        epoch = self.laid.pop()
        if epoch.start < cut:
            segments = _until(epoch.segments, cut)
            self.laid.append(replace(epoch, end=cut, segments=segments, is_reset=True))

    def _next_anchor(
        self, terms: Terms, cut: datetime, wanted: Literal["keep", "reset"] | None
    ) -> Literal["calendar"] | date | None:
        """The anchor of a new epoch, or None where the running one goes on.

        A calendar stays when the cycle changes, and a trial keeps its end.
        """
        is_same = _cycle(self.terms) == _cycle(terms)
        resets = wanted == "reset" or (wanted is None and not is_same)
        if is_same and not resets:
            return None
        anchor = self._epoch.anchor
        day = local_day(cut, self.time_zone)
        in_trial = self.trial_end_on is not None and day < self.trial_end_on
        stays = in_trial or (anchor == "calendar" and not is_same)
        return day if resets and not stays else anchor


def _cycle(terms: Terms) -> Interval:
    return terms.plan.entity.billing_cycle.as_interval()


def _until(segments: tuple[Segment, ...], cut: datetime) -> tuple[Segment, ...]:
    """The segments before `cut`, the last one ended by it; one of no length vanishes."""
    *before, last = segments
    return (*before, replace(last, end=cut)) if last.start < cut else tuple(before)

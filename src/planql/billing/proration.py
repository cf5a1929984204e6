"""Proration: which part of which full period is charged, as a fraction.

::

    full period   |------------------------------|     30 days
    run                          [ ------------------->
    piece                        [---------------)     15 of 30

There is one denominator: the full, anchored billing period of the charge.

Source: RULES 7.3, 7.4, 4.4; INTERFACES, corner cases (docs/rules/proration.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, Generic, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from planql.billing.billing_periods import full_periods
from planql.billing.runs import H_co, Run
from planql.billing.terms import ONE, Basis
from planql.metering.spans import Span
from planql.periods import local_day

_MICROSECOND: Final = timedelta(microseconds=1)


class Portion(Struct, frozen=True, gc=False):
    """A part of a period, in whole local days or in seconds."""

    used: Fraction
    full: Fraction
    unit: Literal["day", "second"]

    @property
    def ratio(self) -> Fraction:
        """`used / full`, never rounded."""
        return ONE if self.used == self.full else self.used / self.full


def length(span: Span, basis: Basis, time_zone: ZoneInfo) -> Fraction:
    """How long `span` is: seconds for the basis `second`, else local days."""
    if basis == "second":
        microseconds = span.length // _MICROSECOND
        return Fraction(microseconds, 1_000_000)
    days = local_day(span.end, time_zone) - local_day(span.start, time_zone)
    return Fraction(days.days)


@dataclass(frozen=True, slots=True)
class Piece(Generic[H_co]):
    """The part of one billing period in which a run is charged.

    Attributes:
        run: Of what.
        held: What is charged.
        span: The part.
        full: The full, anchored period.
        charged_at: When it is due: at its start in advance, at the period's end in arrears.
        is_split: Whether a change, not the start or the end of the subscription, cut the period.
    """

    run: Run[H_co]
    held: H_co
    span: Span
    full: Span
    charged_at: datetime
    is_split: bool

    def portion(self, time_zone: ZoneInfo) -> Portion:
        """The part as a fraction; the basis `none` charges every period whole."""
        basis = self.held.basis
        used = full = length(self.full, basis, time_zone)
        if basis != "none" and self.span != self.full:
            used = length(self.span, basis, time_zone)
        return Portion(used, full, "second" if basis == "second" else "day")

    def allowance(self, time_zone: ZoneInfo) -> Fraction:
        """What included units, cap and minimum are multiplied by.

        Source: RULES 4.4.
        """
        mode = self.held.allowances
        if mode == "never" or (mode == "changes" and not self.is_split):
            return ONE
        return self.portion(time_zone).ratio


def in_advance(run: Run[H_co], until: datetime, time_zone: ZoneInfo) -> Iterator[Piece[H_co]]:
    """The pieces due by `until` that are charged at their start, to the end of the period.

    Under the basis `none` a run that begins inside a period is charged from the next one on.
    """
    for full in _full_periods(run, until, time_zone):
        opening = max(full.start, run.opens_at)
        start = max(opening, run.start)
        if start > until or (run.first.basis == "none" and start > opening):
            continue
        is_split = start > opening or _is_reset_stub(run, full)
        yield Piece(run, run.at(start), Span(start, full.end), full, start, is_split)


def in_arrears(
    run: Run[H_co], until: datetime, time_zone: ZoneInfo, *, is_usage: bool
) -> Iterator[Piece[H_co]]:
    """The pieces due by `until` that are charged at the end of their period.

    Under the basis `none` the run in force at the period's end is charged for the whole period;
    usage of a charge that has gone is charged, too.
    """
    for full in _full_periods(run, until, time_zone):
        opening = max(full.start, run.opens_at)
        closing = full.end if run.epoch.end is None else min(full.end, run.epoch.end)
        if closing > until:
            return
        end = closing if run.end is None else min(run.end, closing)
        span = Span(max(run.start, opening), end)
        if run.first.basis == "none":
            if _gives_way(run, closing, is_usage=is_usage):
                continue
            span = Span(opening, closing if is_usage or run.epoch.is_reset else full.end)
        was_cut = run.epoch.is_reset and closing < full.end
        is_cut = (span.start, span.end) != (opening, closing)
        is_split = is_cut or was_cut or _is_reset_stub(run, full)
        yield Piece(run, run.at(min(end, closing) - _MICROSECOND), span, full, closing, is_split)


def _gives_way(run: Run[H_co], closing: datetime, *, is_usage: bool) -> bool:
    """Whether something else is charged for the period under `none`: what holds at its end."""
    if run.end is None or run.end >= closing:
        return False
    return not is_usage or (run.next_start is not None and run.next_start < closing)


def _is_reset_stub(run: Run[H_co], full: Span) -> bool:
    """Whether the period began before the change that reset the anchor."""
    return run.follows_reset and full.start < run.opens_at


def _full_periods(run: Run[H_co], until: datetime, time_zone: ZoneInfo) -> tuple[Span, ...]:
    """The full periods that the run takes part in, as long as they start by `until`."""
    last = until if run.end is None else min(until, run.end - _MICROSECOND)
    return full_periods(run.epoch, run.first.interval, run.start, last, time_zone)

"""What a customer has used of each usage charge since it was last invoiced, and what it will cost.

The estimate is the line of the invoice that will bill it, computed with the usage known now.

Source: RULES 8.2; Polar, "customer estimates" (docs/rules/invoices.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from planql.billing.histories import History
from planql.billing.horizons import grace_of, running_until
from planql.billing.invoices import Line
from planql.billing.proration import Piece, in_arrears
from planql.billing.runs import charge_runs, is_usage
from planql.billing.terms import UsageOffer
from planql.billing.timeline import Timeline
from planql.metering.spans import Span


@dataclass(frozen=True, slots=True)
class RunningUsage:
    """One usage charge in the period that runs.

    Attributes:
        subscription: Its key.
        meter: Its key.
        charge: Its key.
        span: The time for which it is billed.
        currency: Of the amounts.
        lines: As they will be invoiced: one, or one per group.
        included_units: Free in that time; None where the charge includes none.
        cap: Greatest amount for that time; None where there is none.
    """

    subscription: str
    meter: str
    charge: str
    span: Span
    currency: str
    lines: tuple[Line, ...]
    included_units: Fraction | None
    cap: Fraction | None

    @property
    def quantity(self) -> Fraction | None:
        """What was measured; None is no value, or several groups, which need not add up."""
        return self.lines[0].quantity if len(self.lines) == 1 else None

    @property
    def amount(self) -> Fraction:
        """What it will cost, before discounts."""
        return sum((line.amount for line in self.lines), Fraction(0))


def running_usage(history: History, now: datetime) -> tuple[RunningUsage, ...]:
    """The usage of every period that runs at `now`, by subscription and charge.

    A charge that changed inside the period is there once for each of its prices.

    Raises:
        PlanqlError: the account cannot be billed by this catalog.
    """
    until = running_until(history, now)
    due = history.due(until + grace_of(history))
    lines = [line for invoice in due.invoices for line in invoice.lines if line.kind == "charge"]
    return tuple(
        _running(timeline, piece, lines)
        for timeline in due.timelines
        for piece in _pieces(timeline, until)
        if piece.span.start <= now < piece.charged_at
    )


def _pieces(timeline: Timeline, until: datetime) -> Iterator[Piece[UsageOffer]]:
    for run in charge_runs(timeline):
        if is_usage(run):
            yield from in_arrears(run, until, timeline.time_zone, is_usage=True)


def _running(timeline: Timeline, piece: Piece[UsageOffer], lines: list[Line]) -> RunningUsage:
    charge = piece.held.charge
    allowance = piece.allowance(timeline.time_zone)
    mine = (timeline.subscription, charge.key, piece.span)
    return RunningUsage(
        subscription=timeline.subscription,
        meter=charge.meter,
        charge=charge.key,
        span=piece.span,
        currency=piece.held.currency,
        lines=tuple(each for each in lines if (each.subscription, each.charge, each.span) == mine),
        included_units=_scaled(charge.included_units, allowance),
        cap=_scaled(charge.cap, allowance),
    )


def _scaled(allowance: Decimal | None, ratio: Fraction) -> Fraction | None:
    return None if allowance is None else Fraction(allowance) * ratio

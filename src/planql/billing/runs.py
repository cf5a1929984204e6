"""Runs: stretches of an epoch in which a charge, or a plan's commitment, stays unchanged.

::

    segments   [ pro v1, 5 seats   )[ pro v1, 7 seats   )[ team v1          )
    platform   [ 99.00                                  )[ 49.00            )
    seats      [ 5 x 10.00         )[ 7 x 10.00         )
    tickets    [ 0.99                                                       )   same content

Source: RULES 7.5; INTERFACES, "unchanged: no split, no credit and debit"
(docs/rules/proration.md).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Generic, Protocol, TypeGuard, TypeVar

from planql.billing.terms import Basis, Offer, SetByPlan, UsageOffer
from planql.billing.timeline import Epoch, Segment, Timeline
from planql.catalog.documents import Document
from planql.catalog.rate_plans import OneTimeCharge, ProrateAllowances, RatePlan
from planql.periods import Interval


@dataclass(frozen=True, slots=True)
class Commitment(SetByPlan):
    """The least net amount of a plan's lines per billing period, in major units."""

    amount: Decimal
    plan: Document[RatePlan]

    @property
    def charge_key(self) -> str:
        """What its lines are called."""
        return "minimum_commitment"

    @property
    def own_discounts(self) -> tuple[str, ...]:
        """No discount acts on a commitment alone."""
        return ()

    @property
    def interval(self) -> Interval:
        """Length of a billing period of the plan."""
        return self.plan.entity.billing_cycle.as_interval()

    @property
    def allowances(self) -> ProrateAllowances:
        """When it shrinks with the period."""
        return self.plan.entity.prorate_allowances

    @property
    def content(self) -> tuple[object, ...]:
        """What is committed to; two commitments with the same content are one."""
        return (self.amount, self.currency, self.basis, self.interval, self.allowances)


class Held(Protocol):
    """What a run is a run of."""

    @property
    def basis(self) -> Basis:
        """How a part of a period counts."""

    @property
    def interval(self) -> Interval:
        """Length of its billing periods."""

    @property
    def allowances(self) -> ProrateAllowances:
        """When allowances shrink with the period."""

    @property
    def content(self) -> tuple[object, ...]:
        """What makes it differ from another."""


H = TypeVar("H", bound=Held)
H_co = TypeVar("H_co", bound=Held, covariant=True)


@dataclass(frozen=True, slots=True)
class Run(Generic[H_co]):
    """A charge that stays unchanged from `start` to `end`; None is no end yet.

    Attributes:
        key: Of the charge.
        epoch: In whose billing periods it is charged.
        opens_at: Where billing begins in the epoch: its start, or the end of the trial.
        follows_reset: Whether the epoch was begun by a change, not by the start or a trial.
        parts: What is charged, by the start of what set it: names and versions may differ.
        next_start: Start of the next run of the same key in the epoch, if there is one.
    """

    key: str
    epoch: Epoch
    opens_at: datetime
    follows_reset: bool
    start: datetime
    end: datetime | None
    parts: tuple[tuple[datetime, H_co], ...]
    next_start: datetime | None = None

    def at(self, instant: datetime) -> H_co:
        """What is charged at `instant`, which lies in the run."""
        return [held for start, held in self.parts if start <= instant][-1]

    @property
    def last(self) -> H_co:
        """What is charged at the end."""
        return self.parts[-1][1]

    @property
    def first(self) -> H_co:
        """What is charged at the start."""
        return self.parts[0][1]


def charge_runs(timeline: Timeline) -> tuple[Run[Offer], ...]:
    """The runs of recurring and usage charges, by epoch, charges in the order first seen."""
    return tuple(_runs(timeline, _offers))


def is_usage(run: Run[Offer]) -> TypeGuard[Run[UsageOffer]]:
    """Whether it is a run of usage: what stays unchanged is so all along or never."""
    return isinstance(run.first, UsageOffer)


def commitment_runs(timeline: Timeline) -> tuple[Run[Commitment], ...]:
    """The runs of minimum commitments, which a pause does not stop."""
    return tuple(_runs(timeline, _commitments))


def _offers(segment: Segment, timeline: Timeline) -> Iterator[tuple[str, datetime, Offer]]:
    for offer in segment.terms.offers():
        measured = isinstance(offer, UsageOffer)
        if isinstance(offer.charge, OneTimeCharge) or (segment.terms.is_paused and not measured):
            continue
        yield offer.charge.key, _opening(timeline, is_usage=measured), offer


def _commitments(
    segment: Segment, timeline: Timeline
) -> Iterator[tuple[str, datetime, Commitment]]:
    plan = segment.terms.plan
    if plan.entity.minimum_commitment is not None:
        commitment = Commitment(plan.entity.minimum_commitment, plan)
        yield "minimum_commitment", _opening(timeline, is_usage=False), commitment


def _opening(timeline: Timeline, *, is_usage: bool) -> datetime:
    """Where a charge can begin: the end of the trial, unless usage of the trial is billed."""
    if timeline.trial_end is None or (is_usage and timeline.bills_trial_usage):
        return timeline.start
    return timeline.trial_end


def _runs(
    timeline: Timeline, held: Callable[[Segment, Timeline], Iterator[tuple[str, datetime, H]]]
) -> Iterator[Run[H]]:
    for epoch in timeline.epochs:
        runs: dict[str, list[Run[H]]] = {}
        for segment in epoch.segments:
            for key, opening, each in held(segment, timeline):
                opens_at = max(opening, epoch.start)
                start = max(opens_at, segment.start)
                if segment.end is None or start < segment.end:
                    cuts = epoch.start > opening
                    part = Run(key, epoch, opens_at, cuts, start, segment.end, ((start, each),))
                    _lay(runs.setdefault(key, []), part)
        for same in runs.values():
            yield from _linked(same)


def _lay(runs: list[Run[H]], part: Run[H]) -> None:
    """Add a segment's part of a charge to its runs: to the last one where nothing changed."""
    last = runs[-1] if runs else None
    if last is not None and last.end == part.start and last.last.content == part.first.content:
        runs[-1] = replace(last, end=part.end, parts=(*last.parts, *part.parts))
    else:
        runs.append(part)


def _linked(runs: Iterable[Run[H]]) -> Iterator[Run[H]]:
    following = None
    linked = []
    for run in reversed(list(runs)):
        linked.append(replace(run, next_start=following))
        following = run.start
    return reversed(linked)

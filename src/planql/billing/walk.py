"""Walking through a subscription's changes, in the order of time, to its timeline.

::

    changes as asked:     at 04-10 "period_end"      at 04-16 now
                               |                        |
    taken at:                  '--> boundary 05-01      '--> 04-16

Owns: when each change takes effect, what it leaves as it was, when a new anchor is set.
Does not own: what any of it costs.

Source: RULES 7; INTERFACES, stories (docs/rules/subscriptions.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum
from typing import assert_never, cast
from zoneinfo import ZoneInfo

from planql.billing.agreements import changed_terms, first_terms, migrated_terms
from planql.billing.changes import (
    Cancellation,
    Change,
    Pause,
    Resumption,
    TermsChange,
    Uncancellation,
)
from planql.billing.migrating import Move, next_move
from planql.billing.places import located
from planql.billing.stretches import Stretches
from planql.billing.subscriptions import Subscription
from planql.billing.terms import Terms
from planql.billing.timeline import Cut, Ending, Timeline
from planql.catalog.snapshot import Catalog
from planql.errors import InvalidInput
from planql.periods import day_start, local_day, one_day_later


def timeline_of(
    subscription: Subscription,
    catalog: Catalog,
    time_zone: ZoneInfo,
    as_of: datetime,
    pointer: str = "",
) -> Timeline:
    """All that is known of `subscription` at `as_of`; changes asked for later are ignored.

    Args:
        subscription: As it is written.
        catalog: Where plans, discounts and migrations are looked up.
        time_zone: Whose local days count.
        as_of: Inclusive.
        pointer: JSON pointer to the subscription in the caller's document.

    Raises:
        InvalidInput: a change that cannot be made, with its pointer.
        UnknownReference: a plan, version or discount that does not exist.
    """
    with located(pointer):
        walk = _Walk(subscription, catalog, time_zone, pointer)
    changes = sorted(enumerate(subscription.changes), key=lambda pair: pair[1].at)
    for index, change in changes:
        place = f"{pointer}/changes/{index}"
        with located(place):
            walk.check_order(change)
        if change.at <= as_of:
            walk.advance(change.at, migrating=False)
            with located(place):
                walk.take(change, place)
    walk.advance(as_of)
    return walk.timeline()


@dataclass(frozen=True, slots=True)
class _Scheduled:
    """A change of terms that waits: for the end of the running period, or for a day.

    Attributes:
        pointer: To the change in the caller's document.
    """

    change: TermsChange
    day: date | None
    pointer: str

    @property
    def asked_at(self) -> datetime:
        return self.change.at


class _Next(IntEnum):
    """What happens at an instant, in this order: after an end nothing else does."""

    END = 0
    CHANGE = 1
    MIGRATION = 2


class _Walk:
    """The state of a subscription while time goes on."""

    def __init__(
        self, subscription: Subscription, catalog: Catalog, time_zone: ZoneInfo, pointer: str
    ) -> None:
        self._subscription = subscription
        self._pointer = pointer
        self._catalog = catalog
        self._zone = time_zone
        self._scheduled: list[_Scheduled] = []
        self._cancelled_at: datetime | None = None
        self._ending: Ending | None = None
        self._cuts: list[Cut] = []
        self._notices: list[str] = []
        self._entered_on = local_day(subscription.started_at, time_zone)
        terms = first_terms(subscription, catalog, self._entered_on)
        self._stretches = Stretches.begin(subscription, terms, time_zone)

    def timeline(self) -> Timeline:
        """What the walk has found."""
        stretches = self._stretches
        ends_at = None if self._ending is None else self._ending.at
        return Timeline(
            subscription=self._subscription.key,
            time_zone=self._zone,
            started_at=self._subscription.started_at,
            epochs=stretches.epochs(ends_at),
            cuts=tuple(self._cuts),
            trial_end=stretches.trial_end,
            bills_trial_usage=stretches.bills_trial_usage,
            ending=self._ending,
            notices=tuple(self._notices),
        )

    def check_order(self, change: Change) -> None:
        """Refuse a change before the start, whether or not it is known yet."""
        if change.at < self._subscription.started_at:
            raise InvalidInput(
                "change-before-start",
                f"a change at {change.at} is before the start at {self._subscription.started_at}",
                pointer="/at",
            )

    def take(self, change: Change, pointer: str) -> None:
        """Make `change`, which stands at `pointer`, at its moment, up to which all has happened.

        One that is to wait is only noted.
        """
        if self._ending is not None:
            raise InvalidInput(
                "subscription-ended",
                f"a change at {change.at} comes after the end of the subscription",
                pointer="/at",
            )
        match change:
            case TermsChange():
                self._take_terms(change, pointer)
            case Cancellation():
                self._cancel(change)
            case Uncancellation():
                self._cancelled_at = None
            case Pause():
                self._pause(change.at, paused=True)
            case Resumption():
                self._pause(change.at, paused=False)
            case _:
                assert_never(change)

    def advance(self, until: datetime, *, migrating: bool = True) -> None:
        """Make everything happen that was to happen by `until`, inclusive.

        Args:
            until: The time to go on to.
            migrating: Whether a migration of that very instant happens, too; one comes after the
                changes of its instant.
        """
        while self._ending is None:
            move = self._next_move()
            at, what = min(self._moments(move), default=(until, None))
            is_late = what is _Next.MIGRATION and at == until and not migrating
            if what is None or at > until or is_late:
                return
            if what is _Next.END:
                self._ending = Ending(at)
            elif what is _Next.CHANGE:
                self._take_scheduled(at)
            else:
                self._migrate(cast("Move", move))

    def _moments(self, move: Move | None) -> Iterator[tuple[datetime, "_Next"]]:
        """What comes next, and when."""
        if self._cancelled_at is not None:
            yield self._stretches.period_end(self._cancelled_at), _Next.END
        for each in self._scheduled:
            yield self._due(each), _Next.CHANGE
        if move is not None:
            yield day_start(move.on, self._zone), _Next.MIGRATION

    def _due(self, scheduled: _Scheduled) -> datetime:
        if scheduled.day is not None:
            return day_start(scheduled.day, self._zone)
        return self._stretches.period_end(scheduled.asked_at)

    def _take_scheduled(self, at: datetime) -> None:
        due = [each for each in self._scheduled if self._due(each) == at]
        self._scheduled = [each for each in self._scheduled if each not in due]
        for each in due:
            with located(each.pointer):
                self._change(each.change, at)

    # Terms

    def _take_terms(self, change: TermsChange, pointer: str) -> None:
        if change.effective == "now":
            self._change(change, change.at)
            return
        day = change.effective if isinstance(change.effective, date) else None
        today = local_day(change.at, self._zone)
        if day is not None and day < today:
            raise InvalidInput(
                "effective-in-the-past",
                f'a change asked for on "{today}" cannot take effect on "{day}"',
                pointer="/effective",
            )
        self._scheduled.append(_Scheduled(change, day, pointer))

    def _change(self, change: TermsChange, at: datetime) -> None:
        now = self._stretches.terms
        terms = changed_terms(now, change, self._catalog, local_day(at, self._zone))
        self._enter(terms, at, change)

    def _pause(self, at: datetime, *, paused: bool) -> None:
        """Stop or start recurring charges; asking for what is so already changes nothing."""
        now = self._stretches.terms
        if now.is_paused is not paused:
            self._enter(replace(now, is_paused=paused), at, None)

    def _migrate(self, move: Move) -> None:
        for each in move.overtaken:
            self._notices.append(
                f'migration "{each.key}" to version {each.to_version} gives way to version '
                f'{move.to_version} on "{move.on}"'
            )
        now = self._stretches.terms
        with located(self._pointer):
            terms = migrated_terms(now, move.to_version, self._catalog)
        self._enter(terms, day_start(move.on, self._zone), None)
        self._entered_on = move.on

    def _next_move(self) -> Move | None:
        plan = self._stretches.terms.plan.entity
        documents = self._catalog.migrations.values()
        migrations = [each.entity for each in documents if each.entity.rate_plan == plan.key]
        boundary_from = self._stretches.boundary_from
        return next_move(migrations, plan.version, self._entered_on, boundary_from)

    def _enter(self, terms: Terms, at: datetime, change: TermsChange | None) -> None:
        """Let `terms` hold from `at`, or from the midnight before it, on."""
        now = self._stretches.terms
        cut = at
        if (now.basis, terms.basis) != ("second", "second"):
            cut = day_start(local_day(at, self._zone), self._zone)
        if (now.plan.entity.key, now.plan.entity.version) != (
            terms.plan.entity.key,
            terms.plan.entity.version,
        ):
            self._entered_on = local_day(at, self._zone)
        cut = self._stretches.enter(terms, cut, change.anchor if change else None)
        self._cuts.append(Cut(cut, at, change is not None and change.invoice == "next"))

    # The end

    def _cancel(self, change: Cancellation) -> None:
        if change.cancel == "period_end":
            self._cancelled_at = change.at
            return
        end = change.at
        if self._stretches.terms.basis == "day":
            end = day_start(one_day_later(local_day(end, self._zone)), self._zone)
        self._ending = Ending(end, change.at)

"""One subscription walked from point to point: what is billed at each, and when.

Every moment at which anything can happen is visited in order. At each the state before and the
state after are worked out anew and every charge is asked whether it goes on unchanged.
"""

from datetime import date, datetime

from tests.oracle.account import Step
from tests.oracle.contract import (
    State,
    changed,
    day_of,
    midnight,
    moment,
    next_midnight,
)
from tests.oracle.issuing import Issuing
from tests.oracle.lines import Line
from tests.oracle.numerals import Doc


class Walker(Issuing):
    """The walk of one subscription."""

    def point_of(self, change: Doc) -> datetime:
        """Return when a change takes effect if it does so now."""
        at = moment(change["at"])
        if self.state.basis == "second":
            return at
        opens = midnight(day_of(at, self.zone), self.zone)
        return max(opens, midnight(self.start_day, self.zone))

    def next_point(self) -> datetime:
        """Return the next moment at which something can happen."""
        points = [self.period[1]]
        points += [segment.full[1] for segment in self.open.values()]
        points += [due for _, due in self.pending]
        points += [self.point_of(change) for change in self.changes]
        points += [when for when, _ in self.scheduled]
        points += [p for p in self.migration_days() if p > self.now]
        if self.end is not None:
            points = [p for p in points if p < self.end] + [self.end]
        return min(points)

    def migration_days(self) -> list[datetime]:
        """Return the midnights on which a dated migration happens."""
        return [
            midnight(date.fromisoformat(m["at"]), self.zone)
            for m in self.catalog.get("migrations", [])
            if m["at"] != "next_period"
        ]

    def run(self) -> None:
        """Walk to `as_of`."""
        if self.started > self.as_of:
            return
        self.now = midnight(self.start_day, self.zone)
        self.visit(self.now, start=True)
        while True:
            point = self.next_point()
            last = self.end is not None and point == self.end
            due = self.end_issued if last and self.end_issued is not None else point
            if due > self.as_of:
                return
            self.now = point
            if last:
                self.finish(point, due)
                return
            self.visit(point)
            if self.end is not None and self.end <= self.now:
                return

    def take_changes(self, point: datetime) -> tuple[list[Doc], list[Doc]]:
        """Remove and return what takes effect at a point, and what is only asked for there."""
        effective = [doc for when, doc in self.scheduled if when <= point]
        self.scheduled = [item for item in self.scheduled if item[0] > point]
        mine = [change for change in self.changes if self.point_of(change) <= point]
        self.changes = [change for change in self.changes if self.point_of(change) > point]
        asked = [c for c in mine if c.get("effective") == "period_end" or "cancel" in c]
        asked += [c for c in mine if c.get("uncancel")]
        asked.sort(key=lambda c: moment(c["at"]))
        effective += [c for c in mine if c not in asked]
        return effective, asked

    def migrate(self, point: datetime, boundary: bool) -> bool:
        """Apply every migration due at this point; return whether any did."""
        done = False
        while True:
            plan = self.state.plan
            due = [
                m
                for m in self.catalog.get("migrations", [])
                if m["rate_plan"] == plan["key"]
                and m["from"] == plan.get("version")
                and self.migration_due(m, point, boundary)
            ]
            if not due:
                return done
            version = max(m["to"] for m in due)
            change = {"rate_plan": plan["key"], "version": version}
            self.state = changed(self.state, change, self.catalog, day_of(point, self.zone))
            done = True

    def migration_due(self, migration: Doc, point: datetime, boundary: bool) -> bool:
        """Return whether a migration happens at this point."""
        today = day_of(point, self.zone)
        if migration["at"] != "next_period":
            return midnight(date.fromisoformat(migration["at"]), self.zone) == point
        return boundary and date.fromisoformat(migration["announced_on"]) <= today

    def resets(self, before: State, change: Doc) -> bool:
        """Return whether a change begins a new billing period."""
        if "anchor" in change:
            return bool(change["anchor"] == "reset")
        return before.cycle != self.state.cycle

    def visit(self, point: datetime, *, start: bool = False) -> None:
        """Let everything happen that happens at one point."""
        before = self.state
        boundary = start or point >= self.period[1]
        effective, asked = self.take_changes(point)
        instant = max([point, *(moment(c["at"]) for c in effective if "at" in c)])
        if start:
            instant = max(instant, self.started)
        reset = self.take_effect(effective, point) and not boundary
        self.migrate(point, boundary)
        if self.leaves_now(asked, point):
            self.finish(point, instant)
            return
        closing = self.period
        if boundary or reset:
            self.period = self.new_period(point, start=start)
        if self.trial_ended(point):
            self.commit(self.period[0] if start else point, fresh=reset, closed=boundary or reset)
            self.closing_full = self.period_full
            self.period_full = self.full(point, self.state.cycle)
        lines = self.settle(point, before, reset=reset, instant=instant)
        self.ask(asked)
        if boundary or reset:
            ends = None if start else closing
            self.issue(Step("boundary", instant, lines, self.state, ends))
        elif lines or self.minimums:
            wait = bool(effective) and all(c.get("invoice") == "next" for c in effective)
            self.issue(Step("change", instant, lines, self.state), wait=wait)

    def take_effect(self, effective: list[Doc], point: datetime) -> bool:
        """Apply changes in order; return whether any begins a new billing period."""
        reset = False
        for change in effective:
            was = self.state
            self.state = changed(self.state, change, self.catalog, day_of(point, self.zone))
            resets = self.resets(was, change) and self.trial_ended(point)
            same = was.cycle == self.state.cycle
            if resets and (same or self.anchor != "calendar"):
                self.anchor, self.anchored = "subscription", day_of(point, self.zone)
            reset = reset or resets
        return reset

    def leaves_now(self, asked: list[Doc], point: datetime) -> bool:
        """Return whether an immediate cancellation falls on the very point."""
        if self.state.basis == "day":
            return False
        return any(c.get("cancel") == "now" and moment(c["at"]) == point for c in asked)

    def ask(self, asked: list[Doc]) -> None:
        """Note cancellations and scheduled changes."""
        for change in asked:
            at = moment(change["at"])
            if change.get("uncancel"):
                self.end = self.end_issued = None
            elif change.get("cancel") == "now":
                by_day = self.state.basis == "day"
                self.end = next_midnight(at, self.zone) if by_day else at
                self.end_issued = at
            elif change.get("cancel") == "period_end":
                self.end, self.end_issued = self.period[1], None
            else:
                self.scheduled.append((self.period[1], change))

    def new_period(self, point: datetime, *, start: bool) -> tuple[datetime, datetime]:
        """Return the billing period that begins at a point."""
        if point < self.trial_end:
            return point, self.trial_end
        full = self.full(point, self.state.cycle)
        opens = point
        whole = full[0] == point
        if start and self.state.basis == "second" and not whole:
            opens = self.started
        return opens, full[1]

    def finish(self, point: datetime, instant: datetime) -> None:
        """Bill everything that is still open when the subscription ends."""
        self.end = point
        lines: list[Line] = []
        closing = self.period
        for segment in self.open.values():
            segment.end = min(point, segment.full[1])
            if segment.holding.advance:
                lines += self.credit(segment, point)
                continue
            self.end_without_basis(segment, point)
            if segment.start != segment.end:
                self.pending.append((segment, point))
        if self.committed:
            whole = self.state.basis == "none"
            self.committed[-1].end = self.period[1] if whole else point
        self.closing_full = self.period_full
        self.open.clear()
        self.pending = [(segment, point) for segment, _ in self.pending]
        lines += self.bill_pending(point, instant)
        kind = "end" if instant >= closing[1] else "final"
        self.issue(Step(kind, instant, lines, self.state, (closing[0], point)))
        self.issue_rest()

    def issue_rest(self) -> None:
        """Issue what came after the final invoice, on the day on which it came."""
        last = self.steps[-1].instant
        closed = day_of(last, self.zone)
        moments = [moment(entry["at"]) for entry in self.sub.get("adjustments", [])]
        moments += self.records.recorded()
        days = {}
        for at in sorted(at for at in moments if at > last):
            due = at if day_of(at, self.zone) > closed else next_midnight(at, self.zone)
            if due <= self.as_of:
                days[day_of(due, self.zone)] = due
        for due in days.values():
            self.issue(Step("rest", due, [], self.state))

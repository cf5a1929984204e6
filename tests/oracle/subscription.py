"""One subscription walked from point to point: what is billed at each, and when.

Every moment at which anything can happen is visited in order. At each the state before and the
state after are worked out anew and every charge is asked whether it goes on unchanged.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.contract import (
    Holding,
    State,
    changed,
    day_of,
    find_plan,
    holdings,
    midnight,
    moment,
    next_midnight,
    redeemed,
)
from tests.oracle.discounts import Ledger, apply_scope, free_units
from tests.oracle.lines import (
    Line,
    Records,
    Segment,
    allowance,
    length,
    part,
    recurring_amount,
    usage_amounts,
)
from tests.oracle.numerals import Doc, RefusedError, money, number, round_money
from tests.oracle.periods import anchor_day, calendar_anchor, full_period

ZERO = Fraction(0)


@dataclass
class Step:
    """One occasion on which a subscription is invoiced."""

    kind: str
    instant: datetime
    lines: list[Line]
    state: State
    ends: tuple[datetime, datetime] | None = None


@dataclass
class Committed:
    """A stretch under one minimum commitment."""

    start: datetime
    plan: Doc
    by_change: bool
    end: datetime | None = None


@dataclass
class Walker:
    """The walk of one subscription."""

    story: Doc
    sub: Doc
    records: Records
    as_of: datetime
    ledger: Ledger
    steps: list[Step] = field(default_factory=list)
    open: dict[str, Segment] = field(default_factory=dict)
    pending: list[tuple[Segment, datetime]] = field(default_factory=list)
    closed: list[Segment] = field(default_factory=list)
    entered: set[str] = field(default_factory=set)
    deferred: list[Line] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    credits: list[tuple[Line, Fraction]] = field(default_factory=list)
    minimums: list[tuple[Segment, list[Line]]] = field(default_factory=list)
    committed: list[Committed] = field(default_factory=list)
    issued: list[Line] = field(default_factory=list)
    adjusted: int = 0

    def __post_init__(self) -> None:
        """Work out the start."""
        self.zone: ZoneInfo = self.records.zone
        self.catalog: Doc = self.story["catalog"]
        self.started = moment(self.sub["started_at"])
        self.start_day = day_of(self.started, self.zone)
        plan = find_plan(
            self.catalog, self.sub["rate_plan"], self.sub.get("version"), self.start_day
        )
        self.state = State(
            plan,
            dict(self.sub.get("quantities", {})),
            tuple(self.sub.get("overrides", [])),
            redeemed(self.catalog, self.sub.get("discounts", [])),
        )
        trial = plan.get("trial", {})
        self.trial_end = midnight(self.start_day + timedelta(days=trial.get("days", 0)), self.zone)
        self.bill_trial_usage = bool(trial.get("bill_usage"))
        self.anchor: str = self.sub.get("anchor", "subscription")
        self.anchored = day_of(self.trial_end, self.zone)
        self.changes = sorted(
            (c for c in self.sub.get("changes", []) if moment(c["at"]) <= self.as_of),
            key=lambda c: moment(c["at"]),
        )
        for change in self.changes:
            if moment(change["at"]) < self.started:
                raise RefusedError("a change before the start")
        self.scheduled: list[tuple[datetime, Doc]] = []
        self.end: datetime | None = None
        self.end_issued: datetime | None = None
        self.period = (self.started, self.started)
        self.closing_full = self.period_full = self.period

    # -- points ---------------------------------------------------------------------------

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

    # -- state ----------------------------------------------------------------------------

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

    # -- visiting a point -----------------------------------------------------------------

    def visit(self, point: datetime, *, start: bool = False) -> None:
        """Let everything happen that happens at one point."""
        before = self.state
        in_trial = point < self.trial_end
        boundary = start or point >= self.period[1]
        effective, asked = self.take_changes(point)
        instant = max([point, *(moment(c["at"]) for c in effective if "at" in c)])
        if start:
            instant = max(instant, self.started)
        reset = False
        for change in effective:
            was = self.state
            self.state = changed(self.state, change, self.catalog, day_of(point, self.zone))
            reset = reset or (self.resets(was, change) and not in_trial)
            if reset and self.anchor != "calendar":
                self.anchor, self.anchored = "subscription", day_of(point, self.zone)
        self.migrate(point, boundary)
        reset = reset and not boundary
        if self.leaves_now(asked, point):
            self.finish(point, instant)
            return
        fresh_period = boundary or reset
        closing = self.period
        if fresh_period:
            self.period = self.new_period(point, start=start)
        if not in_trial:
            self.commit(self.period[0] if start else point, fresh=reset, closed=fresh_period)
            self.closing_full = self.period_full
            self.period_full = self.full(point, self.state.cycle)
        if in_trial and not self.trial_ended(point):
            later = False
        else:
            later = bool(effective) and all(c.get("invoice") == "next" for c in effective)
        lines = self.settle(point, before, reset=reset, instant=instant)
        self.ask(asked)
        kind = "boundary" if fresh_period else "change"
        if kind == "change" and not effective:
            kind = "inside"
        if later and kind == "change":
            self.deferred += lines
            return
        ends = closing if fresh_period and not start else None
        self.issue(Step(kind, instant, lines, self.state, ends))

    def leaves_now(self, asked: list[Doc], point: datetime) -> bool:
        """Return whether an immediate cancellation falls on the very point."""
        if self.state.basis == "day":
            return False
        return any(c.get("cancel") == "now" and moment(c["at"]) == point for c in asked)

    def trial_ended(self, point: datetime) -> bool:
        """Return whether the trial is over at a point."""
        return point >= self.trial_end

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

    def full(self, point: datetime, cycle: Any) -> tuple[datetime, datetime]:  # noqa: ANN401
        """Return the full, anchored period of a cycle that holds a point."""
        day = day_of(point, self.zone)
        if self.anchor == "calendar":
            anchor = calendar_anchor(day, cycle)
        else:
            anchor = anchor_day(self.anchor, self.anchored, cycle)
        first, last = full_period(anchor, cycle, day)
        return midnight(first, self.zone), midnight(last, self.zone)

    # -- charges --------------------------------------------------------------------------

    def held(self, point: datetime) -> dict[str, Holding]:
        """Return what is billed from this point on."""
        found = holdings(self.state)
        kept = {}
        for key, holding in found.items():
            if key not in self.order:
                self.order.append(key)
            kind = holding.charge["type"]
            trial = not self.trial_ended(point)
            if kind == "one_time":
                continue
            if kind == "recurring" and (trial or self.state.paused):
                continue
            if kind == "usage" and trial and not self.bill_trial_usage:
                continue
            kept[key] = holding
        return kept

    def settle(
        self, point: datetime, before: State, *, reset: bool, instant: datetime
    ) -> list[Line]:
        """Close, bill and open every charge at a point."""
        wanted = self.held(point)
        lines = self.one_time(point)
        for key in dict.fromkeys([*self.open, *wanted]):
            old, new = self.open.get(key), wanted.get(key)
            over = old is not None and (point >= old.full[1] or reset)
            if before.basis == "none" and not over and not reset and old is not None:
                old.latest = new
                continue
            if old is not None and (over or old.holding != new):
                lines += self.close(old, point, over=over, reset=reset)
                del self.open[key]
            if new is not None and key not in self.open:
                lines += self.start_segment(new, point, mid=old is None or not over)
        return lines + self.bill_pending(point, instant)

    def one_time(self, point: datetime) -> list[Line]:
        """Return the one-time charges entered for the first time."""
        lines = []
        for key, holding in holdings(self.state).items():
            if holding.charge["type"] == "one_time" and key not in self.entered:
                self.entered.add(key)
                amount = recurring_amount(holding, Fraction(1))
                lines.append(
                    Line(key, "charge", point, point, amount, holding.plan, any_period=True)
                )
        return lines

    def start_segment(self, holding: Holding, point: datetime, *, mid: bool) -> list[Line]:
        """Open a charge at a point and bill it when it is billed in advance."""
        full = self.full(point, holding.cycle) if self.trial_ended(point) else self.period
        opens = max(point, full[0])
        if self.period[0] > point:
            opens = self.period[0]
        basis = self.state.basis
        begun = opens in (full[0], self.period[0])
        segment = Segment(holding, opens, full, not begun and mid, basis)
        if basis == "none" and begun:
            segment.whole = True
        self.open[holding.key] = segment
        segment.latest = holding
        if basis == "none" and not begun:
            segment.waiting = True
            segment.start = max(full[0], self.period[0])
            return []
        if not holding.advance:
            return []
        fraction = Fraction(1) if segment.whole else part(segment, self.zone)
        amount = recurring_amount(holding, fraction)
        segment.line = Line(holding.key, "charge", opens, full[1], amount, holding.plan)
        return [segment.line]

    def close(self, segment: Segment, point: datetime, *, over: bool, reset: bool) -> list[Line]:
        """End a charge at a point: a credit in advance, a segment to bill in arrears."""
        segment.end = min(point, segment.full[1])
        segment.closed_by_change = not over or reset
        if segment.holding.advance:
            return self.credit(segment, point)
        if segment.basis == "none" and segment.latest is not None:
            segment.holding = segment.latest
        elif segment.basis == "none" and segment.holding.charge["type"] == "recurring":
            return []
        if segment.start < segment.end:
            due = point if over else segment.full[1]
            self.pending.append((segment, due))
        return []

    def credit(self, segment: Segment, point: datetime) -> list[Line]:
        """Return the credit for the unused part of an in-advance line."""
        line = segment.line
        if line is None or point >= line.end or segment.basis == "none":
            return []
        start = max(point, line.start)
        unused = length(start, line.end, segment.basis, self.zone)
        share = unused / length(line.start, line.end, segment.basis, self.zone)
        credit = Line(line.charge, "credit", start, line.end, ZERO, line.plan)
        credit.gives_back = line
        amount = -round_money(line.net * share, line.plan["currency"])
        credit.amount = amount
        self.credits.append((credit, share))
        return [credit]

    # -- arrears --------------------------------------------------------------------------

    def bill_pending(self, point: datetime, instant: datetime) -> list[Line]:
        """Bill every ended segment that is due."""
        lines: list[Line] = []
        kept = []
        for segment, due in self.pending:
            if due > point:
                kept.append((segment, due))
            elif segment.holding.charge["type"] == "usage":
                lines += self.usage_lines(segment, instant)
            else:
                lines.append(self.arrears_line(segment))
        self.pending = kept
        return lines

    def arrears_line(self, segment: Segment) -> Line:
        """Return the line of a recurring segment billed after it."""
        holding = segment.holding
        fraction = Fraction(1) if segment.basis == "none" else part(segment, self.zone)
        amount = recurring_amount(holding, fraction)
        end = segment.end or segment.full[1]
        return Line(holding.key, "charge", segment.start, end, amount, holding.plan)

    def usage_lines(self, segment: Segment, instant: datetime) -> list[Line]:
        """Return the lines of a usage segment, with its minimum noted for later."""
        holding = segment.holding
        free = free_units(self.ledger, self.state, holding.plan, holding.charge)
        amounts = usage_amounts(segment, self.records, instant, free)
        segment.billed = sum(amounts, ZERO)
        end = segment.end or segment.full[1]
        self.closed.append(segment)
        lines = [
            Line(holding.key, "charge", segment.start, end, amount, holding.plan)
            for amount in amounts
        ]
        self.minimums.append((segment, lines))
        return lines

    def top_ups(self) -> list[Line]:
        """Return the top-up of every usage segment just billed, after charge discounts."""
        found = []
        for segment, lines in self.minimums:
            charge, plan = segment.holding.charge, segment.holding.plan
            if "minimum" not in charge:
                continue
            wanted = money(charge["minimum"], plan["currency"])
            wanted = round_money(wanted * allowance(segment, self.zone), plan["currency"])
            missing = wanted - sum((line.after("charges") for line in lines), ZERO)
            if missing > 0:
                end = segment.end or segment.full[1]
                found.append(Line(charge["key"], "minimum", segment.start, end, missing, plan))
        self.minimums = []
        return found

    def late(self, instant: datetime) -> list[Line]:
        """Return what usage recorded since it was billed adds to each billed segment."""
        lines = []
        for segment in self.closed:
            holding = segment.holding
            free = free_units(self.ledger, self.state, holding.plan, holding.charge)
            now = sum(usage_amounts(segment, self.records, instant, free), ZERO)
            if now != segment.billed:
                end = segment.end or segment.full[1]
                amount = now - segment.billed
                segment.billed = now
                lines.append(
                    Line(holding.key, "late_usage", segment.start, end, amount, holding.plan)
                )
        return lines

    # -- the end --------------------------------------------------------------------------

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
            if segment.start < (segment.end or segment.full[1]):
                self.pending.append((segment, point))
        if self.committed:
            self.committed[-1].end = point
        self.closing_full = self.period_full
        self.open.clear()
        self.pending = [(segment, point) for segment, _ in self.pending]
        lines += self.bill_pending(point, instant)
        kind = "end" if instant >= closing[1] else "final"
        self.issue(Step(kind, instant, lines, self.state, (closing[0], point)))
        self.issue_rest()

    def issue_rest(self) -> None:
        """Issue what came after the final invoice."""
        self.issue(Step("rest", self.as_of, [], self.state))

    def end_without_basis(self, segment: Segment, point: datetime) -> None:
        """Under basis none, end a segment on its latest terms, recurring ones in full."""
        if segment.basis != "none":
            return
        if segment.latest is not None:
            segment.holding = segment.latest
        if segment.holding.charge["type"] == "recurring":
            segment.end = segment.full[1]
            if segment.latest is None:
                segment.start = segment.end
        else:
            segment.end = min(point, segment.full[1])

    # -- an invoice -----------------------------------------------------------------------

    def issue(self, step: Step) -> None:
        """Complete the lines of one occasion: late usage, discounts, minimums, adjustments."""
        currency = step.state.plan["currency"]
        if step.kind in ("boundary", "end"):
            self.ledger.open_period()
        if step.kind == "final":
            self.ledger.fresh()
        for credit, unused in self.credits:
            self.ledger.give_back(credit, unused)
        self.credits = []
        lines = step.lines + self.deferred + self.late(step.instant)
        self.deferred = []
        self.sort(lines)
        apply_scope(self.ledger, step.state, lines, "charges", currency)
        lines += self.top_ups()
        self.sort(lines)
        if step.ends is not None:
            lines += self.commitments(lines, step.ends)
        for scope in ("rate_plan", "invoice"):
            apply_scope(self.ledger, step.state, lines, scope, currency)
        self.ledger.remember(lines)
        self.issued += lines
        lines += self.adjustments(step.instant)
        step.lines = lines
        self.steps.append(step)

    def sort(self, lines: list[Line]) -> None:
        """Put lines in the order of their charges, periods, credits first."""
        lines.sort(
            key=lambda line: (self.order.index(line.charge), line.start, line.kind != "credit")
        )

    def commit(self, point: datetime, *, fresh: bool, closed: bool) -> None:
        """Follow the plan's minimum commitment from stretch to stretch."""
        terms = ("minimum_commitment", "prorate_allowances")
        last = self.committed[-1] if self.committed and self.committed[-1].end is None else None
        plan = self.state.plan
        same = last is not None and all(last.plan.get(t) == plan.get(t) for t in terms)
        if last is not None and self.state.basis == "none" and not closed:
            last.plan = plan
            return
        if last is not None and (closed or not same):
            last.end = point
            last.by_change = last.by_change or not closed or fresh
        if last is None or last.end is not None:
            self.committed.append(Committed(point, plan, by_change=not closed and not fresh))

    def commitments(self, now: list[Line], ends: tuple[datetime, datetime]) -> list[Line]:
        """Return the top-up of every minimum commitment of a closed period."""
        found = []
        for stretch in [c for c in self.committed if c.end is not None]:
            self.committed.remove(stretch)
            if "minimum_commitment" not in stretch.plan or stretch.end is None:
                continue
            missing = self.wanted(stretch, ends) - self.net_in(now, stretch)
            if missing > 0:
                found.append(
                    Line(
                        "minimum_commitment",
                        "minimum",
                        stretch.start,
                        stretch.end,
                        missing,
                        stretch.plan,
                    )
                )
        return found

    def wanted(self, stretch: Committed, ends: tuple[datetime, datetime]) -> Fraction:
        """Return the commitment of a stretch, smaller when allowances shrink."""
        plan = stretch.plan
        whole = money(plan["minimum_commitment"], plan["currency"])
        policy = plan.get("prorate_allowances", "changes")
        if policy == "never" or (policy == "changes" and not stretch.by_change):
            return whole
        basis = self.state.basis
        full = self.closing_full
        used = length(stretch.start, stretch.end or ends[1], basis, self.zone)
        return round_money(whole * used / length(*full, basis, self.zone), plan["currency"])

    def net_in(self, now: list[Line], stretch: Committed) -> Fraction:
        """Return the net lines, before wider discounts, that began in a stretch."""
        total = ZERO
        for line in [*self.issued, *now]:
            root = line.gives_back or line
            inside = stretch.end is not None and stretch.start <= root.start < stretch.end
            if inside and line.charge != "minimum_commitment":
                total += line.after("charges")
        return total

    def adjustments(self, instant: datetime, *, rest: bool = False) -> list[Line]:
        """Return the manual credits given up to an instant and not yet invoiced."""
        listed = sorted(self.sub.get("adjustments", []), key=lambda a: moment(a["at"]))
        lines = []
        for entry in listed[self.adjusted :]:
            at = moment(entry["at"])
            if at > (self.as_of if rest else instant):
                break
            self.adjusted += 1
            amount = number(entry["amount"])
            lines.append(
                Line("adjustment", "adjustment", at, at, amount, self.state.plan, any_period=True)
            )
        return lines

"""What one subscription has been billed so far, and its anchored periods."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from tests.oracle.contract import State, day_of, find_plan, midnight, moment, redeemed
from tests.oracle.discounts import Ledger
from tests.oracle.lines import Line, Records, Segment
from tests.oracle.numerals import Doc, RefusedError
from tests.oracle.periods import Cycle, anchor_day, calendar_anchor, full_period


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
class Account:
    """One subscription: its terms, its open charges and the lines it has been billed."""

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
        self.by_reset = False
        self.closing_full = self.period_full = self.period

    def full(self, point: datetime, cycle: Cycle) -> tuple[datetime, datetime]:
        """Return the full, anchored period of a cycle that holds a point."""
        day = day_of(point, self.zone)
        if self.anchor == "calendar":
            anchor = calendar_anchor(day, cycle)
        else:
            anchor = anchor_day(self.anchor, self.anchored, cycle)
        first, last = full_period(anchor, cycle, day)
        return midnight(first, self.zone), midnight(last, self.zone)

    def trial_ended(self, point: datetime) -> bool:
        """Return whether the trial is over at a point."""
        return point >= self.trial_end

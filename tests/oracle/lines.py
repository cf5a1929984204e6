"""Invoice lines and the prices on them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from tests.oracle.contract import Holding, day_of, midnight, moment
from tests.oracle.metering import measure, seconds
from tests.oracle.models import amount_of
from tests.oracle.numerals import Doc, money, number, round_money
from tests.oracle.rate import capped, declared_quantity, price_groups, units_included

ZERO = Fraction(0)


@dataclass(eq=False)
class Line:
    """One line: net is its amount less its discounts, each kept with its scope."""

    charge: str
    kind: str
    start: datetime
    end: datetime
    amount: Fraction
    plan: Doc
    discounts: list[tuple[str, str, Fraction]] = field(default_factory=list)
    gives_back: "Line | None" = None
    at_once: bool = False

    @property
    def net(self) -> Fraction:
        """Return what is charged after all discounts."""
        return self.amount - sum((cut for _, _, cut in self.discounts), ZERO)

    def after(self, scope: str) -> Fraction:
        """Return the amount after the discounts of one scope only."""
        return self.amount - sum((cut for _, s, cut in self.discounts if s == scope), ZERO)


@dataclass(eq=False)
class Segment:
    """A stretch in which one charge held unchanged inside one of its full, anchored periods."""

    holding: Holding
    start: datetime
    full: tuple[datetime, datetime]
    opened_by_change: bool
    basis: str
    end: datetime | None = None
    closed_by_change: bool = False
    line: Line | None = None
    latest: Holding | None = None
    waiting: bool = False
    whole: bool = False
    billed: dict[object, Fraction] = field(default_factory=dict)


def length(start: datetime, end: datetime, basis: str, zone: ZoneInfo) -> Fraction:
    """Return the local days between two points, or the seconds under basis second."""
    if basis == "second":
        return seconds(start, end)
    return Fraction((day_of(end, zone) - day_of(start, zone)).days)


def part(segment: Segment, zone: ZoneInfo) -> Fraction:
    """Return the segment's share of its full period."""
    end = segment.end or segment.full[1]
    used = length(segment.start, end, segment.basis, zone)
    return used / length(*segment.full, segment.basis, zone)


def allowance(segment: Segment, zone: ZoneInfo) -> Fraction:
    """Return what the segment's included units, cap and minimum are multiplied by."""
    policy = "never" if segment.basis == "none" else segment.holding.policy
    split = segment.opened_by_change or segment.closed_by_change
    if policy == "always" or (policy == "changes" and split):
        return part(segment, zone)
    return Fraction(1)


def recurring_amount(holding: Holding, fraction: Fraction) -> Fraction:
    """Return a recurring or one-time amount for a part of its period, rounded once."""
    currency = holding.plan["currency"]
    quantity = declared_quantity(holding.charge, holding.quantity)
    included = number(holding.charge.get("included_units", "0"))
    full = amount_of(holding.charge["model"], quantity, (), included).amount
    return round_money(full * fraction, currency)


@dataclass(frozen=True)
class Records:
    """The usage of a story and the customer's zone."""

    events: Sequence[Doc]
    totals: Sequence[Doc]
    meters: Sequence[Doc]
    zone: ZoneInfo

    def meter(self, key: str) -> Doc:
        """Return a meter by its key."""
        return next(meter for meter in self.meters if meter["key"] == key)

    def known_events(self, known_at: datetime) -> list[Doc]:
        """Return the events recorded at or before an instant."""
        return [
            event
            for event in self.events
            if moment(event.get("recorded_at") or event["time"]) <= known_at
        ]

    def recorded(self) -> list[datetime]:
        """Return when each event and daily total became known."""
        found = [moment(event.get("recorded_at") or event["time"]) for event in self.events]
        for row in self.totals:
            opens = midnight(day_of_text(row["date"]), self.zone)
            found.append(moment(row["recorded_at"]) if "recorded_at" in row else opens)
        return found

    def total(
        self, meter: str, span: tuple[datetime, datetime], known_at: datetime
    ) -> Fraction | None:
        """Return the daily totals of the days that begin inside a span, None without any."""
        total: Fraction | None = None
        for row in self.totals:
            opens = midnight(day_of_text(row["date"]), self.zone)
            recorded = moment(row["recorded_at"]) if "recorded_at" in row else opens
            inside = span[0] <= opens < span[1]
            if row["meter"] == meter and inside and recorded <= known_at:
                total = (total or ZERO) + number(row["quantity"])
        return total


def day_of_text(text: str) -> date:
    """Return a date."""
    return date.fromisoformat(text)


def usage_amounts(
    segment: Segment, records: Records, known_at: datetime, free: Fraction
) -> dict[object, Fraction]:
    """Return the rounded and capped lines of a usage segment, by group."""
    charge, currency = segment.holding.charge, segment.holding.plan["currency"]
    end = segment.end or segment.full[1]
    span = (segment.start, end)
    meter = records.meter(charge["meter"])
    totals = records.total(charge["meter"], span, known_at)
    measured = measure(
        charge,
        meter,
        records.known_events(known_at),
        span,
        full=seconds(*segment.full),
        totals=totals,
    )
    factor = allowance(segment, records.zone)
    included = units_included(charge, free) * factor
    _, rounded = price_groups(charge, currency, measured, included)
    cap = None
    if "cap" in charge:
        cap = round_money(money(charge["cap"], currency) * factor, currency)
    keys: list[object] = [group.key for group in measured.groups] or [None]
    return dict(zip(keys, capped(rounded, cap, currency), strict=True))

"""Lines while an invoice is being made: what later steps must know of them.

Owns: making lines from rated pieces, from what is given back, from what is missing to a minimum.
Does not own: prices (`planql.rating`) or when anything is due (`billing.account`).
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from planql.billing.invoices import ZERO, Line, LineDiscount, LineKind, Source
from planql.billing.measurements import Measurement
from planql.billing.proration import Portion
from planql.billing.runs import Commitment
from planql.billing.terms import Basis, Offer
from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan
from planql.metering.measured import Group
from planql.metering.spans import Span
from planql.money import plain, round_amount
from planql.periods import day_start, local_day
from planql.problems import escape_pointer
from planql.rating.lines import RatedLine, Step, StepKind


class Draft(Struct, frozen=True, gc=False):
    """A line, and what decides which discounts and minimums act on it.

    Attributes:
        line: As far as it is known.
        held: What set its price: a charge or a commitment of a plan; None for an adjustment.
        currency: Of the line.
        counted: What it adds towards the plan's minimum commitment: net of the charge's own
            discounts, before those of plan and invoice.
        measured: How its usage was measured; None where there is no usage.
    """

    line: Line
    held: Offer | Commitment | None
    currency: str
    counted: Fraction
    measured: Measurement | None = None

    @property
    def is_discountable(self) -> bool:
        """Credits carry their discount already, adjustments take none, nor does what is free."""
        return self.line.kind not in ("credit", "adjustment") and self.line.net > 0

    def discounted(self, discount: str, amount: Fraction, *, counts: bool) -> "Draft":
        """The draft after `discount` took `amount`; `counts` for the charge's own discounts."""
        if amount == 0:
            return self
        line = replace(self.line, discounts=(*self.line.discounts, LineDiscount(discount, amount)))
        return replace(self, line=line, counted=self.counted - amount if counts else self.counted)


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes lines of one subscription.

    Attributes:
        subscription: Its key.
        time_zone: Whose days count.
        commit: The catalog's git commit.
        late_lines: How many were written, by what they would be called were each the only one.
    """

    subscription: str
    time_zone: ZoneInfo
    commit: str | None
    late_lines: Counter[str] = field(default_factory=Counter)

    def rated(
        self,
        offer: Offer,
        span: Span,
        rated: RatedLine,
        portion: Portion,
        measured: Measurement | None = None,
    ) -> Draft:
        """The line of a rated piece, or of one group of it."""
        line = Line(
            id=self._id(offer.charge.key, offer.plan, span, "charge", rated.group),
            subscription=self.subscription,
            charge=offer.charge.key,
            name=offer.charge.name,
            kind="charge",
            span=span,
            in_days=offer.basis != "second",
            quantity=rated.quantity,
            unrounded_amount=rated.unrounded_amount,
            amount=rated.amount,
            portion=portion,
            steps=rated.steps,
            source=self._source(offer.plan, offer.pointer),
            group=rated.group,
            note=rated.note,
        )
        return Draft(line, offer, offer.currency, rated.amount, measured)

    def top_up(
        self, held: Offer | Commitment, span: Span, amount: Fraction, portion: Portion
    ) -> Draft:
        """The line of what is missing to a minimum; `amount` may be unrounded."""
        rounded = round_amount(amount, held.currency)
        charge = held.charge_key
        name = held.charge.name if isinstance(held, Offer) else "Minimum commitment"
        pointer = f"{held.pointer}/minimum" if isinstance(held, Offer) else "/minimum_commitment"
        line = Line(
            id=self._id(charge, held.plan, span, "minimum"),
            subscription=self.subscription,
            charge=charge,
            name=name,
            kind="minimum",
            span=span,
            in_days=held.basis != "second",
            quantity=None,
            unrounded_amount=amount,
            amount=rounded,
            portion=portion,
            steps=_steps("minimum", amount, rounded),
            source=self._source(held.plan, pointer),
        )
        return Draft(line, held, held.currency, rounded if isinstance(held, Offer) else ZERO)

    def credit(self, charged: Draft, unused: Span, portion: Portion) -> Draft:
        """The line that gives `unused` back: a share of what was actually charged.

        Args:
            charged: The line it gives back, discounts and all.
            unused: The end of that line's period.
            portion: `unused` over the length of that line.
        """
        amount = -charged.line.net * portion.ratio
        rounded = round_amount(amount, charged.currency)
        line = replace(
            charged.line,
            id=f"{charged.line.id}/credit/{bound(unused.start, self.time_zone)}",
            kind="credit",
            span=unused,
            unrounded_amount=amount,
            amount=rounded,
            portion=portion,
            steps=_steps("proration", amount, rounded),
            discounts=(),
            note=f"gives back a part of the {plain(charged.line.net)} that was charged",
        )
        counted = round_amount(-charged.counted * portion.ratio, charged.currency)
        return Draft(line, charged.held, charged.currency, counted)

    def adjustment(
        self, amount: Fraction, reason: str, day: Span, currency: str, number: int
    ) -> Draft:
        """The line of a manual credit or debit."""
        on = local_day(day.start, self.time_zone)
        rounded = round_amount(amount, currency)
        line = Line(
            id=f"{self.subscription}/adjustment/{number}/{on}",
            subscription=self.subscription,
            charge="adjustment",
            name=reason,
            kind="adjustment",
            span=day,
            in_days=True,
            quantity=None,
            unrounded_amount=amount,
            amount=rounded,
            portion=None,
            steps=_steps("flat", amount, rounded),
            note=reason,
        )
        return Draft(line, None, currency, ZERO)

    def late(self, before: Draft, amount: Fraction, rated: RatedLine, issued_on: date) -> Draft:
        """The line of usage that came after its period was invoiced.

        Args:
            before: The line of all usage now known, as if it were invoiced for the period.
            amount: The price of all usage now known, less what was billed.
            rated: All usage now known.
            issued_on: Day of the invoice.
        """
        billed = Step("already_billed", amount - rated.amount)
        line = replace(
            before.line,
            id=self._late_id(before, issued_on),
            kind="late_usage",
            quantity=rated.quantity,
            unrounded_amount=amount,
            amount=amount,
            steps=(*rated.steps, billed),
            discounts=(),
            note=rated.note,
        )
        return replace(before, line=line, counted=amount)

    def late_top_up(self, top_up: Draft, issued_on: date) -> Draft:
        """The line of what late usage changes in a top-up that was billed."""
        line = replace(top_up.line, id=self._late_id(top_up, issued_on), kind="late_usage")
        return replace(top_up, line=line)

    def _late_id(self, before: Draft, issued_on: date) -> str:
        """The day tells several late lines of a period apart, a number several of one day."""
        name = f"{before.line.id}/late_usage/{issued_on}"
        self.late_lines[name] += 1
        number = self.late_lines[name]
        return name if number == 1 else f"{name}/{number}"

    def _id(
        self,
        charge: str,
        plan: Document[RatePlan],
        span: Span,
        kind: LineKind,
        group: Group = (),
    ) -> str:
        version = f"{plan.entity.key}@{plan.entity.version}"
        start, end = (bound(each, self.time_zone) for each in (span.start, span.end))
        parts = [self.subscription, charge, version, f"{start}--{end}"]
        parts += [kind] if kind != "charge" else []
        return "/".join(parts) + "".join(_grouped(*each) for each in group)

    def _source(self, plan: Document[RatePlan], pointer: str) -> Source:
        is_file = plan.name is not None
        return Source(
            path=plan.path if is_file else plan.path + pointer,
            line=plan.lines.get(pointer),
            rate_plan=plan.entity.key,
            version=plan.entity.version,
            commit=self.commit,
        )


def basis_of(line: Line) -> Basis:
    """In what a line's length is counted."""
    return "day" if line.in_days else "second"


@lru_cache(maxsize=1 << 10)
def bound(instant: datetime, time_zone: ZoneInfo) -> str:
    """A bound in an id: a local day where it is the start of one, else the instant."""
    day = local_day(instant, time_zone)
    return str(day) if day_start(day, time_zone) == instant else f"{instant:%Y-%m-%dT%H:%M:%S.%fZ}"


def _grouped(name: str, value: str | None) -> str:
    """A group in an id; what is missing is "~", which no value is once it is escaped."""
    text = "~" if value is None else escape_pointer(value).removeprefix("/")
    return f"{escape_pointer(name)}={text}"


def _steps(kind: StepKind, amount: Fraction, rounded: Fraction) -> tuple[Step, ...]:
    """The one term of a line, and its rounding where there is any."""
    step = Step(kind, amount)
    return (step,) if amount == rounded else (step, Step("rounding", rounded - amount))

"""Opening, closing and pricing the charges of a subscription at a point in time."""

from datetime import datetime
from fractions import Fraction

from tests.oracle.account import Account
from tests.oracle.contract import Holding, State, day_of, holdings, midnight, next_midnight
from tests.oracle.discounts import free_units
from tests.oracle.lines import (
    Line,
    Segment,
    length,
    part,
    recurring_amount,
    usage_amounts,
)
from tests.oracle.numerals import round_money

ZERO = Fraction(0)


class Charging(Account):
    """Asks every charge at a point whether it goes on unchanged, and bills accordingly."""

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
        self.by_reset = reset
        wanted = self.held(point)
        lines = self.one_time(point)
        for key in dict.fromkeys([*self.open, *wanted]):
            old, new = self.open.get(key), wanted.get(key)
            over = old is not None and (point >= old.full[1] or reset)
            if old is not None and new is not None and not over and old.holding == new:
                old.holding = new
            if before.basis == "none" and not over and not reset and old is not None:
                old.latest = new
                continue
            if old is not None and (over or old.holding != new):
                lines += self.close(old, point, over=over, reset=reset)
                del self.open[key]
            if new is not None and key not in self.open:
                mid = old is None or not over or reset
                lines += self.start_segment(new, point, mid=mid)
        if reset:
            self.pending = [(segment, point) for segment, _ in self.pending]
        return lines + self.bill_pending(point, instant)

    def one_time(self, point: datetime) -> list[Line]:
        """Return the one-time charges entered for the first time."""
        lines = []
        start, end = max(point, self.period[0]), next_midnight(point, self.zone)
        for key, holding in holdings(self.state).items():
            if holding.charge["type"] == "one_time" and key not in self.entered:
                self.entered.add(key)
                amount = recurring_amount(holding, Fraction(1))
                line = Line(key, "charge", start, end, amount, holding.plan, at_once=True)
                lines.append(line)
        return lines

    def start_segment(self, holding: Holding, point: datetime, *, mid: bool) -> list[Line]:
        """Open a charge at a point and bill it when it is billed in advance."""
        full = self.full(point, holding.cycle) if self.trial_ended(point) else self.period
        opens = max(point, full[0])
        if self.period[0] > point:
            opens = self.period[0]
        basis = self.state.basis
        begun = opens in (full[0], self.period[0])
        part_of = opens != full[0] if self.by_reset else not begun
        segment = Segment(holding, opens, full, part_of and mid, basis)
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
        segment.billed = usage_amounts(segment, self.records, instant, free)
        end = self.shown_end(segment)
        self.closed.append(segment)
        lines = [
            Line(holding.key, "charge", segment.start, end, amount, holding.plan)
            for amount in segment.billed.values()
        ]
        self.minimums.append((segment, lines))
        return lines

    def shown_end(self, segment: Segment) -> datetime:
        """Return where a line ends: without proration bounds are local days."""
        end = segment.end or segment.full[1]
        if segment.basis != "none" or end == midnight(day_of(end, self.zone), self.zone):
            return end
        return next_midnight(end, self.zone)

    def late(self, instant: datetime) -> list[Line]:
        """Return what usage recorded since it was billed adds to each billed segment."""
        lines = []
        for segment in self.closed:
            holding = segment.holding
            free = free_units(self.ledger, self.state, holding.plan, holding.charge)
            now = usage_amounts(segment, self.records, instant, free)
            end = self.shown_end(segment)
            if None in segment.billed and None not in now:
                segment.billed[next(iter(now))] = segment.billed.pop(None)
            for group in {**segment.billed, **now}:
                amount = now.get(group, ZERO) - segment.billed.get(group, ZERO)
                if amount:
                    lines.append(
                        Line(holding.key, "late_usage", segment.start, end, amount, holding.plan)
                    )
            segment.billed = now
        return lines

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

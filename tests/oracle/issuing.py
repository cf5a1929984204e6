"""Completing the lines of one occasion: discounts in order, minimums, adjustments."""

from datetime import datetime
from fractions import Fraction

from tests.oracle.account import Committed, Step
from tests.oracle.charging import Charging
from tests.oracle.contract import moment
from tests.oracle.discounts import apply_scope
from tests.oracle.lines import Line, allowance, length
from tests.oracle.numerals import money, number, round_money

ZERO = Fraction(0)


class Issuing(Charging):
    """Turns what charges cost at a point into the lines of an invoice."""

    def issue(self, step: Step, *, wait: bool = False) -> None:
        """Complete the lines of one occasion: late usage, discounts, minimums, adjustments.

        Lines that wait are discounted with their own period and shown on the next invoice.
        """
        currency = step.state.plan["currency"]
        if step.kind in ("boundary", "end"):
            self.ledger.open_period()
        if step.kind == "final":
            self.ledger.fresh()
        lines = step.lines + ([] if wait else self.late(step.instant))
        self.ledger.give_back(self.credits)
        self.credits = []
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
        if wait:
            self.deferred += lines
            return
        step.lines = self.deferred + lines + self.adjustments(step.instant)
        self.deferred = []
        self.steps.append(step)

    def sort(self, lines: list[Line]) -> None:
        """Put lines in the order of their charges, periods, credits first."""
        lines.sort(
            key=lambda line: (self.order.index(line.charge), line.start, line.kind != "credit")
        )

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
                end = self.shown_end(segment)
                found.append(Line(charge["key"], "minimum", segment.start, end, missing, plan))
        self.minimums = []
        return found

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
            stub = fresh and point != self.full(point, self.state.cycle)[0]
            by_change = stub or not (closed or fresh)
            self.committed.append(Committed(point, plan, by_change=by_change))

    def commitments(self, now: list[Line], ends: tuple[datetime, datetime]) -> list[Line]:
        """Return the top-up of every minimum commitment of a closed period."""
        found = []
        for stretch in [c for c in self.committed if c.end is not None]:
            self.committed.remove(stretch)
            if "minimum_commitment" not in stretch.plan or stretch.end is None:
                continue
            missing = self.wanted(stretch, ends) - self.net_in(now, stretch, ends)
            missing = round_money(missing, stretch.plan["currency"])
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
        if self.state.basis == "none":
            return whole
        if policy == "never" or (policy == "changes" and not stretch.by_change):
            return whole
        basis = self.state.basis
        full = self.closing_full
        used = length(stretch.start, stretch.end or ends[1], basis, self.zone)
        return whole * used / length(*full, basis, self.zone)

    def net_in(
        self, now: list[Line], stretch: Committed, ends: tuple[datetime, datetime]
    ) -> Fraction:
        """Return the closed period's net lines, before wider discounts, each spread by time.

        A line with a credit counts for the part that was used.
        """
        total = ZERO
        lines = [*self.issued, *now]
        credited = {id(line.gives_back): line for line in lines if line.gives_back is not None}
        for line in lines:
            if line.at_once and stretch.start <= line.start < (stretch.end or ends[1]):
                total += line.after("charges")
                continue
            credit = credited.get(id(line))
            end = credit.start if credit else line.end
            first, last = max(line.start, stretch.start), min(end, stretch.end or ends[1])
            skipped = line.charge == "minimum_commitment" or line.kind == "credit"
            skipped = skipped or line.at_once
            if first < last and not skipped:
                used = length(first, last, self.state.basis, self.zone)
                kept = length(line.start, end, self.state.basis, self.zone)
                whole = length(line.start, line.end, self.state.basis, self.zone)
                net = line.after("charges")
                if credit is not None:
                    net -= round_money(net * (whole - kept) / whole, stretch.plan["currency"])
                total += net * used / kept
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
            lines.append(Line("adjustment", "adjustment", at, at, amount, self.state.plan))
        return lines

"""Posting: the lines of invoices go to the rows they belong to, day by day.

Owns: revenue by recognition, quantities, who claims which usage for its cost.
Does not own: how a line is spread (`simulation.accrual`), costs (`simulation.usage_costs`).

Source: RULES 9.2, 9.3 (docs/rules/simulation.md).
"""

from collections.abc import Sequence
from datetime import datetime

from planql.billing.drafts import Draft
from planql.billing.invoices import Invoice
from planql.billing.measurements import Measurement
from planql.charge_models.scales import Scaled, scaled_quantity
from planql.simulation.accrual import accrue, accrue_usage
from planql.simulation.claims import Claim
from planql.simulation.day_ranges import touched
from planql.simulation.entries import Entry, entries_of
from planql.simulation.ledger import Ledger
from planql.simulation.metered_days import MeteredDays, metered_days
from planql.simulation.premises import Premises
from planql.simulation.results import Recognition


class Posting:
    """Takes invoices in the order of issue.

    Attributes:
        claims: The usage pieces that were billed, those outside the range included.
    """

    def __init__(self, premises: Premises, recognition: Recognition, ledger: Ledger) -> None:
        self.claims: list[Claim] = []
        self._premises = premises
        self._days = premises.days
        self._is_accrual = recognition == "accrual"
        self._ledger = ledger
        self._prices: dict[tuple[str, str, datetime], list[int]] = {}

    def post(self, invoice: Invoice, drafts: Sequence[Draft]) -> None:
        """Post the lines of an invoice, given with what set their prices."""
        for entry in entries_of(drafts):
            if self._days.overlaps(entry.line.span):
                if entry.measured is None:
                    self._post_fixed(entry)
                else:
                    self._post_usage(entry, entry.measured)
            elif entry.measured is not None and entry.line.kind == "charge":
                self.claims.append(self._claim(entry, entry.measured, None))
            if not self._is_accrual:
                issued_on = invoice.issued_on.toordinal()
                self._ledger.add_revenue(entry.row, entry.line.name, issued_on, [entry.net])

    def _post_fixed(self, entry: Entry) -> None:
        """Fees, credits, adjustments, top-ups; of fees the quantity stands all day."""
        line = entry.line
        if self._is_accrual:
            spread = accrue(entry, self._days.time_zone)
            self._ledger.add_revenue(entry.row, line.name, spread.first, spread.values)
        if line.kind in ("charge", "credit") and line.quantity is not None:
            quantity = scaled_quantity(line.quantity)
            standing = -quantity if line.kind == "credit" else quantity
            first, count = touched(line.span, self._days.time_zone)
            self._ledger.add_quantity(entry.row, line.name, first, [standing] * count)

    def _post_usage(self, entry: Entry, measured: Measurement) -> None:
        """Usage as it was known when it was billed; its quantities as they are known now."""
        line = entry.line
        meter = self._premises.catalog.meter(measured.piece.held.charge.meter)
        then = self._premises.usage.at(measured.known_at, line.span.end)
        billed = metered_days(measured, meter, then, self._days.time_zone)
        if self._is_accrual:
            self._accrue_usage(entry, billed)
        if line.kind == "charge":
            now = self._premises.known(line.span)
            known = billed
            if now is not then:
                known = metered_days(measured, meter, now, self._days.time_zone)
            self._ledger.add_usage(entry.row, line.name, known.first, known.cumulatives)
            self.claims.append(self._claim(entry, measured, known.cumulatives))

    def _accrue_usage(self, entry: Entry, billed: MeteredDays) -> None:
        line = entry.line
        piece = (line.subscription, line.charge, line.span.start)
        before = self._prices.get(piece, ())
        spread = accrue_usage(entry, billed.first, billed.prices, before)
        self._prices[piece] = billed.prices
        self._ledger.add_revenue(entry.row, line.name, spread.first, spread.values)

    def _claim(self, entry: Entry, measured: Measurement, running: list[Scaled] | None) -> Claim:
        """What the piece carries the cost of; groups add up where they are summed unrounded."""
        charge = measured.piece.held.charge
        meter = self._premises.catalog.meter(charge.meter)
        adds_up = meter.aggregation.additive and meter.rounding is None
        return Claim(
            entry.row,
            entry.line.name,
            meter,
            measured.piece.span,
            measured.piece.full,
            charge.filter,
            running if adds_up or not charge.group_by else None,
        )

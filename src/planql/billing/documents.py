"""The JSON of invoices and their lines.

Source: INTERFACES, stories (docs/rules/invoices.md).
"""

from datetime import UTC, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from planql.billing.due import Due
from planql.billing.invoices import Invoice, Line, Source
from planql.billing.proration import Portion
from planql.money import currency_digits, fixed, grouped, plain
from planql.periods import day_start, local_day, one_day_later
from planql.rating.documents import step_document

Document = dict[str, object]


def due_document(due: Due, time_zone: ZoneInfo) -> Document:
    """What `invoice -` answers: the invoices, and notices where there are any."""
    invoices = [invoice_document(invoice, time_zone) for invoice in due.invoices]
    notices = {"notices": list(due.notices)} if due.notices else {}
    return {"invoices": invoices, **notices}


def invoice_document(invoice: Invoice, time_zone: ZoneInfo) -> Document:
    """An invoice; its amounts have the digits of its currency.

    Args:
        invoice: As it was computed.
        time_zone: The customer's, in which the bounds of lines are local days.
    """
    digits = currency_digits(invoice.currency)
    return {
        "issued_on": str(invoice.issued_on),
        "currency": invoice.currency,
        "lines": [line_document(line, digits, time_zone) for line in invoice.lines],
        "subtotal": fixed(invoice.subtotal, digits),
        "discount_total": fixed(invoice.discount_total, digits),
        "total": fixed(invoice.total, digits),
        "balance_applied": fixed(invoice.balance_applied, digits),
        "amount_due": fixed(invoice.amount_due, digits),
        "balance": fixed(invoice.balance, digits),
    }


def line_document(line: Line, digits: int, time_zone: ZoneInfo) -> Document:
    """A line; a group and a note only where there are such."""
    return {
        "id": line.id,
        "subscription": line.subscription,
        "charge": line.charge,
        "name": line.name,
        "kind": line.kind,
        "period": {
            "start": bound_text(line.span.start, line, time_zone),
            "end": bound_text(line.span.end, line, time_zone),
        },
        "quantity": None if line.quantity is None else plain(line.quantity),
        "unrounded_amount": plain(line.unrounded_amount),
        "amount": fixed(line.amount, digits),
        "fraction": None if line.portion is None else portion_document(line.portion),
        "steps": [step_document(step) for step in line.steps],
        "discounts": [
            {"discount": each.discount, "amount": fixed(each.amount, digits)}
            for each in line.discounts
        ],
        "source": None if line.source is None else source_document(line.source),
        **({"group": dict(line.group)} if line.group else {}),
        **({"note": line.note} if line.note else {}),
    }


def portion_document(portion: Portion) -> Document:
    """A part of a period."""
    return {"used": plain(portion.used), "full": plain(portion.full), "unit": portion.unit}


def source_document(source: Source) -> Document:
    """Where a price is written."""
    return {
        "path": source.path,
        "line": source.line,
        "rate_plan": source.rate_plan,
        "version": source.version,
        "commit": source.commit,
    }


def bound_text(instant: datetime, line: Line, time_zone: ZoneInfo) -> str:
    """A bound of a line's period: a local date for `day` and `none`, a UTC instant for `second`.

    A day of which a part is used is in the period: the end is the day after it.
    """
    if not line.in_days:
        return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
    day = local_day(instant, time_zone)
    is_whole = instant != line.span.end or day_start(day, time_zone) == instant
    return str(day if is_whole else one_day_later(day))


def amount_text(amount: Fraction, currency: str) -> str:
    """An amount with its currency, for people: "1,041.37 USD"."""
    return f"{grouped(fixed(amount, currency_digits(currency)))} {currency}"

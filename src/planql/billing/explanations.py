"""An invoice as a person would do the sum on paper.

Owns: the words. Does not own: the steps of a line (`planql.rating.explanations`).

Source: RULES 8.3 (docs/rules/invoices.md).
"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from planql.billing.documents import amount_text, bound_text
from planql.billing.invoices import Invoice, Line, Source
from planql.money import currency_digits, fixed, grouped, plain
from planql.rating.explanations import sum_of


def explain_invoice(invoice: Invoice, time_zone: ZoneInfo) -> str:
    """Every line with its working, then the sums; amounts in the invoice's currency."""
    parts = [f"Invoice of {invoice.issued_on}"]
    parts += [_explained(line, invoice.currency, time_zone) for line in invoice.lines]
    return "\n\n".join([*parts, "\n".join(_sums(invoice))])


def _explained(line: Line, currency: str, time_zone: ZoneInfo) -> str:
    start, end = (bound_text(each, line, time_zone) for each in (line.span.start, line.span.end))
    head = f"{line.name} ({line.subscription}, {line.kind}), {start} to {end}"
    return "\n".join([head, *(f"  {row}" for row in _rows(line, currency))])


def _rows(line: Line, currency: str) -> Iterator[str]:
    if line.group:
        yield ", ".join(f"{name} = {value or '(missing)'}" for name, value in line.group)
    if line.quantity is not None:
        yield f"quantity {grouped(plain(line.quantity))}"
    if line.note:
        yield line.note
    if line.portion is not None and line.portion.used != line.portion.full:
        portion = line.portion
        yield f"part of the period: {plain(portion.used)} of {plain(portion.full)} {portion.unit}s"
    yield from sum_of(line.steps, currency, line.amount)
    digits = currency_digits(currency)
    for each in line.discounts:
        yield f'less discount "{each.discount}" {grouped(fixed(each.amount, digits))}'
    if line.source is not None:
        yield f"price: {_place(line.source)}"


def _place(source: Source) -> str:
    at = f":{source.line}" if source.line else ""
    commit = f" at {source.commit}" if source.commit else ""
    return f"{source.rate_plan} version {source.version}, {source.path}{at}{commit}"


def _sums(invoice: Invoice) -> Iterator[str]:
    """The sums that are worth a row: the balance only where there is one."""
    yield f"subtotal    {amount_text(invoice.subtotal, invoice.currency)}"
    if invoice.discount_total:
        yield f"discounts  -{amount_text(invoice.discount_total, invoice.currency)}"
    yield f"total       {amount_text(invoice.total, invoice.currency)}"
    if invoice.balance_applied:
        yield f"credit     -{amount_text(invoice.balance_applied, invoice.currency)}"
    yield f"amount due  {amount_text(invoice.amount_due, invoice.currency)}"
    if invoice.balance:
        yield f"credit left {amount_text(invoice.balance, invoice.currency)}"

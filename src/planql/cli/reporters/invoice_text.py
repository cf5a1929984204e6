"""An invoice as a table for people."""

from fractions import Fraction
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from planql.billing.documents import bound_text
from planql.billing.invoices import Invoice, Line
from planql.money import currency_digits, fixed, grouped, plain


def invoice_table(invoice: Invoice, time_zone: ZoneInfo) -> Table:
    """Lines with their periods and discounts, then the sums."""
    table = Table(
        title=f"Invoice of {invoice.issued_on}, {invoice.currency}", box=None, title_justify="left"
    )
    for name in ("line", "from", "to"):
        table.add_column(name)
    for name in ("quantity", "amount", "discount"):
        table.add_column(name, justify="right")
    digits = currency_digits(invoice.currency)
    for line in invoice.lines:
        table.add_row(*_cells(line, digits, time_zone))
    table.add_section()
    for name, amount in _sums(invoice):
        table.add_row(name, "", "", "", _money(amount, digits), "")
    return table


def _cells(line: Line, digits: int, time_zone: ZoneInfo) -> list[Text]:
    group = "".join(f", {name} = {value or '(missing)'}" for name, value in line.group)
    name = f"{line.name}{group}" + ("" if line.kind == "charge" else f" ({line.kind})")
    discount = _money(-line.discount_total, digits) if line.discounts else ""
    cells = [
        name,
        bound_text(line.span.start, line, time_zone),
        bound_text(line.span.end, line, time_zone),
        "" if line.quantity is None else grouped(plain(line.quantity)),
        _money(line.amount, digits),
        discount,
    ]
    return [Text(cell) for cell in cells]


def _sums(invoice: Invoice) -> list[tuple[str, Fraction]]:
    """The sums worth a row: total and amount due, and of the others those that are not 0."""
    sums = {
        "subtotal": invoice.subtotal,
        "discounts": -invoice.discount_total,
        "total": invoice.total,
        "credit used": -invoice.balance_applied,
        "amount due": invoice.amount_due,
        "credit left": invoice.balance,
    }
    always = ("total", "amount due")
    return [(name, amount) for name, amount in sums.items() if amount or name in always]


def _money(amount: Fraction, digits: int) -> str:
    return grouped(fixed(amount, digits))

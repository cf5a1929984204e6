"""What is still to be issued: every invoice that is due, less what was issued before.

::

    due by now, computed anew     [ A ][ B ][ C ]
    issued, never changed         [ A ][ B']
    to be issued                            [ C, with B's corrections ]

Issued invoices never change. Where the computation now says something else about a day that was
invoiced, such as after a change later on the day of an invoice, the lines that no longer hold are
given back and the new ones are charged, on the next invoice to be issued. So what was issued
always sums to what is due.

Owns: that difference, its invoice, the balance carried on from the last one issued.
Does not own: what is due (`billing.due`); numbers and storage (`planql.stores`).

Source: RULES 8.2, 8.4 (docs/rules/invoices.md).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from planql.billing.customers import Customer
from planql.billing.invoices import Invoice, Line
from planql.rating.lines import Step

_GIVEN_BACK = "/given-back"


@dataclass(frozen=True, slots=True)
class NewInvoice:
    """An invoice to be issued.

    Attributes:
        ordinal: How many invoices of that currency and day were issued before it.
    """

    invoice: Invoice
    ordinal: int


def invoices_to_issue(
    due: Sequence[Invoice], issued: Sequence[Invoice], customer: Customer, today: date
) -> tuple[NewInvoice, ...]:
    """The invoices that bring what was issued up to what is due.

    Args:
        due: Every invoice that is due, computed from the whole history.
        issued: Every invoice issued before, in the order of issue.
        customer: For the credit before the first invoice.
        today: The day of an invoice that only corrects earlier ones.
    """
    currencies = dict.fromkeys(invoice.currency for invoice in (*due, *issued))
    return tuple(
        new
        for currency in currencies
        for new in _in_currency(
            [invoice for invoice in due if invoice.currency == currency],
            [invoice for invoice in issued if invoice.currency == currency],
            Fraction(customer.opening_balance(currency)),
            today,
        )
    )


def _in_currency(
    due: Sequence[Invoice], issued: Sequence[Invoice], opening: Fraction, today: date
) -> Iterator[NewInvoice]:
    days = Counter(invoice.issued_on for invoice in issued)
    first_times = [invoice for invoice in due if invoice.issued_on not in days]
    corrections = _corrections(
        [line for invoice in due if invoice.issued_on in days for line in invoice.lines],
        outstanding(issued),
    )
    new = [(invoice.issued_on, invoice.lines) for invoice in first_times]
    if corrections and new:
        new[0] = (new[0][0], (*corrections, *new[0][1]))
    elif corrections:
        new = [(today, corrections)]
    balance = issued[-1].balance if issued else opening
    for day, lines in new:
        currency = (first_times or issued)[0].currency
        invoice = Invoice(day, currency, lines, balance)
        balance = invoice.balance
        yield NewInvoice(invoice, days[day])


def outstanding(issued: Iterable[Invoice]) -> dict[str, Line]:
    """The lines that were issued and not given back, by id."""
    lines: dict[str, Line] = {}
    for invoice in issued:
        for line in invoice.lines:
            if line.id.endswith(_GIVEN_BACK):
                del lines[line.id.removesuffix(_GIVEN_BACK)]
            else:
                lines[line.id] = line
    return lines


def _corrections(due: Sequence[Line], held: dict[str, Line]) -> tuple[Line, ...]:
    """What is given back of the lines held, and charged instead."""
    wanted = {line.id: line for line in due}
    wrong = [line for line in held.values() if not _agrees(wanted.get(line.id), line)]
    missing = [line for line in due if line.amount and not _agrees(held.get(line.id), line)]
    return (*(_given_back(line) for line in wrong if line.net), *missing)


def _agrees(one: Line | None, other: Line) -> bool:
    """Whether two lines ask for the same money."""
    return one is not None and (one.amount, one.discounts) == (other.amount, other.discounts)


def _given_back(line: Line) -> Line:
    return replace(
        line,
        id=line.id + _GIVEN_BACK,
        kind="credit",
        quantity=None,
        unrounded_amount=-line.net,
        amount=-line.net,
        portion=None,
        steps=(Step("flat", amount=-line.net),),
        discounts=(),
        note="given back: invoiced before what changed it was known",
    )

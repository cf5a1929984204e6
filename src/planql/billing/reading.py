"""Reading an invoice back from its JSON: the inverse of `billing.documents`.

An issued invoice is explained and compared from the document that was stored, never computed
again. Numbers come back as they were printed: one without a finite expansion has 12 decimals.

Source: RULES 8.4; INTERFACES, stories (docs/rules/invoices.md).
"""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from planql.billing.invoices import Invoice, Line, LineDiscount, Source
from planql.billing.proration import Portion
from planql.metering.spans import Span
from planql.periods import day_start
from planql.rating.lines import Step

_DATE_LENGTH = len("2026-01-01")

Members = Mapping[str, Any]


def read_invoice(document: Members, time_zone: ZoneInfo) -> Invoice:
    """The invoice that a document of `billing.documents.invoice_document` stands for.

    Args:
        document: As it was stored; members it does not know are let pass.
        time_zone: The customer's, in which the bounds of lines are local days.
    """
    total, due = Fraction(document["total"]), Fraction(document["amount_due"])
    return Invoice(
        issued_on=date.fromisoformat(document["issued_on"]),
        currency=document["currency"],
        lines=tuple(_line(line, time_zone) for line in document["lines"]),
        opening_balance=Fraction(document["balance"]) + total - due,
    )


def _line(members: Members, time_zone: ZoneInfo) -> Line:
    start, end = members["period"]["start"], members["period"]["end"]
    portion = members["fraction"]
    return Line(
        id=members["id"],
        subscription=members["subscription"],
        charge=members["charge"],
        name=members["name"],
        kind=members["kind"],
        span=Span(_bound(start, time_zone), _bound(end, time_zone)),
        in_days=len(start) == _DATE_LENGTH,
        quantity=_number(members["quantity"]),
        unrounded_amount=Fraction(members["unrounded_amount"]),
        amount=Fraction(members["amount"]),
        portion=None if portion is None else _portion(portion),
        steps=tuple(_step(step) for step in members["steps"]),
        discounts=tuple(
            LineDiscount(each["discount"], Fraction(each["amount"]))
            for each in members["discounts"]
        ),
        source=None if members["source"] is None else Source(**members["source"]),
        group=tuple(members.get("group", {}).items()),
        note=members.get("note", ""),
    )


def _bound(text: str, time_zone: ZoneInfo) -> datetime:
    if len(text) == _DATE_LENGTH:
        return day_start(date.fromisoformat(text), time_zone)
    return datetime.fromisoformat(text)


def _portion(members: Members) -> Portion:
    return Portion(Fraction(members["used"]), Fraction(members["full"]), members["unit"])


def _step(members: Members) -> Step:
    return Step(
        kind=members["kind"],
        amount=Fraction(members["amount"]),
        quantity=_number(members.get("quantity")),
        unit_amount=_number(members.get("unit_amount")),
        flat_amount=_number(members.get("flat_amount")),
        percentage=_number(members.get("percentage")),
        tier=members.get("tier"),
        event=members.get("event"),
        discount=members.get("discount"),
    )


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)

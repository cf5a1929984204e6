"""Invoices and their lines, as a preview or as issued."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import strawberry

from planql.billing import invoices
from planql.billing.due import Due
from planql.billing.proration import Portion as ChargedPortion
from planql.gateway.scalars import CurrencyCode
from planql.gateway.types.enums import LineKind, PortionUnit
from planql.gateway.types.money import Money, money
from planql.gateway.types.ratings import GroupValue
from planql.gateway.types.steps import Step, StepViews
from planql.metering.spans import Span
from planql.periods import local_day


@strawberry.type(description="What a line is for: from its start to its end, the end excluded.")
class LinePeriod:
    """The period of a line."""

    starts_on: date | None = strawberry.field(
        description="First local day; null where it is counted by seconds."
    )
    ends_on: date | None = strawberry.field(
        description="First local day after it; null where it is counted by seconds."
    )
    starts_at: datetime = strawberry.field(description="First instant.")
    ends_at: datetime = strawberry.field(description="First instant after it.")


@strawberry.type(description="The part of a full billing period that is charged: used / full.")
class Portion:
    """A fraction, its two numbers kept apart."""

    used: Fraction = strawberry.field(description="How much of the period is charged.")
    full: Fraction = strawberry.field(description="How long the full, anchored period is.")
    unit: PortionUnit = strawberry.field(description="What both are counted in.")


@strawberry.type(description="What one discount took from a line.")
class LineDiscount:
    """A discount's share of a line."""

    discount: str = strawberry.field(description="Key of the discount.")
    amount: Money = strawberry.field(description="What it took, above 0.")


@strawberry.type(description="Where the price of a line is written.")
class LineSource:
    """A line of a file of a commit."""

    path: str = strawberry.field(description="The file, as a path inside the catalog's repository.")
    line: int | None = strawberry.field(
        description="The line, counted from 1; null when the price was given with the question."
    )
    rate_plan: str = strawberry.field(description="Key of the rate plan.")
    version: int = strawberry.field(description="Version of the rate plan.")
    commit: str | None = strawberry.field(
        description="The git commit; null when the catalog was read from a directory."
    )


@strawberry.type(description="A line of an invoice: amount - discounts is what it adds.")
class InvoiceLine:
    """An invoice's line."""

    id: str = strawberry.field(description="The same in every preview and on the invoice.")
    subscription: str = strawberry.field(description="Key of the subscription.")
    charge: str = strawberry.field(
        description="Key of the charge; `minimum_commitment` for the plan's own minimum."
    )
    name: str = strawberry.field(description="What it is called on the invoice.")
    kind: LineKind = strawberry.field(description="What it is.")
    period: LinePeriod = strawberry.field(description="What it is for.")
    group: list[GroupValue] = strawberry.field(
        description="What its usage has in common; empty where usage is not split."
    )
    quantity: Fraction | None = strawberry.field(
        description="Before included units; null is no value, or nothing to count."
    )
    unrounded_amount: Money = strawberry.field(description="Before rounding and cap.")
    amount: Money = strawberry.field(description="Before discounts; below 0 on a credit.")
    net: Money = strawberry.field(description="What it adds to the total.")
    portion: Portion | None = strawberry.field(
        description="The part of the period that is charged; null where none was taken."
    )
    steps: list[Step] = strawberry.field(description="The terms that sum to the amount.")
    discounts: list[LineDiscount] = strawberry.field(description="What discounts took, in order.")
    note: str | None = strawberry.field(description="What a reader should know; null is nothing.")
    source: LineSource | None = strawberry.field(
        description="Where its price is written; null for an adjustment."
    )


@strawberry.type(description="What is due at one time, in one currency.")
class Invoice:
    """An invoice."""

    issued_on: date = strawberry.field(description="Local day of the customer.")
    currency: CurrencyCode = strawberry.field(description="Of every amount in it.")
    lines: list[InvoiceLine] = strawberry.field(description="At least one.")
    subtotal: Money = strawberry.field(description="Sum of the lines before discounts.")
    discount_total: Money = strawberry.field(description="Sum of the discounts.")
    total: Money = strawberry.field(description="Subtotal - discounts; below 0 becomes credit.")
    balance_applied: Money = strawberry.field(description="Credit that is used up.")
    amount_due: Money = strawberry.field(description="What is left to pay; never below 0.")
    balance: Money = strawberry.field(description="Credit that is left afterwards.")


@strawberry.type(description="Every invoice due in a story, computed as the billing run does.")
class InvoicePreview:
    """A preview."""

    invoices: list[Invoice] = strawberry.field(description="In the order of issue.")
    amounts_due: list[Money] = strawberry.field(
        description="What is to be paid in all, one amount per currency."
    )
    empty_because: str | None = strawberry.field(
        description="Why there is no invoice; null when there is one."
    )
    notices: list[str] = strawberry.field(
        description="What a person should know, such as a migration that gave way to another."
    )


def sums_due(found: Iterable[invoices.Invoice]) -> list[Money]:
    """What is to be paid in all, one amount per currency."""
    sums: dict[str, Fraction] = {}
    for each in found:
        sums[each.currency] = sums.get(each.currency, Fraction(0)) + each.amount_due
    return [money(amount, currency) for currency, amount in sorted(sums.items())]


def invoice_preview(due: Due, as_of: datetime, time_zone: ZoneInfo) -> InvoicePreview:
    """What is due, as the schema shows it; `time_zone` is the customer's."""
    found = due.invoices
    nothing = f"nothing is invoiced at or before {as_of.isoformat()}"
    return InvoicePreview(
        invoices=[invoice_view(each, time_zone) for each in found],
        amounts_due=sums_due(found),
        empty_because=None if found else nothing,
        notices=list(due.notices),
    )


def invoice_view(found: invoices.Invoice, time_zone: ZoneInfo) -> Invoice:
    """An invoice as the schema shows it; `time_zone` is the customer's."""
    currency = found.currency
    return Invoice(
        issued_on=found.issued_on,
        currency=CurrencyCode(currency),
        lines=[line_view(line, currency, time_zone) for line in found.lines],
        subtotal=money(found.subtotal, currency),
        discount_total=money(found.discount_total, currency),
        total=money(found.total, currency),
        balance_applied=money(found.balance_applied, currency),
        amount_due=money(found.amount_due, currency),
        balance=money(found.balance, currency),
    )


def line_view(line: invoices.Line, currency: str, time_zone: ZoneInfo) -> InvoiceLine:
    """A line as the schema shows it; `time_zone` is the customer's."""
    return InvoiceLine(
        id=line.id,
        subscription=line.subscription,
        charge=line.charge,
        name=line.name,
        kind=LineKind(line.kind),
        period=span_view(line.span, time_zone, in_days=line.in_days),
        group=[GroupValue(property=name, value=value) for name, value in line.group],
        quantity=line.quantity,
        unrounded_amount=money(line.unrounded_amount, currency),
        amount=money(line.amount, currency),
        net=money(line.net, currency),
        portion=None if line.portion is None else _portion(line.portion),
        steps=StepViews(currency).of(line.steps),
        discounts=[_discount(each, currency) for each in line.discounts],
        note=line.note or None,
        source=None if line.source is None else _source(line.source),
    )


def span_view(span: Span, time_zone: ZoneInfo, *, in_days: bool) -> LinePeriod:
    """A period as the schema shows it; `in_days` says whether its bounds are local days."""
    return LinePeriod(
        starts_on=local_day(span.start, time_zone) if in_days else None,
        ends_on=local_day(span.end, time_zone) if in_days else None,
        starts_at=span.start,
        ends_at=span.end,
    )


def _portion(portion: ChargedPortion) -> Portion:
    return Portion(used=portion.used, full=portion.full, unit=PortionUnit(portion.unit))


def _discount(each: invoices.LineDiscount, currency: str) -> LineDiscount:
    return LineDiscount(discount=each.discount, amount=money(each.amount, currency))


def _source(source: invoices.Source) -> LineSource:
    return LineSource(
        path=source.path,
        line=source.line,
        rate_plan=source.rate_plan,
        version=source.version,
        commit=source.commit,
    )

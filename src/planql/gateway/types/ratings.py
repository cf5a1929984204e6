"""What rating a charge gives: lines that explain themselves."""

from fractions import Fraction

import strawberry

from planql.gateway.types.money import Money, money
from planql.gateway.types.sources import Source
from planql.gateway.types.steps import Step, StepViews
from planql.rating import lines
from planql.rating.explanations import explain
from planql.rating.totals import RatedCharge as SettledCharge


@strawberry.type(description="A property and its value, by which usage was split.")
class GroupValue:
    """One part of what tells a group."""

    property: str = strawberry.field(description="Dotted path into the event's data.")
    value: str | None = strawberry.field(description="The value; null when it is missing.")


@strawberry.type(description="A charge rated for one period, and one group of its usage.")
class RatedLine:
    """A rated line."""

    group: list[GroupValue] = strawberry.field(
        description="What its usage has in common; empty without `groupBy`."
    )
    quantity: Fraction | None = strawberry.field(
        description="What was measured, before included units; null is no value, rated as 0."
    )
    amount: Money = strawberry.field(description="Rounded to the currency, after the cap.")
    unrounded_amount: Money = strawberry.field(description="Before rounding and cap.")
    steps: list[Step] = strawberry.field(description="The terms that sum to the amount.")
    note: str | None = strawberry.field(description="What is unusual about it; null is nothing.")


@strawberry.type(description="An event that does not count, because its value cannot be read.")
class RejectedEvent:
    """A rejected event."""

    id: str = strawberry.field(description="Id of the event.")
    path: str = strawberry.field(description="JSON pointer to the value inside the event.")
    reason: str = strawberry.field(description="What is wrong with it.")


def _quantity(root: strawberry.Parent["RatedCharge"]) -> Fraction | None:
    return root.settled.rating.quantity


def _amount(root: strawberry.Parent["RatedCharge"]) -> Money:
    return Money(amount=root.settled.rating.amount, currency=root.views.currency)


def _unrounded_amount(root: strawberry.Parent["RatedCharge"]) -> Money:
    return Money(amount=root.settled.rating.unrounded_amount, currency=root.views.currency)


def _discount(root: strawberry.Parent["RatedCharge"]) -> Money:
    return Money(amount=root.settled.discount, currency=root.views.currency)


def _top_up(root: strawberry.Parent["RatedCharge"]) -> Money:
    return Money(amount=root.settled.top_up, currency=root.views.currency)


def _total(root: strawberry.Parent["RatedCharge"]) -> Money:
    return Money(amount=root.settled.total, currency=root.views.currency)


def _lines(root: strawberry.Parent["RatedCharge"]) -> list[RatedLine]:
    return [_line(line, root.views) for line in root.settled.rating.lines]


def _steps(root: strawberry.Parent["RatedCharge"]) -> list[Step]:
    steps: list[lines.Step] = []
    for line in root.settled.rating.lines:
        steps += line.steps
    steps += root.settled.closing_steps
    return root.views.of(steps)


def _rejected_events(root: strawberry.Parent["RatedCharge"]) -> list[RejectedEvent]:
    return [
        RejectedEvent(id=event.id, path=event.path, reason=event.reason)
        for event in root.settled.rating.rejected_events
    ]


def _explanation(root: strawberry.Parent["RatedCharge"]) -> str:
    return explain(root.settled, root.views.currency)


@strawberry.type(description="What a charge comes to: amount - discount + top-up = total.")
class RatedCharge:
    """A rated charge; what nobody asks for is not worked out."""

    settled: strawberry.Private[SettledCharge]
    views: strawberry.Private[StepViews]
    quantity: Fraction | None = strawberry.field(
        resolver=_quantity,
        description="What was measured; null is no value, or groups that do not add up.",
    )
    amount: Money = strawberry.field(
        resolver=_amount, description="Rounded and capped, before discounts."
    )
    unrounded_amount: Money = strawberry.field(
        resolver=_unrounded_amount, description="Before rounding and cap."
    )
    discount: Money = strawberry.field(resolver=_discount, description="What the discounts took.")
    top_up: Money = strawberry.field(
        resolver=_top_up, description="What was missing to the minimum."
    )
    total: Money = strawberry.field(resolver=_total, description="What is due.")
    lines: list[RatedLine] = strawberry.field(resolver=_lines, description="One, or one per group.")
    steps: list[Step] = strawberry.field(
        resolver=_steps,
        description="The steps of all lines, then discounts and minimum; they sum to the total.",
    )
    rejected_events: list[RejectedEvent] = strawberry.field(
        resolver=_rejected_events, description="Events that do not count, and why."
    )
    explanation: str = strawberry.field(
        resolver=_explanation, description="The sum as a person writes it on paper."
    )
    source: Source | None = strawberry.field(
        description="Where the price is written; null when it is written nowhere."
    )


def _line(line: lines.RatedLine, views: StepViews) -> RatedLine:
    currency = views.currency
    return RatedLine(
        group=[GroupValue(property=name, value=value) for name, value in line.group],
        quantity=line.quantity,
        amount=money(line.amount, currency),
        unrounded_amount=money(line.unrounded_amount, currency),
        steps=views.of(line.steps),
        note=line.note or None,
    )

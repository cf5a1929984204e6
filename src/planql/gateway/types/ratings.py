"""What rating a charge gives: lines that explain themselves."""

from fractions import Fraction

import strawberry

from planql.gateway.types.enums import StepKind
from planql.gateway.types.money import Money, money, optional_money
from planql.gateway.types.sources import Source
from planql.rating import lines
from planql.rating.explanations import explain
from planql.rating.totals import RatedCharge as SettledCharge


@strawberry.type(description="One term of the sum that makes a line.")
class Step:
    """A step of a line."""

    kind: StepKind = strawberry.field(description="What it stands for.")
    amount: Money = strawberry.field(description="What it adds, unrounded; it may be negative.")
    quantity: Fraction | None = strawberry.field(
        description="Units that it prices; null where it prices none."
    )
    unit_amount: Money | None = strawberry.field(
        description="Price of each of them; null where there is none."
    )
    flat_amount: Money | None = strawberry.field(
        description="The flat part inside the amount; null where there is none."
    )
    percentage: Fraction | None = strawberry.field(
        description="Percent of the quantity; null where there is none."
    )
    tier: int | None = strawberry.field(description="Number of the tier, from 1; of a tier only.")
    event: str | None = strawberry.field(description="Id of the event; of an event only.")
    discount: str | None = strawberry.field(description="Key of the discount; of a discount only.")


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


def _lines(root: strawberry.Parent["RatedCharge"]) -> list[RatedLine]:
    return [_line(line, root.total.currency) for line in root.settled.rating.lines]


def _steps(root: strawberry.Parent["RatedCharge"]) -> list[Step]:
    steps = [step for line in root.settled.rating.lines for step in line.steps]
    currency = root.total.currency
    return [step_of(step, currency) for step in (*steps, *root.settled.closing_steps)]


def _rejected_events(root: strawberry.Parent["RatedCharge"]) -> list[RejectedEvent]:
    return [
        RejectedEvent(id=event.id, path=event.path, reason=event.reason)
        for event in root.settled.rating.rejected_events
    ]


def _explanation(root: strawberry.Parent["RatedCharge"]) -> str:
    return explain(root.settled, root.total.currency)


@strawberry.type(description="What a charge comes to: amount - discount + top-up = total.")
class RatedCharge:
    """A rated charge."""

    settled: strawberry.Private[SettledCharge]
    quantity: Fraction | None = strawberry.field(
        description="What was measured; null is no value, or groups that do not add up."
    )
    amount: Money = strawberry.field(description="Rounded and capped, before discounts.")
    unrounded_amount: Money = strawberry.field(description="Before rounding and cap.")
    discount: Money = strawberry.field(description="What the discounts took.")
    top_up: Money = strawberry.field(description="What was missing to the minimum.")
    total: Money = strawberry.field(description="What is due.")
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


def rated_charge(settled: SettledCharge, currency: str, source: Source | None) -> RatedCharge:
    """A rated charge as the schema shows it."""
    rating = settled.rating
    return RatedCharge(
        settled=settled,
        quantity=rating.quantity,
        amount=money(rating.amount, currency),
        unrounded_amount=money(rating.unrounded_amount, currency),
        discount=money(settled.discount, currency),
        top_up=money(settled.top_up, currency),
        total=money(settled.total, currency),
        source=source,
    )


def _line(line: lines.RatedLine, currency: str) -> RatedLine:
    return RatedLine(
        group=[GroupValue(property=name, value=value) for name, value in line.group],
        quantity=line.quantity,
        amount=money(line.amount, currency),
        unrounded_amount=money(line.unrounded_amount, currency),
        steps=[step_of(step, currency) for step in line.steps],
        note=line.note or None,
    )


def step_of(step: lines.Step, currency: str) -> Step:
    """A step as the schema shows it."""
    return Step(
        kind=StepKind(step.kind),
        amount=money(step.amount, currency),
        quantity=step.quantity,
        unit_amount=optional_money(step.unit_amount, currency),
        flat_amount=optional_money(step.flat_amount, currency),
        percentage=step.percentage,
        tier=step.tier,
        event=step.event,
        discount=step.discount,
    )

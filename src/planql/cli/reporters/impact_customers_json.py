"""Real customers of an impact, for programs."""

from datetime import date

from planql.cli.reporters.impact_figures_json import (
    ComparisonReport,
    DifferenceReport,
    MonthsReport,
    comparison_report,
    difference_report,
    months_report,
    number,
)
from planql.entity import Entity, Items
from planql.impact.customer_results import (
    Bucket,
    CustomerChange,
    CustomerImpact,
    CustomersImpact,
    Move,
    Movement,
)


class MoveReport(Entity):
    """What a migration of the head does to a subscription."""

    on: date
    """The local day on which the new version begins."""
    to_version: int
    """The version that it leads to."""


class CustomerReport(Entity):
    """One subscription of a customer on a touched plan."""

    customer: str
    """Key of the customer, or the subject of exported events."""
    subscription: str
    """Its key; empty for exported events."""
    plan: str
    """Key of the rate plan."""
    comparison: ComparisonReport
    """Over recorded usage."""
    moves: MoveReport | None
    """The next move of a migration in the head; null for none."""
    notes: Items[str]
    """What a reader should know."""


class ChangeOfCustomerReport(Entity):
    """What changes for one customer in an average month."""

    customer: str
    """Key of the customer, or the subject of exported events."""
    plans: Items[str]
    """Keys of the touched plans."""
    per_month: DifferenceReport
    """Of all its subscriptions in one currency."""
    moves: MoveReport | None
    """The first move of a migration in the head; null for none."""


class BucketReport(Entity):
    """How many customers change by so much: rises up to `upper`, falls down to `lower`."""

    lower: str | None
    """Null for no bound."""
    upper: str | None
    """Null for no bound."""
    customers: int
    """How many."""


class MovementReport(Entity):
    """The customers of one currency."""

    currency: str
    """Of every amount."""
    more: int
    """How many would pay more."""
    less: int
    """How many would pay less."""
    same: int
    """How many would pay the same."""
    moving: int
    """How many a migration of the head really moves."""
    per_month: DifferenceReport
    """Of all of them together."""
    movers_up: Items[ChangeOfCustomerReport]
    """The largest rises, largest first."""
    movers_down: Items[ChangeOfCustomerReport]
    """The largest falls, largest first."""
    percentages: Items[BucketReport]
    """By the change in percent; who paid nothing before is in none."""
    amounts: Items[BucketReport]
    """By the change in major units a month."""


class CustomersReport(Entity):
    """Real customers over their recorded usage."""

    months: MonthsReport | None
    """The months asked about; null where an export covers none of them."""
    reach: str
    """Whom the change reaches, and when."""
    movements: Items[MovementReport]
    """One for each currency."""
    lines: Items[CustomerReport]
    """Every subscription on a touched plan, by customer."""
    notes: Items[str]
    """What a reader should know."""


def customers_report(customers: CustomersImpact) -> CustomersReport:
    """Everything that is known of real customers."""
    return CustomersReport(
        months=months_report(customers.months),
        reach=customers.reach,
        movements=tuple(map(_movement, customers.movements)),
        lines=tuple(map(_line, customers.lines)),
        notes=customers.notes,
    )


def _movement(movement: Movement) -> MovementReport:
    return MovementReport(
        currency=movement.currency,
        more=movement.more,
        less=movement.less,
        same=movement.same,
        moving=movement.moving,
        per_month=difference_report(movement.per_month),
        movers_up=tuple(map(_change, movement.movers_up())),
        movers_down=tuple(map(_change, movement.movers_down())),
        percentages=tuple(map(_bucket, movement.percentages)),
        amounts=tuple(map(_bucket, movement.amounts)),
    )


def _line(line: CustomerImpact) -> CustomerReport:
    return CustomerReport(
        customer=line.customer,
        subscription=line.subscription,
        plan=line.plan.key,
        comparison=comparison_report(line.comparison),
        moves=_move(line.moves),
        notes=line.notes,
    )


def _change(change: CustomerChange) -> ChangeOfCustomerReport:
    return ChangeOfCustomerReport(
        customer=change.customer,
        plans=change.plans,
        per_month=difference_report(change.per_month),
        moves=_move(change.moves),
    )


def _move(move: Move | None) -> MoveReport | None:
    return None if move is None else MoveReport(on=move.on, to_version=move.to_version)


def _bucket(bucket: Bucket) -> BucketReport:
    return BucketReport(
        lower=number(bucket.lower), upper=number(bucket.upper), customers=bucket.customers
    )

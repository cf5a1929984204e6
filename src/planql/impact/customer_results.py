"""Real customers before and after a change: each of them, and who pays more and less.

Source: RULES 7.9, 10 (docs/rules/impact.md).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from planql.impact.comparisons import Comparison, PlanPair
from planql.impact.figures import Difference
from planql.periods import Period


@dataclass(frozen=True, slots=True)
class Move:
    """A migration of the head that moves a customer to another version.

    Attributes:
        on: The local day on which the new version begins.
        to_version: The version that it leads to.
    """

    on: date
    to_version: int


@dataclass(frozen=True, slots=True)
class CustomerImpact:
    """One subscription of a real customer on a touched plan.

    Attributes:
        customer: Key of the customer, or the subject of the exported events.
        subscription: Key of the subscription; "" for exported events, which have none.
        plan: The plan; `before` of an outcome may be an older version than the pair's.
        comparison: Over recorded usage: on the version they are on now, as in the base, and as if
            they had moved to the pair's `after`.
        moves: The next move that a migration in the head makes, None for none: then the customer
            stays on the version they are on.
        notes: What a reader should know, such as quantities that were assumed.
    """

    customer: str
    subscription: str
    plan: PlanPair
    comparison: Comparison
    moves: Move | None = None
    notes: tuple[str, ...] = ()

    @property
    def per_month(self) -> Difference | None:
        """The average month; None where there is no difference."""
        return self.comparison.per_month


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many customers change by so much.

    A rise is above `lower` and at most `upper`, a fall below `upper` and at least `lower`; where
    both are 0 nothing changes.

    Attributes:
        lower: None for no bound.
        upper: None for no bound.
        customers: How many.
    """

    lower: Fraction | None
    upper: Fraction | None
    customers: int


@dataclass(frozen=True, slots=True)
class CustomerChange:
    """What one customer pays and costs in an average month.

    Attributes:
        customer: Key.
        plans: Keys of the touched plans that it is on; of exported events the one plan tried.
        per_month: Of all its subscriptions on these plans in one currency, summed.
        moves: The first move of its subscriptions by a migration in the head; None for none.
    """

    customer: str
    plans: tuple[str, ...]
    per_month: Difference
    moves: Move | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """The customers of one currency: who pays more, who less, and by how much a month.

    Attributes:
        per_month: Of all of them, summed.
        changes: Every customer with a difference in this currency, by key; of exported events every
            customer on every plan tried.
        percentages: By the change in percent; customers who paid nothing before are in none.
        amounts: By the change in major units a month.
    """

    per_month: Difference
    changes: tuple[CustomerChange, ...]
    percentages: tuple[Bucket, ...]
    amounts: tuple[Bucket, ...]

    @property
    def currency(self) -> str:
        """Of every amount."""
        return self.per_month.currency

    @property
    def more(self) -> int:
        """How many would pay more."""
        return sum(each.per_month.revenue > 0 for each in self.changes)

    @property
    def less(self) -> int:
        """How many would pay less."""
        return sum(each.per_month.revenue < 0 for each in self.changes)

    @property
    def same(self) -> int:
        """How many would pay the same."""
        return sum(each.per_month.revenue == 0 for each in self.changes)

    @property
    def moving(self) -> int:
        """How many a migration in the head really moves."""
        return sum(each.moves is not None for each in self.changes)

    def movers_up(self, most: int = 10) -> tuple[CustomerChange, ...]:
        """Those who would pay more, the largest rise first; ties by key."""
        up = [each for each in self.changes if each.per_month.revenue > 0]
        return tuple(sorted(up, key=lambda each: (-each.per_month.revenue, each.customer)))[:most]

    def movers_down(self, most: int = 10) -> tuple[CustomerChange, ...]:
        """Those who would pay less, the largest fall first; ties by key."""
        down = [each for each in self.changes if each.per_month.revenue < 0]
        return tuple(sorted(down, key=lambda each: (each.per_month.revenue, each.customer)))[:most]


@dataclass(frozen=True, slots=True)
class CustomersImpact:
    """Real customers over their recorded usage.

    Attributes:
        months: The calendar months asked about; a customer is compared over those since its start.
        lines: One for each subscription on a touched plan, by customer.
        movements: One for each currency, in the order in which currencies come up.
        reach: In a sentence: whom a migration in the head moves and when, or that the change
            reaches nobody until they move.
        notes: What a reader should know, such as events that no meter counts.
    """

    months: tuple[Period, ...]
    lines: tuple[CustomerImpact, ...]
    movements: tuple[Movement, ...]
    reach: str
    notes: tuple[str, ...] = ()

    @property
    def unknown(self) -> tuple[CustomerImpact, ...]:
        """Those without a difference; each comparison says why."""
        return tuple(each for each in self.lines if each.comparison.incomparable)

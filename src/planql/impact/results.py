"""The result of an impact: plans, scenarios and customers before and after, and headlines.

::

    Impact
      plans        PlanPair        version before | version after, and why the plan is touched
      scenarios    ScenarioImpact  plan x scenario: Comparison of one customer
      customers    CustomersImpact
        lines      CustomerImpact  plan x subscription: Comparison over recorded usage
        movements  Movement        per currency: who pays more and less, by how much
      headlines    Headline        per currency: total change per month

Owns: the records and what follows from them by adding up.
Does not own: computing any side (`planql.impact.measuring`).

Source: RULES 7.9, 9, 10 (docs/rules/impact.md).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan
from planql.impact.figures import Difference
from planql.periods import Period
from planql.simulation.results import Notice
from planql.simulation.totals import Totals, in_all


@dataclass(frozen=True, slots=True)
class PlanPair:
    """A rate plan that a change touches: the version before and the version after.

    Attributes:
        key: Of the plan.
        before: In the base: the same version as `after` where that was published already, else the
            version in force, else the newest published one; None where there is none, such as for
            a plan that is new.
        after: In the head: the newest version that is touched, published or draft; None where the
            plan is gone.
        absent: Why one of them is None, in a sentence; "" when both are there.
        because: What touches it, each in a few words: 'version 3 is new', 'meter "tokens" changed'.
        notes: What else a reader should know, in sentences: that `after` is a draft, that other
            versions are touched, too.
    """

    key: str
    before: Document[RatePlan] | None
    after: Document[RatePlan] | None
    absent: str = ""
    because: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """For people: as it is called after the change, else before it."""
        document = self.after or self.before
        return document.entity.name if document else self.key


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one customer pays and costs on one side.

    Attributes:
        version: Of the plan on this side; None where the plan is not there.
        months: The sums of each month, in the order of the comparison's months, all in the
            currency of the plan; empty where there is no figure.
        unknown: Why there is no figure, in a sentence; "" where there is one.
        notices: What the simulation says, such as a margin under the guardrail.
    """

    version: int | None
    months: tuple[Totals, ...] = ()
    unknown: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def totals(self) -> Totals | None:
        """The sums over all months; None where there is no figure."""
        return in_all(self.months)[0] if self.months else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One customer on both sides, over the same days and with the same usage.

    Attributes:
        months: The calendar months compared, in order.
        before: With the prices of the base.
        after: With the prices of the head.
    """

    months: tuple[Period, ...]
    before: Outcome
    after: Outcome

    @property
    def incomparable(self) -> str:
        """Why there is no difference, in a sentence; "" where there is one."""
        before, after = self.before.totals, self.after.totals
        if before is None or after is None:
            return self.before.unknown or self.after.unknown
        if before.currency != after.currency:
            return (
                f'the currency changes from "{before.currency}" to "{after.currency}", '
                "and nothing is converted"
            )
        return ""

    @property
    def difference(self) -> Difference | None:
        """Over all months, for one customer; None where `incomparable` says why."""
        before, after = self.before.totals, self.after.totals
        if before is None or after is None or self.incomparable:
            return None
        return Difference(before, after)

    @property
    def per_month(self) -> Difference | None:
        """The average month, for one customer, not rounded; None where there is no difference."""
        difference = self.difference
        return None if difference is None else difference.per_month(len(self.months))

    def month(self, place: int) -> Difference | None:
        """The month at `place`, for one customer; None where there is no difference."""
        if self.incomparable:
            return None
        return Difference(self.before.months[place], self.after.months[place])


@dataclass(frozen=True, slots=True)
class ScenarioImpact:
    """A touched plan under one scenario.

    Attributes:
        plan: The plan.
        scenario: Key of the scenario.
        name: Of the scenario, for people.
        customers: How many such customers it stands for.
        comparison: Of one of them.
        notes: What a reader should know, such as that the scenario itself is new or changed.
    """

    plan: PlanPair
    scenario: str
    name: str
    customers: int
    comparison: Comparison
    notes: tuple[str, ...] = ()

    @property
    def per_month(self) -> Difference | None:
        """The average month of all its customers; None where there is no difference."""
        difference = self.comparison.per_month
        return None if difference is None else difference.times(self.customers)


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


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure that is not there.

    Attributes:
        what: Of what: 'rate plan "support-pro"', 'scenario "typical" on "support-pro"'.
        reason: Why, in a sentence.
    """

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The total change per month in one currency.

    Attributes:
        of: Over which customers: all of the scenarios, or the real ones.
        per_month: The average month, summed; not rounded.
        customers: How many are in it: those that the scenarios stand for, or real ones.
    """

    of: Literal["scenarios", "customers"]
    per_month: Difference
    customers: int

    @property
    def currency(self) -> str:
        """Of every amount."""
        return self.per_month.currency


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change of the catalog does to money.

    Attributes:
        as_of: The local day on which this is asked.
        plans: Every touched plan, by key.
        scenarios: Every touched plan under each scenario for it, by plan, then scenario.
        customers: Real customers; None where neither a database nor exported usage was given.
        headlines: The scenarios' first, then real customers'; by currency.
        gaps: Every figure that is not there: plans without a scenario, comparisons without a
            difference; of real customers they are counted in `customers`.
        notes: What holds for all of it, in sentences.
    """

    as_of: date
    plans: tuple[PlanPair, ...]
    scenarios: tuple[ScenarioImpact, ...]
    customers: CustomersImpact | None
    headlines: tuple[Headline, ...]
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()

    def scenarios_of(self, plan: str) -> tuple[ScenarioImpact, ...]:
        """The scenarios of one plan; none where a gap says why."""
        return tuple(each for each in self.scenarios if each.plan.key == plan)

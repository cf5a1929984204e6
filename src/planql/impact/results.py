"""The result of an impact: plans, scenarios and customers before and after, and headlines.

::

    Impact
      plans        PlanPair        version before | version after, and why the plan is touched
      scenarios    ScenarioImpact  plan x scenario: Comparison of one customer
      customers    CustomersImpact
        lines      CustomerImpact  plan x subscription: Comparison over recorded usage
        movements  Movement        per currency: who pays more and less, by how much
      headlines    Headline        per currency: total change per month

Owns: the records of scenarios and of the whole, and what follows from them by adding up.
Does not own: computing any side (`planql.impact.measuring`).

Source: RULES 7.9, 9, 10 (docs/rules/impact.md).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from planql.impact.comparisons import Comparison, Outcome, PlanPair
from planql.impact.customer_results import (
    Bucket,
    CustomerChange,
    CustomerImpact,
    CustomersImpact,
    Move,
    Movement,
)
from planql.impact.figures import Difference, averaged
from planql.periods import Period
from planql.simulation.totals import Totals

__all__ = [
    "Bucket",
    "Comparison",
    "CustomerChange",
    "CustomerImpact",
    "CustomersImpact",
    "Gap",
    "Headline",
    "Impact",
    "Move",
    "Movement",
    "Outcome",
    "PlanPair",
    "ScenarioImpact",
]


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

    @property
    def before_per_month(self) -> Totals | None:
        """The average month of all its customers before, comparable or not; None for no figure."""
        return self._average(self.comparison.before)

    @property
    def after_per_month(self) -> Totals | None:
        """The same after."""
        return self._average(self.comparison.after)

    def _average(self, side: Outcome) -> Totals | None:
        totals = side.totals
        return totals and averaged(totals, len(side.months)).times(self.customers)


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
        months: The calendar months that scenarios are compared over.
        plans: Every touched plan, by key.
        scenarios: Every touched plan under each scenario for it, by plan, then scenario.
        customers: Real customers; None where neither a database nor exported usage was given.
        headlines: The scenarios' first, then real customers'; by currency.
        gaps: Every figure that is not there: plans without a scenario, comparisons without a
            difference; of real customers they are counted in `customers`.
        notes: What holds for all of it, in sentences.
    """

    as_of: date
    months: tuple[Period, ...]
    plans: tuple[PlanPair, ...]
    scenarios: tuple[ScenarioImpact, ...]
    customers: CustomersImpact | None
    headlines: tuple[Headline, ...]
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()

    def scenarios_of(self, plan: str) -> tuple[ScenarioImpact, ...]:
        """The scenarios of one plan; none where a gap says why."""
        return tuple(each for each in self.scenarios if each.plan.key == plan)

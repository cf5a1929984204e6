"""The result of a simulation: rows of days, totals of billing periods and of the range.

Source: RULES 9.2 (docs/rules/simulation.md).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from planql.periods import Period
from planql.simulation.rows import Row
from planql.simulation.totals import Totals, in_all

Recognition = Literal["accrual", "billed"]
"""Whether revenue stands on the days it is for, or on the day of its invoice."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person should know of a simulation.

    Attributes:
        code: Stable: "margin-under-guardrail", "migration-overtaken".
        message: In a sentence, values quoted.
        currency: Of the totals that it is about; None where it is about no amount.
        value: What was found, such as the margin in percent.
        limit: What it was held against.
    """

    code: Literal["margin-under-guardrail", "migration-overtaken"]
    message: str
    currency: str | None = None
    value: Fraction | None = None
    limit: Fraction | None = None


@dataclass(frozen=True, slots=True)
class BillingPeriod:
    """A billing period of one subscription, as far as it lies in the range.

    Attributes:
        subscription: Key of the subscription.
        period: Its local days, whole, even where it reaches out of the range.
        first: Place of its first day in the simulation's days.
        end: Place after its last day there.
    """

    subscription: str
    period: Period
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """What subscriptions earn and cost on every day of a range.

    Attributes:
        days: The local days of the range, one after another.
        recognition: Where revenue stands; quantities and costs stand on their day either way.
        rows: By subscription, charges in the order of their plan, costs of no charge last.
        periods: By subscription, in the order of time.
        notices: What a person should know.
    """

    days: tuple[date, ...]
    recognition: Recognition
    rows: tuple[Row, ...]
    periods: tuple[BillingPeriod, ...]
    notices: tuple[Notice, ...] = ()

    @property
    def totals(self) -> tuple[Totals, ...]:
        """The sums over the range, one for each currency."""
        return self.between(0, len(self.days))

    def between(self, first: int, end: int) -> tuple[Totals, ...]:
        """The sums over the days from place `first` (inclusive) to `end` (exclusive)."""
        return in_all(row.totals(first, end) for row in self.rows)

    def of_period(self, period: BillingPeriod) -> tuple[Totals, ...]:
        """The sums over the days of a billing period that lie in the range."""
        mine = (row for row in self.rows if row.subscription == period.subscription)
        return in_all(row.totals(period.first, period.end) for row in mine)

    def times(self, count: int) -> "Simulation":
        """The same for `count` such customers: every column times `count`."""
        rows = tuple(row.times(count) for row in self.rows)
        return Simulation(self.days, self.recognition, rows, self.periods, self.notices)


@dataclass(frozen=True, slots=True)
class ScenarioRun:
    """A rate plan simulated under one scenario.

    Attributes:
        scenario: Key of the scenario; what the caller called assumptions given inline.
        name: For people.
        customers: How many such customers the scenario stands for.
        simulation: Of one of them, with notices about guardrails.
    """

    scenario: str
    name: str
    customers: int
    simulation: Simulation

    @property
    def totals(self) -> tuple[Totals, ...]:
        """The sums over the range for all of its customers, one for each currency."""
        return tuple(each.times(self.customers) for each in self.simulation.totals)

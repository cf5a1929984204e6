"""One customer on both sides of a change: the versions compared, and what each side comes to.

Source: RULES 9, 10 (docs/rules/impact.md).
"""

from dataclasses import dataclass

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

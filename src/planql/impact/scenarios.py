"""Touched plans under the scenarios of the head: the same assumed customer on both sides.

::

    plan  x  scenario that fits it  ->  before: base prices | after: head prices

Source: RULES 9.1, 10 (docs/rules/impact.md).
"""

from collections.abc import Collection, Iterator, Sequence

from planql.billing.known_usage import KnownUsage
from planql.catalog.documents import Document
from planql.catalog.rate_plans import DeclaredQuantity, RatePlan, UsageCharge
from planql.catalog.scenarios import Scenario
from planql.catalog.snapshot import Catalog
from planql.impact.outcomes import outcome, whole
from planql.impact.results import Comparison, Gap, Outcome, PlanPair, ScenarioImpact
from planql.periods import Period, zone
from planql.simulation.results import Simulation
from planql.simulation.scenario_runs import scenario_usage, simulate_scenario


class ScenarioComparing:
    """Compares plans under scenarios.

    Args:
        base: The catalog before.
        head: The catalog now; its scenarios are those of both sides.
        months: The calendar months that are simulated.
        chosen: Keys of the scenarios that count; all, when there are none.
    """

    def __init__(
        self,
        base: Catalog,
        head: Catalog,
        months: tuple[Period, ...],
        chosen: Collection[str] = (),
    ) -> None:
        self._base = base
        self._head = head
        self._months = months
        self._chosen = chosen
        self._usage: dict[tuple[str, tuple[str, ...], str], KnownUsage] = {}

    def impacts(self, pair: PlanPair) -> Iterator[ScenarioImpact]:
        """The plan under each scenario for it, by key of the scenario."""
        for scenario in self._scenarios(pair):
            yield ScenarioImpact(
                pair,
                scenario.key,
                scenario.name,
                scenario.customers,
                Comparison(
                    self._months,
                    self._before(pair, scenario),
                    self._outcome(self._head, pair.after, scenario, pair.absent),
                ),
                tuple(self._notes(scenario)),
            )

    def _scenarios(self, pair: PlanPair) -> Iterator[Scenario]:
        for key in sorted(self._head.scenarios):
            scenario = self._head.scenarios[key].entity
            if (not self._chosen or key in self._chosen) and is_for(scenario, pair):
                yield scenario

    def _before(self, pair: PlanPair, scenario: Scenario) -> Outcome:
        """With the prices of the base, which may not know every meter of the scenario."""
        known = tuple(each for each in scenario.usage if each.meter in self._base.meters)
        unknown = dict.fromkeys(each.meter for each in scenario.usage if each not in known)
        missing = tuple(f'meter "{meter}" is unknown in the base' for meter in unknown)
        asked = scenario.model_copy(update={"usage": known}) if unknown else scenario
        return self._outcome(self._base, pair.before, asked, pair.absent, missing)

    def _outcome(
        self,
        catalog: Catalog,
        plan: Document[RatePlan] | None,
        scenario: Scenario,
        absent: str,
        missing: tuple[str, ...] = (),
    ) -> Outcome:
        if plan is None:
            return Outcome(None, unknown=absent)
        days = whole(self._months)

        def simulated() -> Simulation:
            usage = self._usage_of(scenario, days, catalog.settings.time_zone)
            return simulate_scenario(catalog, plan, scenario, days, usage=usage).simulation

        return outcome(plan.entity, self._months, simulated, missing)

    def _usage_of(self, scenario: Scenario, days: Period, time_zone: str) -> KnownUsage:
        """What the scenario uses, spread over the days once for all plans."""
        name = scenario.key, tuple(each.meter for each in scenario.usage), time_zone
        if name not in self._usage:
            self._usage[name] = scenario_usage(scenario, days, zone(time_zone))
        return self._usage[name]

    def _notes(self, scenario: Scenario) -> Iterator[str]:
        before = self._base.scenarios.get(scenario.key)
        if before is None:
            yield f'scenario "{scenario.key}" is new; both sides are computed with it'
        elif before.entity != scenario:
            yield f'scenario "{scenario.key}" changed; both sides are computed with the new one'


def is_for(scenario: Scenario, pair: PlanPair) -> bool:
    """Whether a scenario is for a plan: it lists it, or lists none and fits one of its versions."""
    if scenario.rate_plans:
        return pair.key in scenario.rate_plans
    return any(fits(scenario, plan.entity) for plan in (pair.before, pair.after) if plan)


def fits(scenario: Scenario, plan: RatePlan) -> bool:
    """Whether a scenario that lists no plans has what the plan asks for.

    It declares every quantity within the plan's bounds, and, where usage is charged, uses at least
    one of the meters.
    """
    meters = {charge.meter for charge in plan.charges if isinstance(charge, UsageCharge)}
    used = {usage.meter for usage in scenario.usage}
    return (not meters or bool(meters & used)) and all(
        _is_within(scenario, declared) for declared in declared_quantities(plan)
    )


def declared_quantities(plan: RatePlan) -> Iterator[DeclaredQuantity]:
    """The quantities that a plan asks for."""
    for charge in plan.charges:
        if not isinstance(charge, UsageCharge) and charge.quantity is not None:
            yield charge.quantity


def _is_within(scenario: Scenario, declared: DeclaredQuantity) -> bool:
    quantity = scenario.quantities.get(declared.name)
    if quantity is None:
        return False
    least, most = declared.minimum, declared.maximum
    return (least is None or quantity >= least) and (most is None or quantity <= most)


def gaps_of(pair: PlanPair, impacts: Sequence[ScenarioImpact]) -> Iterator[Gap]:
    """The figures that a plan does not have: without a scenario, or without a difference."""
    if not impacts:
        reason = "no scenario lists it, and none that lists no plans fits it"
        yield Gap(f'rate plan "{pair.key}"', reason)
    for each in impacts:
        reason = each.comparison.incomparable
        if reason:
            yield Gap(f'scenario "{each.scenario}" on "{pair.key}"', reason)

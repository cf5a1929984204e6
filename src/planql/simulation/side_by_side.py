"""Plans under scenarios, side by side: every figure is for all customers of a scenario.

Owns: which scenarios are for a plan, the charges that are shown.
Does not own: what a scenario comes to (`planql.simulation.scenario_runs`), printing.

Source: RULES 9.1, 9.2 (docs/rules/simulation.md).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from planql.catalog.rate_plans import RatePlan
from planql.catalog.scenarios import Scenario
from planql.catalog.snapshot import Catalog
from planql.simulation.priced_plans import PricedPlan
from planql.simulation.results import ScenarioRun, Simulation


@dataclass(frozen=True, slots=True)
class Simulated:
    """One plan under one scenario.

    Attributes:
        priced: The plan, and what the user called it: "support-pro@2", "main:support-pro@2".
        scenario: Key of the scenario; "inline", or the customer whose usage was recorded.
        name: The scenario's, for people.
        customers: How many such customers there are.
        simulation: Of all of these customers together, of the charges that were asked for.
    """

    priced: PricedPlan
    scenario: str
    name: str
    customers: int
    simulation: Simulation

    @property
    def label(self) -> str:
        """What the user called the plan."""
        return self.priced.label

    @property
    def plan(self) -> RatePlan:
        """The version."""
        return self.priced.plan

    @property
    def title(self) -> str:
        """The scenario and how many customers it stands for: "Typical, 120 customers"."""
        return self.name if self.customers == 1 else f"{self.name}, {self.customers:,} customers"

    def by_currency(self) -> Iterator[tuple[str, Simulation]]:
        """The simulation in each of its currencies alone."""
        for totals in self.simulation.totals:
            rows = tuple(row for row in self.simulation.rows if row.currency == totals.currency)
            yield totals.currency, replace(self.simulation, rows=rows)


def simulated(priced: PricedPlan, run: ScenarioRun, charges: Collection[str]) -> Simulated:
    """A run for all of its customers, with the rows of some charges; all, when none is named."""
    shown = _only(run.simulation, charges).times(run.customers)
    return Simulated(priced, run.scenario, run.name, run.customers, shown)


def scenarios_for(plan: RatePlan, catalog: Catalog) -> list[Scenario]:
    """The scenarios of a catalog that are for a plan."""
    scenarios = (document.entity for document in catalog.scenarios.values())
    return [each for each in scenarios if not each.rate_plans or plan.key in each.rate_plans]


def _only(simulation: Simulation, charges: Collection[str]) -> Simulation:
    if not charges:
        return simulation
    return replace(simulation, rows=tuple(row for row in simulation.rows if row.charge in charges))

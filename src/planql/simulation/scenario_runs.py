"""Scenarios: what a plan would earn and cost, were customers to use it as assumed.

::

    plan  x  scenario  x  range  ->  a subscription from the first day on
                                     + assumed usage of each day  ->  a simulation

Source: RULES 9.1, 9.2, 10.3 (docs/rules/simulation.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from planql.billing.due import zone_of
from planql.billing.known_usage import KnownUsage
from planql.catalog.checks import require_valid_usage
from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan
from planql.catalog.scenarios import Scenario
from planql.catalog.settings import Guardrails
from planql.catalog.snapshot import Catalog
from planql.metering.events import UsageEvent
from planql.money import plain, round_half_away
from planql.periods import Period
from planql.simulation.assumptions import assumed_totals, known_usage
from planql.simulation.recorded import recorded_usage
from planql.simulation.results import Notice, Recognition, ScenarioRun, Simulation
from planql.simulation.simulating import simulate
from planql.simulation.subscribing import Subscribing, subscribe, with_draft
from planql.simulation.totals import Totals

_SHOWN_DIGITS: Final = 2
"""Decimals of a margin in a message."""


def simulate_scenario(  # noqa: PLR0913 - a plan, a scenario, a range, and how they meet
    catalog: Catalog,
    plan: Document[RatePlan],
    scenario: Scenario,
    days: Period,
    *,
    how: Subscribing | None = None,
    recognition: Recognition = "accrual",
    usage: KnownUsage | None = None,
) -> ScenarioRun:
    """What one customer of a scenario would earn and cost on a plan.

    Args:
        catalog: Where meters, discounts, costs and guardrails are looked up.
        plan: A version of the catalog or of another ref, or a draft that is in no file.
        scenario: From the catalog, or made of assumptions given inline.
        days: The range, half-open; the subscription starts on its first day.
        how: How the customer subscribes; as plainly as can be, when left out.
        recognition: As `planql.simulation.simulating.simulate`.
        usage: That of the scenario in these days (`scenario_usage`), for those who ask about it
            with plan after plan; spread anew, when left out.

    Raises:
        InvalidInput: a plan, an assumption or a range that breaks a rule.
        UnknownReference: a meter or discount that does not exist.
    """
    known = with_draft(catalog, plan)
    return _run(known, plan.entity, scenario, days, how or Subscribing(), recognition, usage)


def scenario_usage(scenario: Scenario, days: Period, time_zone: ZoneInfo) -> KnownUsage:
    """What a scenario uses in a range, as the billing engine takes it.

    Raises:
        InvalidInput: an assumption that breaks a rule.
    """
    require_valid_usage(scenario.usage, "/usage")
    return known_usage(assumed_totals(scenario.usage, days, time_zone), time_zone)


def simulate_scenarios(  # noqa: PLR0913 - as above
    catalog: Catalog,
    plan: Document[RatePlan],
    scenarios: Sequence[Scenario],
    days: Period,
    *,
    how: Subscribing | None = None,
    recognition: Recognition = "accrual",
) -> tuple[ScenarioRun, ...]:
    """Several scenarios side by side, in their order; else as `simulate_scenario`."""
    known = with_draft(catalog, plan)
    return tuple(
        _run(known, plan.entity, scenario, days, how or Subscribing(), recognition)
        for scenario in scenarios
    )


def simulate_recorded(  # noqa: PLR0913 - a plan, a customer's usage, a range, and how they meet
    catalog: Catalog,
    plan: Document[RatePlan],
    customer: str,
    events: Iterable[UsageEvent],
    days: Period,
    *,
    how: Subscribing | None = None,
    recognition: Recognition = "accrual",
) -> ScenarioRun:
    """What a customer's recorded usage would earn and cost on a plan that starts with the range.

    Args:
        catalog: As `simulate_scenario`.
        plan: As `simulate_scenario`.
        customer: Key of the customer, which names the run.
        events: All of the customer's; as if they had been known at once.
        days: The range, half-open; the subscription starts on its first day.
        how: How the customer subscribes, and in which time zone.
        recognition: As `planql.simulation.simulating.simulate`.

    Raises:
        InvalidInput: a plan or a range that breaks a rule.
        UnknownReference: a meter or discount that does not exist.
    """
    known = with_draft(catalog, plan)
    subscriber, subscription = subscribe(plan.entity, days.start, known, how or Subscribing())
    usage = recorded_usage(events, zone_of(subscriber, known))
    simulation = simulate(known, subscriber, [subscription], usage, days, recognition)
    guarded = _guarded(simulation, known.settings.guardrails, f'customer "{customer}"')
    return ScenarioRun(customer, customer, 1, guarded)


def _run(  # noqa: PLR0913, PLR0917 - as above
    catalog: Catalog,
    plan: RatePlan,
    scenario: Scenario,
    days: Period,
    how: Subscribing,
    recognition: Recognition,
    usage: KnownUsage | None = None,
) -> ScenarioRun:
    for assumed in scenario.usage:
        catalog.meter(assumed.meter)
    chosen = replace(how, quantities={**scenario.quantities, **how.quantities})
    customer, subscription = subscribe(plan, days.start, catalog, chosen)
    known = usage or scenario_usage(scenario, days, zone_of(customer, catalog))
    simulation = simulate(catalog, customer, [subscription], known, days, recognition)
    guardrails = catalog.settings.guardrails
    guarded = _guarded(simulation, guardrails, f'scenario "{scenario.key}"')
    return ScenarioRun(scenario.key, scenario.name, scenario.customers, guarded)


def _guarded(simulation: Simulation, guardrails: Guardrails, subject: str) -> Simulation:
    """The simulation with a notice for each margin under the guardrail."""
    if guardrails.min_margin_percentage is None:
        return simulation
    limit = Fraction(guardrails.min_margin_percentage)
    notices = _thin_margins(simulation.totals, limit, subject)
    return replace(simulation, notices=(*simulation.notices, *notices))


def _thin_margins(totals: Sequence[Totals], limit: Fraction, subject: str) -> Iterator[Notice]:
    """A notice for each currency whose margin is known and under the guardrail.

    Without revenue there is no percentage, and any cost is under it.
    """
    for each in totals:
        percentage = each.margin_percentage
        found = _thin_margin(each, limit)
        if found:
            least = f'under the "{plain(limit)}" % that the catalog asks for'
            message = f"{subject} in {each.currency}: {found}, {least}"
            yield Notice("margin-under-guardrail", message, each.currency, percentage, limit)


def _thin_margin(totals: Totals, limit: Fraction) -> str:
    """What is wrong with a margin, in words; "" when nothing is, or when it is unknown."""
    margin, percentage = totals.margin, totals.margin_percentage
    if percentage is not None and percentage < limit:
        return f'the margin is "{plain(round_half_away(percentage, _SHOWN_DIGITS))}" %'
    if percentage is None and margin is not None and margin < 0:
        return f'there is no revenue to cover a cost of "{plain(-margin)}"'
    return ""

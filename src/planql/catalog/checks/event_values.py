"""Rules about the size of events that a scenario assumes.

Source: RULES 4 and 9.1 (docs/rules/costs-and-scenarios.md).
"""

from collections.abc import Iterator

from planql.catalog.checks.charges import PER_EVENT
from planql.catalog.checks.references import incomplete_keys, usage_charges
from planql.catalog.checks.scenario_quantities import Plans, plans_of
from planql.catalog.documents import Document, Documents, PlacedMistake
from planql.catalog.meters import Meter
from planql.catalog.scenarios import AssumedUsage, Scenario
from planql.problems import Mistake, Severity, escape_pointer


def check_event_values(documents: Documents) -> Iterator[PlacedMistake]:
    """Usage of a meter that counts has no event value: each of its events adds 1."""
    for scenario, pointer, assumed, meter in _assumed(documents):
        if assumed.event_value is not None and meter.aggregation.type == "count":
            mistake = Mistake(
                "event-value",
                f'meter "{meter.key}" counts, so each of its events adds 1',
                f"{pointer}/event_value",
                "remove it",
            )
            yield PlacedMistake(scenario.path, mistake)


def check_missing_event_values(documents: Documents) -> Iterator[PlacedMistake]:
    """Usage that a plan listed prices per event should say how large an event is."""
    for scenario, pointer, assumed, meter in _assumed(documents):
        plans = plans_of(documents, scenario.entity) if scenario.entity.rate_plans else ()
        places = _priced_per_event(plans, meter.key)
        if places and assumed.event_value is None and meter.aggregation.type != "count":
            mistake = Mistake(
                "missing-event-value",
                f'usage of meter "{meter.key}" is priced per event, but not how large one is',
                pointer,
                'add "event_value", the quantity that one event adds',
                Severity.WARNING,
            )
            yield PlacedMistake(scenario.path, mistake, places[-1:])


def _assumed(
    documents: Documents,
) -> Iterator[tuple[Document[Scenario], str, AssumedUsage, Meter]]:
    """What scenarios assume, with its pointer and its meter, where that could be read wholly."""
    unread = incomplete_keys(documents, "meter")
    meters = {document.entity.key: document.entity for document in documents.meters}
    for scenario in documents.scenarios:
        for index, assumed in enumerate(scenario.entity.usage):
            meter = meters.get(assumed.meter)
            if meter is not None and meter.key not in unread:
                yield scenario, escape_pointer("usage", index), assumed, meter


def _priced_per_event(plans: Plans, meter: str) -> tuple[tuple[str, str], ...]:
    """Where plans have prices per event of a meter, as (path, pointer)."""
    return tuple(
        (plan.path, f"{pointer}/model")
        for plan in plans
        for pointer, charge in usage_charges(plan.entity)
        if charge.meter == meter
        and any(getattr(charge.model, member, None) is not None for member in PER_EVENT)
    )

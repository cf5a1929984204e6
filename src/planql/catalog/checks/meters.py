"""Rules about one meter and one agent type; pointers are relative to the document."""

from collections.abc import Iterator
from typing import Literal

from planql.catalog.checks.pointers import repetitions
from planql.catalog.meters import Meter
from planql.catalog.products import Activity, AgentType
from planql.problems import Mistake, escape_pointer


def check_measures(meter: Meter) -> Iterator[Mistake]:
    """A meter measures one action or one outcome, or the agent type as a whole."""
    measures = meter.measures
    if measures is not None and measures.action is not None and measures.outcome is not None:
        yield Mistake(
            "measures-one",
            f'"measures" names the action "{measures.action}" and the outcome '
            f'"{measures.outcome}"; a meter counts one thing',
            "/measures",
            "make a second meter for one of them",
        )


def check_activities(agent_type: AgentType) -> Iterator[Mistake]:
    """The keys of an agent type's actions differ, and so do those of its outcomes."""
    yield from _check_keys("actions", agent_type.actions)
    yield from _check_keys("outcomes", agent_type.outcomes)


def _check_keys(
    member: Literal["actions", "outcomes"], activities: tuple[Activity, ...]
) -> Iterator[Mistake]:
    for index, first in repetitions([activity.key for activity in activities]):
        yield Mistake(
            "repeated-activity",
            f'"{activities[index].key}" is the key of two {member}',
            escape_pointer(member, index, "key"),
            "give one of them another key",
            related=(escape_pointer(member, first, "key"),),
        )

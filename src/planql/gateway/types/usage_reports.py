"""What became of usage that was sent."""

from enum import Enum

import strawberry
from strawberry import enum_value

from planql.gateway.inputs.documents import path_in
from planql.stores.usage_reports import UsageReport as Report


@strawberry.enum(description="What became of an event.")
class EventStatus(Enum):
    """Status of an event."""

    RECORDED = enum_value("recorded", description="It is new, and stored.")
    DUPLICATE = enum_value("duplicate", description="It was known before; nothing changed.")
    REJECTED = enum_value("rejected", description="It was not stored.")


@strawberry.type(description="What became of one event.")
class EventOutcome:
    """The outcome of an event."""

    position: int = strawberry.field(description="Its place among the events sent, from 1.")
    status: EventStatus = strawberry.field(description="What became of it.")
    code: str | None = strawberry.field(
        description="What kind of mistake it has, in words; null when it has none."
    )
    reason: str | None = strawberry.field(
        description="What is wrong with it; null when nothing is."
    )
    path: list[str] = strawberry.field(
        description="Where in the arguments the mistake is; empty when there is none."
    )


@strawberry.type(description="What became of the events, each told by itself.")
class UsageReport:
    """An answer of `recordUsage`."""

    recorded: int = strawberry.field(description="How many are new.")
    duplicates: int = strawberry.field(description="How many were known before.")
    rejected: int = strawberry.field(description="How many were not stored.")
    events: list[EventOutcome] = strawberry.field(description="In the order in which they came.")


def report_view(report: Report, arguments: dict[str, object]) -> UsageReport:
    """A report as the schema shows it; `arguments` are those of the mutation."""
    outcomes = [
        *(_outcome(place, EventStatus.RECORDED) for place in report.recorded),
        *(_outcome(place, EventStatus.DUPLICATE) for place, _ in report.duplicates),
    ]
    for bad in report.rejected:
        outcome = _outcome(bad.position, EventStatus.REJECTED)
        outcome.code, outcome.reason = bad.code, bad.reason
        outcome.path = path_in(arguments, f"/events/{bad.position - 1}{bad.pointer}")
        outcomes.append(outcome)
    return UsageReport(
        recorded=len(report.recorded),
        duplicates=len(report.duplicates),
        rejected=len(report.rejected),
        events=sorted(outcomes, key=lambda outcome: outcome.position),
    )


def _outcome(position: int, status: EventStatus) -> EventOutcome:
    return EventOutcome(position=position, status=status, code=None, reason=None, path=[])

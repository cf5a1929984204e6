"""`recordUsage`: events, each recorded exactly once."""

from typing import Annotated, Union

import strawberry

from planql.errors import InvalidInput, PlanqlError
from planql.gateway.context import Info
from planql.gateway.inputs.usage import NewUsageEventInput
from planql.gateway.types.errors import (
    InvalidInputError,
    UnavailableError,
    UnknownReferenceError,
    stored_error,
)
from planql.gateway.types.usage_reports import UsageReport, report_view
from planql.metering.events import BadEvent, UsageEvent, read_event
from planql.stores.desk import Desk
from planql.stores.usage_reports import UsageReport as Report
from planql.stores.usage_reports import record_usage

RecordUsageResult = Annotated[
    Union[UsageReport, InvalidInputError, UnknownReferenceError, UnavailableError],  # noqa: UP007 - read at run time
    strawberry.union("RecordUsageResult", description="What became of the events, or a mistake."),
]

Events = Annotated[
    list[NewUsageEventInput],
    strawberry.argument(description="What happened. For many events there is `POST /usage`."),
]


async def resolve_record_usage(info: Info, events: Events) -> RecordUsageResult:
    """Record what is new."""
    acceptance = info.context.served.acceptance

    def record(desk: Desk) -> Report:
        outcomes = [(place, _read(place, event)) for place, event in enumerate(events, 1)]
        report = record_usage(desk.database, acceptance, outcomes, desk.now)
        sizes = (len(report.recorded), len(report.duplicates), len(report.rejected))
        info.context.note.count_events(*sizes)
        return report

    try:
        return report_view(await info.context.stored.run(record), {"events": events})
    except PlanqlError as error:
        return stored_error(error, {})


def _read(position: int, event: NewUsageEventInput) -> UsageEvent | BadEvent:
    try:
        return read_event(event.as_document())
    except InvalidInput as error:
        return BadEvent(position, error.pointer, error.code, error.message)

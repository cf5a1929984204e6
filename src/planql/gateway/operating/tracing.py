"""Spans: one per operation, when the standard OpenTelemetry environment asks for them.

::

    OTEL_EXPORTER_OTLP_ENDPOINT or ..._TRACES_ENDPOINT     spans are sent there
    OTEL_TRACES_EXPORTER=console                           spans are printed
    OTEL_TRACES_EXPORTER=none, OTEL_SDK_DISABLED=true      there are none

The rest of `OTEL_*` (resource, sampler, headers, batches) is read by OpenTelemetry itself.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Final, Protocol, cast

from planql.errors import InvalidInput
from planql.gateway.operating.notes import Note

_EXPORTER: Final = "OTEL_TRACES_EXPORTER"
_ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


class Tracing(Protocol):
    """Where spans go."""

    def trace(self, note: Note, began: int, ended: int) -> None:
        """Make the span of an operation that was answered; its id goes into the note.

        Args:
            note: What is known of the request.
            began: Nanoseconds since 1970.
            ended: Nanoseconds since 1970.
        """

    def close(self) -> None:
        """Send what was not sent yet."""


def configured_tracing(environment: Mapping[str, str]) -> Tracing | None:
    """Where spans go, as the environment says; None when there are none.

    Raises:
        InvalidInput: `tracing`, spans are asked for and OpenTelemetry is not installed, or it names
            an exporter that is not known.
    """
    named = environment.get(_EXPORTER, "").strip().lower()
    exporter = named or ("otlp" if any(environment.get(each) for each in _ENDPOINTS) else "none")
    if environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true" or exporter == "none":
        return None
    if exporter not in {"otlp", "console"}:
        raise InvalidInput(
            "tracing", f'{_EXPORTER} is "{exporter}"; it must be otlp, console or none'
        )
    try:
        found = import_module("planql.gateway.operating.otel")
    except ModuleNotFoundError as error:
        raise InvalidInput(
            "tracing",
            f"the environment asks for traces, and {error.name} is not installed",
            hint="pip install 'planql[otel]', or set OTEL_SDK_DISABLED=true",
        ) from None
    return cast("Tracing", found.tracing(exporter))

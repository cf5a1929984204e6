"""OpenTelemetry: spans made of notes. Imported only when traces are asked for."""

import os
from importlib.metadata import version
from typing import Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter, SpanExporter
from opentelemetry.trace import SpanKind, StatusCode, format_trace_id
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from planql.gateway.codes import ErrorCode
from planql.gateway.operating.notes import Note

_PARENTS: Final = TraceContextTextMapPropagator()


def tracing(exporter: str) -> "Spans":
    """Where spans go: `otlp` or `console`."""
    return Spans(OTLPSpanExporter() if exporter == "otlp" else ConsoleSpanExporter())


class Spans:
    """A span for each operation, handed to an exporter in batches."""

    def __init__(self, exporter: SpanExporter) -> None:
        name = os.environ.get("OTEL_SERVICE_NAME") or "planql"
        resource = Resource.create({"service.name": name, "service.version": version("planql")})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("planql")

    def trace(self, note: Note, began: int, ended: int) -> None:
        """Make the span of an operation."""
        span = self._tracer.start_span(
            f"{note.kind} {note.operation}".strip(),
            _PARENTS.extract(note.trace),
            SpanKind.SERVER,
            _attributes(note),
            start_time=began,
        )
        if ErrorCode.INTERNAL_SERVER_ERROR in note.codes:
            span.set_status(StatusCode.ERROR)
        span.end(ended)
        note.trace_id = format_trace_id(span.get_span_context().trace_id)

    def close(self) -> None:
        """Send what was not sent yet."""
        self._provider.shutdown()


def _attributes(note: Note) -> dict[str, str | int | tuple[str, ...]]:
    found = {
        "graphql.operation.name": note.operation,
        "graphql.operation.type": note.kind,
        "graphql.document.hash": note.document,
        "planql.catalog.commit": note.commit,
        "planql.cost": note.cost,
        "planql.request_id": note.request_id,
        "planql.error_codes": note.codes,
        "http.response.status_code": note.status,
    }
    return {name: value for name, value in found.items() if value}

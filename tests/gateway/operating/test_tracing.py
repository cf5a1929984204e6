"""Spans: one per operation when the environment asks for them, and no import otherwise."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from tests.servers.processes import CATALOG, serving

from planql.errors import InvalidInput
from planql.gateway.operating.tracing import configured_tracing

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
IMPORTED = (
    "import sys, planql.cli.serve; print([x for x in sys.modules if x.startswith('opentelemetry')])"
)


class Collector(HTTPServer):
    """Takes spans in, as a collector of OpenTelemetry does."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.received: list[ExportTraceServiceRequest] = []


class Taking(BaseHTTPRequestHandler):
    """Takes one request."""

    def do_POST(self) -> None:
        """Keep what is sent."""
        assert isinstance(self.server, Collector)
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.received.append(ExportTraceServiceRequest.FromString(body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    """A running collector."""
    with Collector() as found:
        thread = threading.Thread(target=found.serve_forever)
        thread.start()
        yield found
        found.shutdown()
        thread.join(20)


def test_an_operation_has_one_span_under_its_caller(collector: Collector) -> None:
    """It says which operation, document and cost, and the log names it; all else has none."""
    endpoint = f"http://127.0.0.1:{collector.server_port}"
    options = ("--catalog", CATALOG, "--port", 0)
    with serving(
        *options, OTEL_EXPORTER_OTLP_ENDPOINT=endpoint, OTEL_EXPORTER_OTLP_COMPRESSION="none"
    ) as process:
        query = {"query": "query Plans { products { key ratePlans { key } } }"}
        address = f"{process.address}/graphql"
        httpx.post(address, json=query, headers={"traceparent": PARENT})
        httpx.post(address, json={"query": "{ nothing }"})
        httpx.get(f"{process.address}/operations")
        assert process.stop() == 0
    [request] = collector.received
    [resource] = request.resource_spans
    [span] = resource.scope_spans[0].spans
    known = {each.key: each.value.string_value for each in resource.resource.attributes}
    assert known["service.name"] == "planql"
    assert span.name == "query Plans"
    assert span.trace_id.hex() == PARENT.split("-")[1]
    assert span.parent_span_id.hex() == PARENT.split("-")[2]
    assert 0 < span.end_time_unix_nano - span.start_time_unix_nano < 10_000_000_000
    told = {each.key: each.value for each in span.attributes}
    assert told["graphql.operation.name"].string_value == "Plans"
    assert told["graphql.operation.type"].string_value == "query"
    assert told["graphql.document.hash"].string_value.startswith("sha256:")
    assert told["planql.cost"].int_value > 1
    [line] = [each for each in process.told() if each.get("operation") == "Plans"]
    assert line["trace_id"] == span.trace_id.hex()


def test_nothing_of_it_is_imported_otherwise() -> None:
    """Not even where it is installed."""
    command = [sys.executable, "-c", IMPORTED]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"OTEL_SERVICE_NAME": "planql"},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_SDK_DISABLED": "true"},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_TRACES_EXPORTER": "none"},
    ],
)
def test_without_somewhere_to_go_there_are_none(environment: dict[str, str]) -> None:
    """The standard variables decide."""
    assert configured_tracing(environment) is None


def test_an_unknown_exporter_is_refused() -> None:
    """The message names the variable and what it may be."""
    with pytest.raises(InvalidInput, match="otlp, console or none"):
        configured_tracing({"OTEL_TRACES_EXPORTER": "zipkin"})


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Traces are asked for, and nothing can make them: the hint says how to install it."""
    name = "planql.gateway.operating.otel"
    monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.resources", None)
    with pytest.raises(InvalidInput) as caught:
        configured_tracing({"OTEL_TRACES_EXPORTER": "otlp"})
    assert "planql[otel]" in caught.value.hint


def test_spans_can_be_printed() -> None:
    """`OTEL_TRACES_EXPORTER=console` needs no endpoint."""
    with serving("--catalog", CATALOG, "--port", 0, OTEL_TRACES_EXPORTER="console") as process:
        httpx.post(f"{process.address}/graphql", json={"query": "{ catalog { name } }"})
        assert process.stop() == 0

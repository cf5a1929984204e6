"""Numbers for Prometheus.

Names that a caller makes up never become a label: operations that the server does not hold, and
addresses that it does not answer under, count as `other`.

Of several worker processes (`PROMETHEUS_MULTIPROC_DIR`) the counts are added up; what a scrape asks
of the moment is answered by the worker that it reaches.
"""

import os
from collections.abc import Collection, Iterable
from functools import cache
from typing import Final

from graphql import GraphQLError, OperationDefinitionNode, parse
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from planql.gateway.codes import ErrorCode
from planql.gateway.operating.notes import Note

disable_created_metrics()  # type: ignore[no-untyped-call]  # when a series began is of no use

OTHER: Final = "other"
ROUTES: Final = frozenset(
    {
        *("/", "/graphql", "/usage", "/operations", "/pricing", "/portal", "/webhooks/git"),
        *("/healthz", "/readyz", "/metrics"),
    }
)
_ASSETS: Final = "/assets"
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


def known_operations(documents: Iterable[str]) -> frozenset[str]:
    """The names of the operations in documents; what is no GraphQL has none."""
    return frozenset(name for text in documents for name in _names(text))


def _names(text: str) -> Iterable[str]:
    try:
        definitions = parse(text, no_location=True).definitions
    except GraphQLError:
        return
    for node in definitions:
        if isinstance(node, OperationDefinitionNode) and node.name:
            yield node.name.value


class Metrics:
    """The numbers of one application.

    Args:
        operations: Names of operations that become labels.
        states: What is asked at each scrape.
    """

    def __init__(self, operations: Collection[str], states: Iterable[Collector] = ()) -> None:
        self._operations = frozenset(operations)
        self._states = tuple(states)
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "planql_requests",
            "Requests that were answered, by address, operation and HTTP status.",
            ["route", "operation", "status"],
            registry=registry,
        )
        self._seconds = Histogram(
            "planql_request_seconds",
            "How long it took to answer.",
            ["route", "operation"],
            buckets=_SECONDS,
            registry=registry,
        )
        # The library checks names each time; they are few, and stay the same.
        self._answered = cache(self._requests.labels)
        self._taken = cache(self._seconds.labels)
        self._errors = Counter(
            "planql_errors",
            "Answers that tell of errors, by code; an answer counts once for each code.",
            ["code"],
            registry=registry,
        )
        self._refusals = Counter(
            "planql_cost_refusals",
            "Requests that cost more than the bucket of whoever asked held.",
            registry=registry,
        )
        self._events = Counter(
            "planql_usage_events",
            "Usage events that were sent, by what became of them.",
            ["outcome"],
            registry=registry,
        )
        self._statements = Histogram(
            "planql_store_seconds",
            "How long statements took in the database.",
            buckets=_SECONDS,
            registry=registry,
        )

    def count_request(self, path: str, note: Note, seconds: float) -> None:
        """Count a request that was answered, or given up (status 0)."""
        route = path if path in ROUTES else _other_route(path)
        operation = note.operation
        if operation not in self._operations:
            operation = OTHER if note.kind else ""
        self._answered(route, operation, note.status or 0).inc()
        self._taken(route, operation).observe(seconds)
        for code in note.codes:
            self._errors.labels(code).inc()
        if ErrorCode.RATE_LIMITED in note.codes:
            self._refusals.inc()
        for outcome, count in note.events.items():
            self._events.labels(outcome).inc(count)

    def count_statement(self, seconds: float) -> None:
        """Count a statement that the database ran."""
        self._statements.observe(seconds)

    def page(self, accept: str) -> tuple[bytes, str]:
        """What a scrape is answered, and its media type."""
        registry = CollectorRegistry()
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library's
        else:
            registry.register(self._registry)
            ProcessCollector(registry=registry)
        for state in self._states:
            registry.register(state)
        try:
            encode, media_type = choose_encoder(accept)
        except (TypeError, ValueError):  # the library compares words with numbers
            encode, media_type = choose_encoder("")
        return encode(registry), media_type


def _other_route(path: str) -> str:
    return _ASSETS if path.startswith(f"{_ASSETS}/") else OTHER

"""The application that uvicorn runs: routes, hosts, and JSON for everything refused."""

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Final

import orjson
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from planql.gateway.access import DEVELOPMENT, Access
from planql.gateway.answers import errors_body
from planql.gateway.authentication import Authentication
from planql.gateway.buckets import Buckets
from planql.gateway.codes import ErrorCode
from planql.gateway.cors import CrossOrigin
from planql.gateway.direct import Direct
from planql.gateway.endpoint import Clock, GraphQLEndpoint
from planql.gateway.hosts import LOOPBACK_HOSTS, AllowedHosts
from planql.gateway.limits import Limits
from planql.gateway.operating.catalog_metrics import CatalogMetrics
from planql.gateway.operating.metrics import Metrics, known_operations
from planql.gateway.operating.monitoring import Monitoring
from planql.gateway.operating.notes import note_of
from planql.gateway.operating.observing import Observers, Observing
from planql.gateway.operating.probes import MetricsPage, Probes
from planql.gateway.operating.readiness import Readiness
from planql.gateway.operations import Operation
from planql.gateway.pages import Assets, graphiql_page, page_routes
from planql.gateway.persisted import PersistedDocuments, persisted
from planql.gateway.previews import Previews, Repository
from planql.gateway.principals import Role, principal_of
from planql.gateway.refusals import Refusal
from planql.gateway.schema import executable_schema
from planql.gateway.security_headers import SecurityHeaders
from planql.gateway.served import CatalogHolder
from planql.gateway.statuses import Statuses
from planql.gateway.usage_endpoint import UsageEndpoint
from planql.gateway.watching import Watcher
from planql.gateway.webhooks import Webhook
from planql.stores.database import Database

_CHECKOUT: Final = Path(__file__).resolve().parents[3]
GRAPHQL: Final = "/graphql"
"""Where questions are sent."""

PROJECT: Final = (
    _CHECKOUT if (_CHECKOUT / "operations").is_dir() else Path(sys.prefix) / "share" / "planql"
)
"""Where `web/dist` and `operations` are: the project's folder, or beside an installed planql."""


def utc_now() -> datetime:
    """The instant of the call: the gateway is where "now" comes from."""
    return datetime.now(UTC)


def create_application(  # noqa: PLR0913 - what a server is made of
    holder: CatalogHolder,
    *,
    allowed_hosts: Sequence[str] = (),
    operations: Sequence[Operation] = (),
    web: Path = PROJECT / "web" / "dist",
    clock: Clock = utc_now,
    limits: Limits | None = None,
    documents: PersistedDocuments | None = None,
    statuses: Statuses = Statuses.AUDITS,
    database: Database | None = None,
    access: Access = DEVELOPMENT,
    watcher: Watcher | None = None,
    webhook_secret: bytes | None = None,
    monitoring: Monitoring | None = None,
) -> Starlette:
    """The application over the catalog that `holder` holds.

    Args:
        holder: What is served; swapping its catalog takes effect with the next request.
        allowed_hosts: Names it answers under besides those of this machine's loopback.
        operations: The examples that GraphiQL lists, to each kind of principal those it can run.
        web: Folder of the built pages.
        clock: Gives the instant of a request.
        limits: How large a request may be, and how much may be asked at once.
        documents: What requests may name by its identifier; `operations`, when left out.
        statuses: Which edition of GraphQL over HTTP the statuses are of.
        database: Where customers, usage and invoices are; the caller closes it. Without one,
            what is stored is answered with how to start a server that has one.
        access: Who may ask. Without keys every caller is an administrator, so the server must not
            be reached from elsewhere.
        watcher: Follows the branch that is served, and swaps what `holder` holds; the caller runs
            it. Without one, the catalog comes from a directory.
        webhook_secret: With what webhooks are signed that make the watcher look; None: there are
            none.
        monitoring: How the process is looked after.
    """
    bounds = limits or Limits()
    held = documents or persisted(operations)
    monitored = monitoring or Monitoring()
    lifecycle = monitored.lifecycle
    states = [CatalogMetrics(holder, watcher, lifecycle, clock)]
    metrics = Metrics(known_operations(held.texts.values()), states)
    if database is not None:
        database.time_statements(metrics.count_statement)
    graphql = GraphQLEndpoint(
        {role: executable_schema(role) for role in Role},
        holder,
        page=graphiql_page(web, is_development=access.is_development),
        clock=clock,
        limits=bounds,
        buckets=None if access.is_development else Buckets(),
        documents=held,
        statuses=statuses,
        database=database,
        repository=Repository(watcher, Previews(watcher.branch)) if watcher else None,
    )
    usage = UsageEndpoint(holder, database, clock, bounds)
    webhooks = []
    if watcher is not None and webhook_secret is not None:
        webhooks.append(Route("/webhooks/git", Webhook(watcher, webhook_secret, bounds)))
    return Starlette(
        routes=[
            *_routes(graphql, usage, operations, web),
            *page_routes(web, is_development=access.is_development),
            Route("/metrics", MetricsPage(metrics)),
            *webhooks,
        ],
        middleware=[
            Middleware(Observing, observers=Observers(metrics, lifecycle, monitored.tracing)),
            Middleware(SecurityHeaders),
            Middleware(
                Probes,
                readiness=Readiness(lifecycle, database),
                metrics=metrics,
                token=monitored.metrics_token,
            ),
            Middleware(AllowedHosts, hosts=[*LOOPBACK_HOSTS, *allowed_hosts]),
            *([Middleware(CrossOrigin, origins=access.origins)] if access.origins else []),
            Middleware(Authentication, access=access, clock=clock),
            Middleware(Direct, path=GRAPHQL, endpoint=graphql),
        ],
        exception_handlers={HTTPException: _refused},
    )


def _routes(
    graphql: GraphQLEndpoint, usage: UsageEndpoint, operations: Sequence[Operation], web: Path
) -> Sequence[BaseRoute]:
    """Every address that the server answers under."""

    @cache
    def examples(role: Role) -> bytes:
        return orjson.dumps([each for each in operations if graphql.accepts(each.document, role)])

    async def list_operations(request: Request) -> Response:
        return _json(examples(principal_of(request.scope).role))

    return [
        Route("/", _to_graphql),
        Route("/operations", list_operations),
        Route("/usage", usage),
        Mount("/assets", Assets(directory=web / "assets", check_dir=False)),
    ]


async def _to_graphql(_request: Request) -> Response:
    return RedirectResponse(GRAPHQL)


async def _refused(request: Request, error: Exception) -> Response:
    """What the router refuses: no such address, or not with this method."""
    status = HTTPStatus(getattr(error, "status_code", HTTPStatus.NOT_FOUND))
    code = ErrorCode.NOT_FOUND
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        code = ErrorCode.METHOD_NOT_ALLOWED
    refusal = Refusal(status, code, f"{status.phrase}; the API is at /graphql")
    note_of(request.scope).codes = (code,)
    return _json(errors_body(refusal.errors), status, getattr(error, "headers", None))


def _json(
    body: bytes, status: HTTPStatus = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(body, status, headers, "application/json")

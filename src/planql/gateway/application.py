"""The application that uvicorn runs, put together: who answers where, and what stands before."""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Final

import orjson

from planql.gateway.access import DEVELOPMENT, Access
from planql.gateway.answers import Answer
from planql.gateway.assets import Assets
from planql.gateway.authentication import Authentication
from planql.gateway.buckets import Buckets
from planql.gateway.calls import Call
from planql.gateway.cors import Origins
from planql.gateway.endpoint import GraphQLEndpoint
from planql.gateway.front import Answering, Front, Steps
from planql.gateway.hosts import Hosts
from planql.gateway.operating.catalog_metrics import CatalogMetrics
from planql.gateway.operating.metrics import Metrics, known_operations
from planql.gateway.operating.monitoring import Monitoring
from planql.gateway.operating.observing import Observers
from planql.gateway.operating.probes import MetricsPage, Probes
from planql.gateway.operating.readiness import Readiness
from planql.gateway.pages import graphiql_page, own_pages
from planql.gateway.principals import Role
from planql.gateway.requests import require_reading
from planql.gateway.schema import executable_schema
from planql.gateway.settings import Content, Rules
from planql.gateway.usage_endpoint import UsageEndpoint
from planql.gateway.webhooks import Webhook

GRAPHQL: Final = "/graphql"
"""Where questions are sent."""


def create_application(
    content: Content,
    access: Access = DEVELOPMENT,
    rules: Rules | None = None,
    monitoring: Monitoring | None = None,
) -> Front:
    """The application over what is served.

    Args:
        content: What is served.
        access: Who may ask. Without keys every caller is an administrator, so the server must not
            be reached from elsewhere.
        rules: How what may be asked is bounded.
        monitoring: How the process is looked after.
    """
    bounds, watched = rules or Rules(), monitoring or Monitoring()
    metrics = _metrics(content, bounds, watched)
    steps = Steps(
        Probes(Readiness(watched.lifecycle, content.database), metrics, watched.metrics_token),
        Hosts(access.hosts),
        Origins(access.origins),
        Authentication(access, content.clock),
    )
    return Front(
        steps,
        {**_addresses(content, access, bounds), "/metrics": MetricsPage(metrics).answer},
        Assets(content.web / "assets").answer,
        Observers(metrics, watched.lifecycle, watched.tracing),
    )


def _metrics(content: Content, rules: Rules, monitoring: Monitoring) -> Metrics:
    lifecycle = monitoring.lifecycle
    states = [CatalogMetrics(content.holder, content.watcher, lifecycle, content.clock)]
    metrics = Metrics(known_operations(rules.documents.texts.values()), states)
    if content.database is not None:
        content.database.time_statements(metrics.count_statement)
    return metrics


def _addresses(content: Content, access: Access, rules: Rules) -> Mapping[str, Answering]:
    """Who answers under which path."""
    limits, is_development = rules.limits, access.is_development
    page = graphiql_page(content.web, is_development=is_development)
    buckets = None if is_development else Buckets()
    schemas = {role: executable_schema(role) for role in Role}
    graphql = GraphQLEndpoint(schemas, content, rules, page, buckets)
    usage = UsageEndpoint(content.holder, content.database, content.clock, limits.usage_bytes)
    pages = own_pages(content.web, is_development=is_development)
    found: dict[str, Answering] = {
        "/": _to_graphql,
        GRAPHQL: graphql.answer,
        "/usage": usage.answer,
        "/operations": _operations(content, graphql),
        **{path: each.answer for path, each in pages.items()},
    }
    if content.watcher is not None and access.webhook_secret is not None:
        webhook = Webhook(content.watcher, access.webhook_secret, limits.webhook_bytes)
        found["/webhooks/git"] = webhook.answer
    return found


def _operations(content: Content, graphql: GraphQLEndpoint) -> Answering:
    """Lists the examples that whoever asks can run."""

    @cache
    def examples(role: Role) -> bytes:
        can_run = (each for each in content.operations if graphql.accepts(each.document, role))
        return orjson.dumps([*can_run])

    async def answer(call: Call) -> Answer:
        require_reading(call, "examples")
        return Answer(HTTPStatus.OK, (examples(call.principal.role),))

    return answer


async def _to_graphql(call: Call) -> Answer:
    require_reading(call, "pages")
    headers = {"location": GRAPHQL}
    return Answer(HTTPStatus.TEMPORARY_REDIRECT, (b"",), headers=headers)

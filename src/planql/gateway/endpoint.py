"""`/graphql`: GraphQL over HTTP as one ASGI callable.

::

    request --> negotiate --> read --> prepare --> execute --> answer
                  406       400 405     200/400     200
                            413 415   (no `data`)

Every answer is JSON of the media type asked for, whatever went wrong; a browser that asks for
HTML gets GraphiQL. Each kind of principal has a schema, and valid documents, of its own.

Source: GraphQL over HTTP (draft of the GraphQL Foundation).
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Final

from graphql import GraphQLSchema, OperationType
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from planql.gateway.answers import Answer, errors_body
from planql.gateway.codes import ErrorCode
from planql.gateway.context import Context
from planql.gateway.documents import Documents, RequestError
from planql.gateway.execution import Executed, execute_request, masked
from planql.gateway.limits import Limits
from planql.gateway.negotiation import API_TYPES, MediaType, negotiate
from planql.gateway.previews import Repository
from planql.gateway.principals import Principal, Role, principal_of
from planql.gateway.refusals import Refusal
from planql.gateway.requests import Disconnected, GraphQLRequest, read_request
from planql.gateway.served import CatalogHolder
from planql.gateway.stored import Stored
from planql.stores.database import Database
from planql.stores.desk import Desk

Clock = Callable[[], datetime]

_PUBLIC: Final = {"cache-control": "public, no-cache"}
"""Anyone may see it, so anyone may keep it, and ask each time whether it still holds."""


class GraphQLEndpoint:
    """The ASGI callable that answers GraphQL requests from the catalog that is held."""

    def __init__(  # noqa: PLR0913 - what an answer is made from
        self,
        schemas: Mapping[Role, GraphQLSchema],
        holder: CatalogHolder,
        *,
        page: ASGIApp,
        clock: Clock,
        limits: Limits,
        database: Database | None = None,
        repository: Repository | None = None,
    ) -> None:
        self._schemas = schemas
        self._repository = repository
        self._database = database
        self._holder = holder
        self._page = page
        self._clock = clock
        self._limits = limits
        self._documents = {role: Documents(each, limits) for role, each in schemas.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            media_type = _negotiated(scope)
            if media_type is MediaType.HTML:
                return await self._page(scope, receive, send)
            answer = await self._answer(scope, receive, media_type)
        except Refusal as refusal:
            answer = refused(refusal)
        except Disconnected:
            return None
        return await answer.send(send)

    def accepts(self, document: str, role: Role) -> bool:
        """Whether a kind of principal may send `document`: what it names exists for them."""
        try:
            self._documents[role].prepare(document)
        except RequestError:
            return False
        return True

    async def _answer(self, scope: Scope, receive: Receive, media_type: MediaType) -> Answer:
        request_id = secrets.token_hex(8)
        principal = principal_of(scope)
        try:
            request = await read_request(scope, receive, self._limits.body_bytes)
            done = await self._execute(request, request_id, principal)
            is_public = request.is_get and principal.role is Role.ANONYMOUS and not done.has_errors
            return Answer(HTTPStatus.OK, done.body, media_type, _PUBLIC if is_public else {})
        except RequestError as error:
            # A client of the older media type takes any other status for a broken server.
            is_legacy = media_type is MediaType.JSON
            status = HTTPStatus.OK if is_legacy else HTTPStatus.BAD_REQUEST
            return Answer(status, errors_body(error.errors), media_type)
        except Refusal as refusal:
            return refused(refusal, media_type)
        except Disconnected:
            raise
        except Exception as defect:  # noqa: BLE001 - the edge of the process
            errors = [masked(defect, request_id)]
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, errors_body(errors), media_type)

    async def _execute(
        self, request: GraphQLRequest, request_id: str, principal: Principal
    ) -> Executed:
        prepared = self._documents[principal.role].prepare(request.query)
        operation = prepared.operation(request.operation_name)
        if request.is_get and operation.operation is not OperationType.QUERY:
            raise Refusal(
                HTTPStatus.METHOD_NOT_ALLOWED,
                ErrorCode.METHOD_NOT_ALLOWED,
                f"GET executes queries only; send the {operation.operation.value} with POST",
                {"allow": "POST"},
            )
        context = self._context(request_id, principal)
        return await execute_request(self._schemas[principal.role], prepared, request, context)

    def _context(self, request_id: str, principal: Principal) -> Context:
        whole, now = self._holder.served, self._clock()
        seen = whole.seen_by(principal.role)
        if self._database is None:
            return Context(seen, now, request_id, principal, repository=self._repository)
        stored = Stored(Desk(self._database, whole.catalog, now))
        return Context(seen, now, request_id, principal, stored, self._repository)


def _negotiated(scope: Scope) -> MediaType:
    accept = ",".join(Headers(scope=scope).getlist("accept"))
    offers = (*API_TYPES, MediaType.HTML) if scope["method"] == "GET" else API_TYPES
    return negotiate(accept, offers)


def refused(refusal: Refusal, media_type: MediaType = MediaType.JSON) -> Answer:
    """The answer that a refusal is sent as."""
    return Answer(refusal.status, errors_body(refusal.errors), media_type, refusal.headers)

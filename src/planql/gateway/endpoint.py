"""`/graphql`: GraphQL over HTTP as one ASGI callable.

::

    request --> negotiate --> read --> prepare --> admit --> execute --> answer
                  406       400 405     200/400    429         200
                            413 415   (no `data`)

Every answer is JSON of the media type asked for, whatever went wrong; a browser that asks for
HTML gets GraphiQL. Each kind of principal has a schema, and valid documents, of its own.

Source: GraphQL over HTTP (draft of the GraphQL Foundation).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Final

from graphql import GraphQLSchema, OperationDefinitionNode, OperationType
from starlette.types import ASGIApp, Receive, Scope, Send

from planql.gateway.admission import Admission, Payer
from planql.gateway.answers import Answer, errors_body, with_cost
from planql.gateway.buckets import Buckets
from planql.gateway.codes import ErrorCode
from planql.gateway.compiled.etags import is_among, strong_etag
from planql.gateway.compiled.operations import Asked
from planql.gateway.context import Context
from planql.gateway.document_ids import document_id
from planql.gateway.documents import Documents, Prepared, RequestError
from planql.gateway.execution import Executed, codes_of, execute_request, masked
from planql.gateway.limits import Limits
from planql.gateway.negotiation import API_TYPES, MediaType, negotiate
from planql.gateway.operating.notes import Note, note_of
from planql.gateway.persisted import NO_DOCUMENTS, PersistedDocuments
from planql.gateway.previews import Repository
from planql.gateway.principals import Principal, Role, principal_of
from planql.gateway.refusals import Refusal
from planql.gateway.requests import Disconnected, GraphQLRequest, read_request
from planql.gateway.served import CatalogHolder
from planql.gateway.statuses import Statuses
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
        buckets: Buckets | None = None,
        documents: PersistedDocuments = NO_DOCUMENTS,
        statuses: Statuses = Statuses.AUDITS,
        database: Database | None = None,
        repository: Repository | None = None,
    ) -> None:
        self._schemas = schemas
        self._admission = Admission(limits, buckets)
        self._persisted = documents
        self._statuses = statuses
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
        note = note_of(scope)
        principal = principal_of(scope)
        try:
            request = await read_request(scope, receive, self._limits.body_bytes)
            payer = self._admission.payer(scope, principal)
            done = await self._execute(request, note, principal, payer)
            is_public = _is_public(request, principal) and not done.has_errors
            status = self._statuses.executed(media_type, has_errors=done.has_errors)
            status = HTTPStatus.NOT_MODIFIED if done.is_unchanged else status
            kept = {**_PUBLIC, **({"etag": done.etag} if done.etag else {})} if is_public else {}
            return Answer(status, done.body, media_type, kept, done.codes)
        except RequestError as error:
            status = self._statuses.not_executed(media_type, error)
            body, codes = errors_body(error.errors), codes_of(error.errors)
            return Answer(status, body, media_type, codes=codes)
        except Refusal as refusal:
            return replace(
                refused(refusal, media_type), status=self._statuses.refused(media_type, refusal)
            )
        except Disconnected:
            raise
        except Exception as defect:  # noqa: BLE001 - the edge of the process
            return broken(defect, note.request_id, media_type)

    async def _execute(
        self, request: GraphQLRequest, note: Note, principal: Principal, payer: Payer
    ) -> Executed:
        text = self._persisted.text(request)
        documents = self._documents[principal.role]
        if not documents.knows(text):
            self._admission.pay_reading(payer, text)
        prepared = _noted(documents, text, note)
        operation = prepared.operation(request.operation_name)
        note.operation = operation.name.value if operation.name else ""
        note.kind = operation.operation.value
        if request.is_get and operation.operation is not OperationType.QUERY:
            raise Refusal(
                HTTPStatus.METHOD_NOT_ALLOWED,
                ErrorCode.METHOD_NOT_ALLOWED,
                f"GET executes queries only; send the {operation.operation.value} with POST",
                {"allow": "POST"},
            )
        cost = self._admission.admit(payer, prepared, operation, request.variables)
        context = self._context(note, principal)
        note.cost, note.commit = cost["requested"], context.served.catalog.commit
        schema = self._schemas[principal.role]
        asked = prepared.shortcuts.asked(schema, prepared.document, operation, request.variables)
        etag = ""
        if _is_public(request, principal):
            # Everyone who keeps the answer keeps the same one.
            cost = {name: cost[name] for name in ("requested", "limit")}
            etag = _etag(context, prepared, operation, asked, cost)
            if etag and is_among(etag, request.if_none_match):
                return Executed(b"", has_errors=False, etag=etag, is_unchanged=True)
        done = await execute_request(schema, prepared, request, context, asked)
        body = with_cost(done.body, cost)
        return Executed(body, done.has_errors, done.codes, "" if done.has_errors else etag)

    def _context(self, note: Note, principal: Principal) -> Context:
        whole, now = self._holder.served, self._clock()
        seen = whole.seen_by(principal.role)
        stored = None
        if self._database is not None:
            stored = Stored(Desk(self._database, whole.catalog, now))
        return Context(seen, now, note.request_id, principal, stored, self._repository, note)


def _noted(documents: Documents, text: str, note: Note) -> Prepared:
    """A document ready to be executed; which one it was is noted even if it cannot be.

    Raises:
        RequestError: as `Documents.prepare`.
    """
    try:
        prepared = documents.prepare(text)
    except RequestError:
        note.document = document_id(text)
        raise
    note.document = prepared.identifier
    return prepared


def _is_public(request: GraphQLRequest, principal: Principal) -> bool:
    """Whether an answer holds nothing but what anyone may see, and may be kept."""
    return request.is_get and principal.role is Role.ANONYMOUS


def _etag(
    context: Context,
    prepared: Prepared,
    operation: OperationDefinitionNode,
    asked: Asked | None,
    cost: Mapping[str, int],
) -> str:
    """The tag of an answer that reads the catalog only; "" of any other."""
    catalog = context.served.catalog
    if asked is None or not asked.is_pure or not catalog.digest:
        return ""
    name = operation.name.value if operation.name else ""
    about = (catalog.digest, catalog.commit, prepared.identifier, name, asked.values)
    return strong_etag(*about, context.principal.role, repr(cost))


def _negotiated(scope: Scope) -> MediaType:
    wishes = [value for name, value in scope["headers"] if name == b"accept"]
    accept = b",".join(wishes).decode("latin-1")
    offers = (*API_TYPES, MediaType.HTML) if scope["method"] == "GET" else API_TYPES
    return negotiate(accept, offers)


def refused(refusal: Refusal, media_type: MediaType = MediaType.JSON) -> Answer:
    """The answer that a refusal is sent as."""
    body = errors_body(refusal.errors, refusal.extensions)
    return Answer(refusal.status, body, media_type, refusal.headers, (refusal.code,))


def broken(defect: Exception, request_id: str, media_type: MediaType = MediaType.JSON) -> Answer:
    """The answer to a request that met a defect, which is logged."""
    errors = [masked(defect, request_id)]
    body, codes = errors_body(errors), codes_of(errors)
    return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, body, media_type, codes=codes)

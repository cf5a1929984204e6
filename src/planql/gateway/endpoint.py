"""`/graphql`: GraphQL over HTTP.

::

    negotiate --> read --> prepare --> admit --> execute
      406       400 405     200/400    429         200
                413 415   (no `data`)

Every answer is JSON of the media type asked for, whatever went wrong; a browser that asks for
HTML gets GraphiQL. Each kind of principal has a schema, and valid documents, of its own.

Source: GraphQL over HTTP (draft of the GraphQL Foundation).
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from graphql import GraphQLSchema

from planql.gateway.admission import Admission, Extension, Payer
from planql.gateway.answers import Answer, errors_body, refused, result_body
from planql.gateway.buckets import Buckets
from planql.gateway.calls import Call
from planql.gateway.compiled.etags import is_among, strong_etag
from planql.gateway.compiled.operations import Asked
from planql.gateway.context import Context
from planql.gateway.document_ids import document_id
from planql.gateway.documents import Documents, Prepared, RequestError
from planql.gateway.execution import broken, codes_of, execute_request
from planql.gateway.negotiation import API_TYPES, MediaType, negotiate
from planql.gateway.pages import Page
from planql.gateway.prepared_operations import PreparedOperation
from planql.gateway.previews import Previews, Repository
from planql.gateway.principals import Role
from planql.gateway.refusals import Refusal, WrongMethod
from planql.gateway.requests import Disconnected, GraphQLRequest, read_request
from planql.gateway.settings import Content, Rules
from planql.gateway.stored import Stored
from planql.stores.desk import Desk

_OK: Final = HTTPStatus.OK
_OF_GET: Final = (*API_TYPES, MediaType.HTML)


class GraphQLEndpoint:
    """Answers GraphQL requests from the catalog that is held.

    Args:
        schemas: By who asks.
        content: What is served.
        rules: How requests are bounded.
        page: What browsers are shown.
        buckets: What everyone has left; None on a server that does not tell callers apart.
    """

    def __init__(
        self,
        schemas: Mapping[Role, GraphQLSchema],
        content: Content,
        rules: Rules,
        page: Page,
        buckets: Buckets | None = None,
    ) -> None:
        self._schemas = schemas
        self._content = content
        self._persisted = rules.documents
        self._statuses = rules.statuses
        self._limits = rules.limits
        self._page = page
        self._admission = Admission(rules.limits, buckets)
        self._documents = {role: Documents(each, rules.limits) for role, each in schemas.items()}
        watcher = content.watcher
        self._repository = Repository(watcher, Previews(watcher.branch)) if watcher else None

    async def answer(self, call: Call) -> Answer:
        """The answer to one request.

        Raises:
            Refusal: 406.
            Disconnected: the client went away.
        """
        offers = _OF_GET if call.method == "GET" else API_TYPES
        media_type = negotiate(call.headers.get(b"accept", b""), offers)
        if media_type is MediaType.HTML:
            return await self._page.answer(call)
        try:
            request = await read_request(call, self._limits.body_bytes)
            return await self._execute(call, request, media_type)
        except RequestError as error:
            status = self._statuses.not_executed(media_type, error)
            body, codes = errors_body(error.errors), codes_of(error.errors)
            return Answer(status, (body,), media_type, codes=codes)
        except Refusal as refusal:
            status = self._statuses.refused(media_type, refusal)
            return refused(refusal, media_type, status)
        except Disconnected:
            raise
        except Exception as defect:  # noqa: BLE001 - the edge of the process
            return broken(defect, call.note.request_id, media_type)

    def accepts(self, document: str, role: Role) -> bool:
        """Whether a kind of principal may send `document`: what it names exists for them."""
        try:
            self._documents[role].prepare(document)
        except RequestError:
            return False
        return True

    async def _execute(self, call: Call, request: GraphQLRequest, media_type: MediaType) -> Answer:
        payer = self._admission.payer(call)
        prepared = self._prepared(call, request, payer)
        operation = prepared.operation(request.operation_name)
        note = call.note
        note.operation, note.kind = operation.name, operation.kind
        if call.method == "GET" and operation.kind != "query":
            raise WrongMethod(
                "GET",
                f"which executes queries only; send the {operation.kind} with POST",
                "POST",
            )
        cost = self._admission.admit(payer, operation, request.variables)
        context = self._context(call)
        note.cost, note.commit = cost["requested"], context.served.catalog.commit
        asked = operation.asked(request.variables)
        headers: Mapping[str, str] = {}
        if call.method == "GET" and call.principal.role is Role.ANONYMOUS:
            # Everyone who keeps the answer keeps the same one.
            cost = {name: cost[name] for name in ("requested", "limit")}
            etag = _etag(context, prepared, operation, asked, cost)
            headers = _kept_by_anyone(etag)
            if etag and is_among(etag, call.header(b"if-none-match")):
                return Answer(HTTPStatus.NOT_MODIFIED, (b"",), media_type, headers)
        schema = self._schemas[call.principal.role]
        done = await execute_request(schema, prepared, request, context, asked)
        parts, errors = result_body(done.data, done.errors, cost), done.errors
        if not errors:
            return Answer(_OK, parts, media_type, headers)
        status = self._statuses.with_errors(media_type)
        return Answer(status, parts, media_type, codes=codes_of(errors))

    def _prepared(self, call: Call, request: GraphQLRequest, payer: Payer) -> Prepared:
        """The document of a request, ready to be executed; which one it was is noted anyway.

        Raises:
            Refusal: 400 or 429.
            RequestError: it cannot be executed.
        """
        text = self._persisted.text(request)
        documents = self._documents[call.principal.role]
        try:
            prepared = documents.known(text)
            if prepared is None:
                self._admission.pay_reading(payer, text)
                prepared = documents.prepare(text)
        except RequestError:
            call.note.document = document_id(text)
            raise
        call.note.document = prepared.identifier
        return prepared

    def _context(self, call: Call) -> Context:
        content = self._content
        whole, now = content.holder.served, content.clock()
        seen = whole.seen_by(call.principal.role)
        stored = None
        if content.database is not None:
            stored = Stored(Desk(content.database, whole.catalog, now))
        return Context(seen, now, call.principal, call.note, stored, self._repository)


def _kept_by_anyone(etag: str) -> Mapping[str, str]:
    """What is said of what anyone may see: keep it, and ask each time whether it still holds."""
    kept = {"cache-control": "public, no-cache"}
    return {**kept, "etag": etag} if etag else kept


def _etag(
    context: Context,
    prepared: Prepared,
    operation: PreparedOperation,
    asked: Asked | None,
    cost: Extension,
) -> str:
    """The tag of an answer that reads the catalog only; "" of any other."""
    catalog = context.served.catalog
    if asked is None or not asked.program.is_pure or not catalog.digest:
        return ""
    about = (catalog.digest, catalog.commit, prepared.identifier, operation.name)
    return strong_etag(*about, repr(asked.values), context.principal.role, repr(cost))

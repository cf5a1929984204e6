"""A request answered twice: by the fast path, and by graphql-core alone."""

from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from tests.gateway.credentials import NOW

from planql.catalog.snapshot import Catalog
from planql.gateway.answers import result_body
from planql.gateway.compiled.operations import Asked
from planql.gateway.context import Context
from planql.gateway.documents import Documents, Prepared, RequestError
from planql.gateway.execution import execute_request
from planql.gateway.limits import Limits
from planql.gateway.operating.notes import Note
from planql.gateway.principals import Admin, Anonymous, Customer, Principal, Role, Server
from planql.gateway.requests import GraphQLRequest
from planql.gateway.schema import executable_schema
from planql.gateway.served import Served

LIMITS = Limits(tokens=100_000, fields=100_000, aliases=100_000, directives=100_000)
PRINCIPALS: Mapping[Role, Principal] = {
    Role.ANONYMOUS: Anonymous(),
    Role.CUSTOMER: Customer("acme"),
    Role.SERVER: Server("checkout"),
    Role.ADMIN: Admin("ops"),
}


@dataclass(frozen=True)
class Answers:
    """What both answer.

    Attributes:
        fast: The fast path, whatever it leaves to graphql-core.
        kept: The fast path once more, when it may have kept an answer: those asked for twice.
        reference: graphql-core.
        is_compiled: Whether the fast path gave the answer itself.
    """

    fast: bytes
    kept: bytes
    reference: bytes
    is_compiled: bool


class Setting:
    """A kind of principal who asks, without a database."""

    def __init__(self, catalog: Catalog, role: Role) -> None:
        self.schema = executable_schema(role)
        self._documents = Documents(self.schema, LIMITS)
        served = Served(catalog).seen_by(role)
        self.context = Context(served, NOW, PRINCIPALS[role], Note("request"))

    def prepared(self, document: str) -> Prepared:
        """A valid document."""
        return self._documents.prepare(document)

    async def answers(self, document: str, variables: Mapping[str, object]) -> Answers:
        """What both answer."""
        prepared = self.prepared(document)
        request = GraphQLRequest(document, variables=dict(variables))
        asked = prepared.operation(None).asked(variables)
        first, _, third = [await self._body(prepared, request, asked) for _ in range(3)]
        return Answers(
            fast=first,
            kept=third,
            reference=await self._body(prepared, request, None),
            is_compiled=asked is not None and await self._is_answered(asked),
        )

    async def _body(
        self, prepared: Prepared, request: GraphQLRequest, asked: Asked | None
    ) -> bytes:
        try:
            done = await execute_request(self.schema, prepared, request, self.context, asked)
        except RequestError as error:
            return orjson.dumps(error.errors)
        return b"".join(result_body(done.data, done.errors, {}))

    async def _is_answered(self, asked: Asked) -> bool:
        return await asked.answer(self.context) is not None

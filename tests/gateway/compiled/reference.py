"""A request answered twice: by the fast path, and by graphql-core alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import orjson
from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode
from tests.gateway.credentials import NOW

from planql.catalog.snapshot import Catalog
from planql.gateway.compiled.operations import Asked
from planql.gateway.compiled.shortcuts import Shortcuts
from planql.gateway.context import Context
from planql.gateway.documents import Documents, Prepared, RequestError
from planql.gateway.execution import execute_request
from planql.gateway.limits import Limits
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


class NoShortcuts(Shortcuts):
    """Everything is executed by graphql-core."""

    def asked(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        given: Mapping[str, object],
    ) -> Asked | None:
        """Nothing."""


@dataclass(frozen=True)
class Answers:
    """What both answer.

    Attributes:
        fast: The fast path, whatever it leaves to graphql-core.
        kept: The fast path once more, when it may have kept something.
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
        self.context = Context(served, NOW, "request", PRINCIPALS[role])

    def prepared(self, document: str) -> Prepared:
        """A valid document."""
        return self._documents.prepare(document)

    async def answers(self, document: str, variables: Mapping[str, object]) -> Answers:
        """What both answer."""
        prepared = self.prepared(document)
        request = GraphQLRequest(document, variables=variables)
        plain = replace(prepared, shortcuts=NoShortcuts())
        return Answers(
            fast=await self._body(prepared, request),
            kept=await self._body(prepared, request),
            reference=await self._body(plain, request),
            is_compiled=await self._is_compiled(prepared, request),
        )

    async def _body(self, prepared: Prepared, request: GraphQLRequest) -> bytes:
        try:
            done = await execute_request(self.schema, prepared, request, self.context)
        except RequestError as error:
            return orjson.dumps(error.errors)
        return done.body

    async def _is_compiled(self, prepared: Prepared, request: GraphQLRequest) -> bool:
        operation = prepared.operation(None)
        found = prepared.shortcuts.asked(
            self.schema, prepared.document, operation, request.variables
        )
        try:
            return found is not None and bool(await found.answer(self.context))
        except Exception:  # noqa: BLE001 - that is what is asked
            return False

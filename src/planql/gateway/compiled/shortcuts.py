"""Shortcuts: the operations of one document that need not go through graphql-core."""

from collections.abc import Mapping

from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

from planql.gateway.compiled.operations import Asked, Operation
from planql.gateway.compiled.surprises import NotCompilable


class Shortcuts:
    """The compiled operations of a document, each compiled when it is asked for first."""

    def __init__(self) -> None:
        self._known: dict[int, Operation | None] = {}

    def asked(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        given: Mapping[str, object],
    ) -> Asked | None:
        """An operation as it is asked with variables; None when graphql-core must execute it."""
        place = id(operation)
        if place not in self._known:
            self._known[place] = _compiled(schema, document, operation)
        found = self._known[place]
        try:
            return None if found is None else found.asked(given)
        except Exception:  # noqa: BLE001 - whatever it is, graphql-core meets it again, and says where
            return None


def _compiled(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
) -> Operation | None:
    try:
        return Operation(schema, document, operation)
    except NotCompilable:
        return None

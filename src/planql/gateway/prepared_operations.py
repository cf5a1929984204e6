"""Operations of a valid document, each with what is worked out once for all of its requests."""

from collections.abc import Callable, Mapping
from functools import partial

from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

from planql.gateway.compiled.operations import Asked, Operation
from planql.gateway.compiled.surprises import NotCompilable
from planql.gateway.costing import Cost, Costing


class PreparedOperation:
    """An operation of a valid document.

    Args:
        schema: What the document is valid for.
        document: All of it.
        node: The operation.
        costing: Of the document.

    Attributes:
        name: "" when it has none.
        kind: `query`, `mutation` or `subscription`.
        cost: What it costs, of the variables of a request.
    """

    __slots__ = ("_asked", "_document", "_node", "_schema", "cost", "kind", "name")

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        node: OperationDefinitionNode,
        costing: Costing,
    ) -> None:
        self.name = node.name.value if node.name else ""
        self.kind = node.operation.value
        self.cost: Callable[[Mapping[str, object]], Cost] = partial(costing.cost, node)
        self._schema = schema
        self._document = document
        self._node = node
        self._asked: Callable[[Mapping[str, object]], Asked | None] = self._first_asked

    def asked(self, variables: Mapping[str, object]) -> Asked | None:
        """What answers it with these variables; None when graphql-core must execute it."""
        try:
            return self._asked(variables)
        except Exception:  # noqa: BLE001 - whatever it is, graphql-core meets it again, and says where
            return None

    def _first_asked(self, variables: Mapping[str, object]) -> Asked | None:
        """The same, compiled when it is asked for first."""
        try:
            self._asked = Operation(self._schema, self._document, self._node).asked
        except NotCompilable:
            self._asked = _not_compilable
        return self._asked(variables)


def _not_compilable(_variables: Mapping[str, object]) -> None:
    """None, for every request."""

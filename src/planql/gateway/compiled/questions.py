"""Questions: one operation of a document, and what can be said of it before it is compiled."""

from dataclasses import dataclass

from graphql import (
    DirectiveNode,
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    visit,
)
from graphql.execution.collect_fields import FragmentDetails

from planql.gateway.compiled.surprises import NotCompilable

_SWITCHES = frozenset({"include", "skip"})


@dataclass(frozen=True, slots=True)
class Question:
    """A query of a document.

    Attributes:
        schema: What it is valid for.
        fragments: Those of its document, by name.
        operation: The query.
        root: The type of its fields.
        switches: The variables that decide which selections are in it.
        certain: The variables that always have a value, and never null.
    """

    schema: GraphQLSchema
    fragments: dict[str, FragmentDetails]
    operation: OperationDefinitionNode
    root: GraphQLObjectType
    switches: tuple[str, ...]
    certain: frozenset[str]


def question_of(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
) -> Question:
    """The operation, if it is one that may be compiled.

    Raises:
        NotCompilable: it is no query, or has directives other than `@include` and `@skip`.
    """
    if operation.operation is not OperationType.QUERY or schema.query_type is None:
        raise NotCompilable
    fragments = {
        node.name.value: FragmentDetails(node)
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    found = _Directives()
    visit(document, found)
    certain = frozenset(
        each.variable.name.value
        for each in operation.variable_definitions or ()
        if isinstance(each.type, NonNullTypeNode)
    )
    switches = tuple(found.variables)
    return Question(schema, fragments, operation, schema.query_type, switches, certain)


class _Directives(Visitor):
    """Looks for the variables of directives."""

    def __init__(self) -> None:
        super().__init__()
        self.variables: dict[str, None] = {}

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        if node.name.value not in _SWITCHES:
            raise NotCompilable
        for argument in node.arguments or ():
            if isinstance(argument.value, VariableNode):
                self.variables[argument.value.name.value] = None

"""Variables: coerced by graphql-core, with what is the same for every request worked out once."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    VariableDefinitionNode,
    is_leaf_type,
    is_non_null_type,
)
from graphql.execution.get_variable_signature import (
    GraphQLVariableSignature,
    get_variable_signature,
)
from graphql.execution.values import (
    VariableValues,
    VariableValueSource,
    input_is_nested_too_deeply,
)
from graphql.utilities.coerce_input_value import coerce_default_value, coerce_input_value

from planql.gateway.compiled.surprises import NotCompilable, Surprise


class Variables:
    """The variables that an operation declares."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        declared = operation.variable_definitions or ()
        self._signatures = [_signature(schema, each) for each in declared]

    def coerced(self, given: Mapping[str, object]) -> VariableValues:
        """The values of a request's variables.

        Raises:
            Surprise: graphql-core refuses one of them, and will say why.
        """
        sources: dict[str, VariableValueSource] = {}
        values: dict[str, object] = {}
        for each in self._signatures:
            value = given.get(each.name, Undefined)
            sources[each.name] = VariableValueSource(each, value)
            if value is not Undefined:
                values[each.name] = _coerced(value, each.type)
            elif each.default is not None:
                values[each.name] = coerce_default_value(each)
            elif is_non_null_type(each.type):
                raise Surprise
        return VariableValues(sources, values)


def _signature(schema: GraphQLSchema, node: VariableDefinitionNode) -> GraphQLVariableSignature:
    found = get_variable_signature(schema, node)
    if isinstance(found, GraphQLError):
        raise NotCompilable
    return found


def _coerced(value: Any, kind: GraphQLInputType) -> Any:  # noqa: ANN401 - of any type
    named = kind.of_type if is_non_null_type(kind) else kind
    if value is not None and is_leaf_type(named):
        # A scalar that refuses a value raises; that is a surprise like any other.
        return named.coerce_input_value(value)
    if input_is_nested_too_deeply(value, kind):
        raise Surprise
    found = coerce_input_value(value, kind)
    if found is Undefined:
        raise Surprise
    return found

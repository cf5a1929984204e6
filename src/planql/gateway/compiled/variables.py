"""Variables: coerced by graphql-core, with what is the same for every request worked out once."""

from collections.abc import Callable, Mapping
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

Coerce = Callable[[Any], Any]
"""The value of a variable, of what a request gives for it; raises if it does not fit."""


class Variables:
    """The variables that an operation declares."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        signatures = [_signature(schema, each) for each in operation.variable_definitions or ()]
        self._declared = [(each.name, each, _coerce(each.type)) for each in signatures]

    def coerced(self, given: Mapping[str, object]) -> VariableValues:
        """The values of a request's variables.

        Raises:
            Surprise: graphql-core refuses one of them, and will say why.
        """
        sources: dict[str, VariableValueSource] = {}
        values: dict[str, object] = {}
        for name, signature, coerce in self._declared:
            value = given.get(name, Undefined)
            sources[name] = VariableValueSource(signature, value)
            if value is not Undefined:
                values[name] = coerce(value)
            elif signature.default is not None:
                values[name] = coerce_default_value(signature)
            elif is_non_null_type(signature.type):
                raise Surprise
        return VariableValues(sources, values)


def _signature(schema: GraphQLSchema, node: VariableDefinitionNode) -> GraphQLVariableSignature:
    found = get_variable_signature(schema, node)
    if isinstance(found, GraphQLError):
        raise NotCompilable
    return found


def _coerce(kind: GraphQLInputType) -> Coerce:
    named = kind.of_type if is_non_null_type(kind) else kind
    if not is_leaf_type(named):
        return lambda value: _coerced(value, kind)
    # A scalar that refuses a value raises; that is a surprise like any other.
    read = named.coerce_input_value
    return lambda value: _coerced(value, kind) if value is None else read(value)


def _coerced(value: Any, kind: GraphQLInputType) -> Any:  # noqa: ANN401 - of any type
    if input_is_nested_too_deeply(value, kind):
        raise Surprise
    found = coerce_input_value(value, kind)
    if found is Undefined:
        raise Surprise
    return found

"""Variables: coerced by graphql-core, with what is the same for every request worked out once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from graphql import (
    GraphQLBoolean,
    GraphQLError,
    GraphQLID,
    GraphQLInputType,
    GraphQLSchema,
    GraphQLString,
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

_AS_GIVEN: Final[Mapping[str, type]] = {
    GraphQLString.name: str,
    GraphQLID.name: str,
    GraphQLBoolean.name: bool,
}
"""Types whose values are what is given, if it is of the class."""


class _Declared(NamedTuple):
    """A variable that an operation declares.

    Attributes:
        name: Of it.
        as_given: The class of values that need no coercion; None when all do.
        coerce: The value, of what is given and not null; raises if it does not fit.
        signature: What graphql-core knows of it.
    """

    name: str
    as_given: type | None
    coerce: Callable[[Any], Any]
    signature: GraphQLVariableSignature


class Values(dict[str, Any]):
    """The values of a request's variables, by name; one that is left out without default has none.

    Attributes:
        given: What the request gives.
        declared: What its operation declares.
    """

    __slots__ = ("declared", "given")
    given: Mapping[str, object]
    declared: Sequence[_Declared]

    def with_sources(self) -> VariableValues:
        """The values as graphql-core holds them, with where each comes from."""
        sources = {
            each.name: VariableValueSource(each.signature, self.given.get(each.name, Undefined))
            for each in self.declared
        }
        return VariableValues(sources, self)


class Variables:
    """The variables that an operation declares."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        nodes = operation.variable_definitions or ()
        self._declared = tuple(_declared(_signature(schema, each)) for each in nodes)

    def values(self, given: Mapping[str, object]) -> Values:
        """The values of a request's variables.

        Raises:
            Surprise: graphql-core refuses one of them, and will say why.
        """
        values = Values()
        values.given, values.declared = given, self._declared
        for name, as_given, coerce, signature in self._declared:
            value = given.get(name, Undefined)
            if value.__class__ is as_given:
                values[name] = value
            elif value is None:
                values[name] = _coerced(value, signature.type)
            elif value is not Undefined:
                values[name] = coerce(value)
            elif signature.default is not None:
                values[name] = coerce_default_value(signature)
            elif is_non_null_type(signature.type):
                raise Surprise
        return values


def _signature(schema: GraphQLSchema, node: VariableDefinitionNode) -> GraphQLVariableSignature:
    found = get_variable_signature(schema, node)
    if isinstance(found, GraphQLError):
        raise NotCompilable
    return found


def _declared(signature: GraphQLVariableSignature) -> _Declared:
    kind = signature.type
    named = kind.of_type if is_non_null_type(kind) else kind
    if not is_leaf_type(named):
        return _Declared(signature.name, None, lambda value: _coerced(value, kind), signature)
    # A scalar that refuses a value raises; that is a surprise like any other.
    as_given = _AS_GIVEN.get(named.name)
    return _Declared(signature.name, as_given, named.coerce_input_value, signature)


def _coerced(value: Any, kind: GraphQLInputType) -> Any:  # noqa: ANN401 - of any type
    if input_is_nested_too_deeply(value, kind):
        raise Surprise
    found = coerce_input_value(value, kind)
    if found is Undefined:
        raise Surprise
    return found

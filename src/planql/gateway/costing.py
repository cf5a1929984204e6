"""What an operation costs, told before it is executed.

One pass visits every node once: what a fragment costs is worked out the first time it is spread.
An operation without variables in its sizes is priced once, like its document is judged once.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLType,
    InlineFragmentNode,
    NamedTypeNode,
    OperationDefinitionNode,
    OperationType,
    SchemaMetaFieldDef,
    SelectionSetNode,
    get_named_type,
    is_introspection_type,
    is_leaf_type,
    is_list_type,
    type_from_ast,
)

from planql.gateway.argument_sizes import (
    Arguments,
    Values,
    count_given,
    days_between,
    times,
    values_of,
    weigh,
    whole_number,
)
from planql.gateway.cost_table import (
    ANOTHER_CATALOG,
    LENGTHS,
    LIST_LENGTH,
    OBJECTS_PER_UNIT,
    RANGES,
    REFS,
    SLOW,
    WEIGHTS,
)
from planql.gateway.types.connections import MOST_PER_PAGE

_PAGE: Final = "first"


class Cost(NamedTuple):
    """What an operation costs.

    Attributes:
        units: At least 1.
        days: Of the longest range that it computes something for.
    """

    units: int
    days: int


class _Work(NamedTuple):
    """What is done for a part of an operation.

    Attributes:
        weight: Of fields and their arguments, in units.
        objects: That are answered.
        days: Of the longest range that something is computed for.
    """

    weight: int = 0
    objects: int = 0
    days: int = 0


class Costing:
    """What the operations of one valid document cost."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = schema
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._fixed: dict[str, Cost] = {}

    def cost(self, operation: OperationDefinitionNode, variables: Mapping[str, object]) -> Cost:
        """What an operation costs with these variables."""
        name = operation.name.value if operation.name else ""
        known = self._fixed.get(name)
        if known is not None:
            return known
        values = values_of(operation, variables, self._leaves(operation))
        # The document is valid, so there is such a root.
        root = cast("GraphQLObjectType", self._schema.get_root_type(operation.operation))
        walk = _Walk(self._schema, self._fragments, values)
        work = walk.selections(operation.selection_set, root)
        is_slow = walk.is_slow or operation.operation is OperationType.MUTATION
        objects = work.objects if is_slow else -(-work.objects // OBJECTS_PER_UNIT)
        found = Cost(max(work.weight + objects, 1), work.days)
        if not values.was_asked:
            self._fixed[name] = found
        return found

    def _leaves(self, operation: OperationDefinitionNode) -> set[str]:
        """The variables that hold no lists: they change nothing but what is computed."""
        return {
            each.variable.name.value
            for each in operation.variable_definitions or ()
            if is_leaf_type(_nullable(type_from_ast(self._schema, each.type)))
        }


def _nullable(kind: GraphQLType | None) -> GraphQLType | None:
    return kind.of_type if isinstance(kind, GraphQLNonNull) else kind


def _beside(parts: Iterable[_Work]) -> _Work:
    """Several things that are all done."""
    weight = objects = days = 0
    for each in parts:
        weight += each.weight
        objects += each.objects
        days = max(days, each.days)
    return _Work(weight, objects, days)


def _instead(parts: Iterable[_Work]) -> _Work:
    """Several things of which one is done: no more than this."""
    return _Work(*map(max, zip(*parts, strict=True)))


class _Walk:
    """The walk over one operation, with the fragments priced so far.

    Attributes:
        is_slow: Whether a field was met with which nothing in the operation is fast.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        values: Values,
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._values = values
        self._known: dict[str, _Work] = {}
        self.is_slow = False

    def selections(self, selected: SelectionSetNode, parent: GraphQLNamedType) -> _Work:
        """The cost of what is selected: of the types it can be of, the dearest."""
        always: list[_Work] = []
        by_type: dict[str, list[_Work]] = {}
        for node in selected.selections:
            if isinstance(node, FieldNode):
                always.append(self._field(node, parent))
                continue
            fragment = cast("FragmentSpreadNode | InlineFragmentNode", node)
            on, found = self._fragment(fragment, parent)
            is_one_of_several = isinstance(on, GraphQLObjectType) and on is not parent
            (by_type.setdefault(on.name, []) if is_one_of_several else always).append(found)
        if by_type:
            always.append(_instead(map(_beside, by_type.values())))
        return _beside(always)

    def _fragment(
        self, node: FragmentSpreadNode | InlineFragmentNode, parent: GraphQLNamedType
    ) -> tuple[GraphQLNamedType, _Work]:
        """The type that a fragment is on, and its cost."""
        if isinstance(node, InlineFragmentNode):
            condition = node.type_condition
            on = self._type(condition) if condition else parent
            return on, self.selections(node.selection_set, on)
        name = node.name.value
        fragment = self._fragments[name]
        on = self._type(fragment.type_condition)
        if name not in self._known:
            self._known[name] = self.selections(fragment.selection_set, on)
        return on, self._known[name]

    def _type(self, condition: NamedTypeNode) -> GraphQLNamedType:
        return self._schema.type_map[condition.name.value]

    def _field(self, node: FieldNode, parent: GraphQLNamedType) -> _Work:
        name = node.name.value
        definition = _definition(name, parent)
        place = f"{parent.name}.{name}"
        self.is_slow = self.is_slow or place in SLOW
        arguments = {each.name.value: each for each in node.arguments or ()}
        weight, days = self._own(place, arguments)
        if definition is None or node.selection_set is None:
            return _Work(weight, 0, days)
        inside = self.selections(node.selection_set, get_named_type(definition.type))
        length = self._length(place, definition, arguments)
        return _Work(
            weight + length * inside.weight, length * (1 + inside.objects), max(days, inside.days)
        )

    def _own(self, place: str, arguments: Arguments) -> tuple[int, int]:
        """What a field itself weighs: with its arguments and the days of its range; and these."""
        values = [each.value for each in arguments.values()]
        weight = WEIGHTS.get(place, 0) + sum(weigh(each, self._values) for each in values)
        for path in REFS.get(place, ()):
            weight += ANOTHER_CATALOG * count_given(arguments, path, self._values)
        if place not in RANGES:
            return weight, 0
        span = RANGES[place]
        days = days_between(arguments, span, self._values)
        of_range = days * times(arguments, span, self._values) * span.units_per_day
        return weight + min(of_range, span.most_units), days

    def _length(self, place: str, definition: GraphQLField, arguments: Arguments) -> int:
        """How long a list is assumed to be; 1 for what is no list."""
        if _PAGE in definition.args:
            asked = definition.args[_PAGE].default_value
            if _PAGE in arguments:
                asked = whole_number(arguments[_PAGE].value, self._values)
            is_number = isinstance(asked, int)
            return min(max(asked, 1), MOST_PER_PAGE) if is_number else MOST_PER_PAGE
        is_list = is_list_type(_nullable(definition.type))
        return LENGTHS.get(place, LIST_LENGTH) if is_list else 1


def _definition(name: str, parent: GraphQLNamedType) -> GraphQLField | None:
    """The definition of a field; None for those of introspection, which have flat weights."""
    if name == "__schema":
        return SchemaMetaFieldDef
    if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType) and not is_introspection_type(
        parent
    ):
        found: GraphQLField | None = parent.fields.get(name)
        return found
    return None

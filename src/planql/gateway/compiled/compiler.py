"""From an operation to its program.

Which fields are in a selection, and in which order, graphql-core's own `collect_fields` says: so
aliases, merged selections, fragments and directives are as in the reference.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Final, cast

from graphql import (
    GraphQLCompositeType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)
from graphql.execution.collect_fields import (
    FieldDetailsList,
    GroupedFieldSet,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from planql.gateway.compiled.arguments import arguments_of
from planql.gateway.compiled.completions import completed
from planql.gateway.compiled.conversions import conversions
from planql.gateway.compiled.fields import Field, field_of
from planql.gateway.compiled.kept import written
from planql.gateway.compiled.lasting import LASTING, is_lasting_list
from planql.gateway.compiled.literals import Constant, Literals
from planql.gateway.compiled.programs import FIRST, Program, Slot
from planql.gateway.compiled.questions import Question
from planql.gateway.compiled.source import Source, attribute, entries
from planql.gateway.compiled.surprises import NotCompilable

_IMPURE: Final = -1
_TYPENAME: Final = "__typename"


def compile_question(question: Question, variables: VariableValues) -> Program:
    """The program of an operation whose directives `variables` decide.

    Raises:
        NotCompilable: graphql-core must execute it.
        GraphQLError: an argument without variables is wrong.
    """
    return _Compiler(question, variables).program()


class _Compiler:
    """Compiles one operation.

    `_trace` says what the fields met so far depend on: places of arguments, or `_IMPURE`.
    """

    def __init__(self, question: Question, variables: VariableValues) -> None:
        self._question = question
        self._variables = variables
        self._source = Source()
        self._parts: list[str | Slot] = []
        self._literals = Literals(conversions(question.schema), self._source, question.certain)
        self._trace: list[int] = []
        self._selections: dict[Hashable, tuple[str, list[int]]] = {}
        self._is_in_entity = False

    def program(self) -> Program:
        root = self._question.root
        coming: list[str] = []
        shown: dict[str, str] = {}
        for key, details in self._root_fields().items():
            if _is_typename(details):
                shown[key] = f'"{root.name}"'
                continue
            asked = self._field(root, details)
            value = self._read(asked, "None")
            if asked.is_async:
                coming.append(self._source.function(value))
                value = f"s[{len(coming) - 1}]"
            shown[key] = self._completed(asked, details, value)
        return self._program(coming, self._source.function(entries(shown)))

    def _program(self, coming: Sequence[str], complete: str) -> Program:
        """The program of generated functions, by their names."""
        functions = self._source.compiled()
        return Program(
            coming=tuple(functions[each] for each in coming),
            complete=functions[complete],
            parts=tuple(
                each if isinstance(each, Slot) else functions[each] for each in self._parts
            ),
            is_pure=_IMPURE not in self._trace,
        )

    def _root_fields(self) -> GroupedFieldSet:
        asked = self._question
        return collect_fields(
            asked.schema, asked.fragments, self._variables, asked.root, asked.operation
        ).grouped_field_set

    def _selection(self, kind: GraphQLObjectType, details: FieldDetailsList) -> str:
        """The name of the function that answers what is selected of an object."""
        same = (kind.name, self._is_in_entity, tuple(id(each.node) for each in details))
        if same in self._selections:
            name, trace = self._selections[same]
            self._trace += trace
            return name
        begin = len(self._trace)
        name = self._new_selection(kind, details)
        self._selections[same] = (name, self._trace[begin:])
        return name

    def _new_selection(self, kind: GraphQLObjectType, details: FieldDetailsList) -> str:
        groups = self._groups(kind, details)
        shown = {key: self._shown(kind, each) for key, each in groups.items()}
        if _is_anything_read(kind, groups):
            return self._source.function(entries(shown))
        # Reading an attribute of null fails; where none is read, null is looked for.
        return self._source.function(f"{entries(shown)} if s is not None else surprise()")

    def _groups(self, kind: GraphQLObjectType, details: FieldDetailsList) -> GroupedFieldSet:
        """What is selected of an object, by response key."""
        asked = self._question
        return collect_subfields(
            asked.schema, asked.fragments, self._variables, asked.operation, kind, details
        ).grouped_field_set

    def _shown(
        self, kind: GraphQLObjectType, details: FieldDetailsList, of: str = "s", depth: int = 0
    ) -> str:
        """A field of the object `of`, which is in `depth` other ones or lists."""
        if _is_typename(details):
            return f'"{kind.name}"'
        asked = self._field(kind, details)
        if asked.is_async:
            raise NotCompilable
        if not self._is_in_entity and is_lasting_list(kind, asked):
            return self._list(asked, details)
        return self._completed(asked, details, self._read(asked, of), depth)

    def _field(self, parent: GraphQLObjectType, details: FieldDetailsList) -> Field:
        node = details[0].node
        definition = parent.fields.get(node.name.value)
        if definition is None:  # __schema and __type
            raise NotCompilable
        asked = field_of(definition, node)
        self._trace += [] if asked.is_pure else [_IMPURE]
        return asked

    def _read(self, asked: Field, of: str = "s") -> str:
        """What reads a field of the object `of`, with its arguments."""
        if not asked.definition.args:
            return asked.expression(self._source, of)
        given = arguments_of(self._literals, asked)
        if isinstance(given, Constant):
            return asked.expression(self._source, of, self._source.constant(given.value))
        place = self._place(self._source.function(given.expression, of="s"))
        self._trace.append(place)
        return asked.expression(self._source, of, f"q[{place}]")

    def _place(self, part: str | Slot) -> int:
        """The place in a request of arguments, by the name of their function, or of a slot."""
        self._parts.append(part)
        return FIRST + len(self._parts) - 1

    def _completed(
        self, asked: Field, details: FieldDetailsList, value: str, depth: int = 0
    ) -> str:
        def of_object(name: str, held: str, depth: int) -> str:
            kind = cast("GraphQLCompositeType", get_named_type(asked.definition.type))
            if kind.name in LASTING and not self._is_in_entity:
                return self._entity(kind, details, name, held)
            return (not depth and self._inlined(kind, details, name, held)) or self._object(
                kind, details, name, held
            )

        return completed(self._source, asked.definition.type, value, of_object, depth)

    def _inlined(
        self, kind: GraphQLCompositeType, details: FieldDetailsList, name: str, held: str
    ) -> str:
        """An object of which but leaves are read, without a function of its own; "" of others."""
        if not isinstance(kind, GraphQLObjectType) or kind.is_type_of is not None:
            return ""
        groups = self._groups(kind, details)
        if not _is_anything_read(kind, groups) or not _are_leaves(kind, groups):
            return ""
        shown = {}
        for key, each in groups.items():
            shown[key] = self._shown(kind, each, held, depth=1)
            held = held if _is_typename(each) else name
        return entries(shown)

    def _entity(
        self, kind: GraphQLCompositeType, details: FieldDetailsList, name: str, held: str
    ) -> str:
        """An object that may live as long as the snapshot: its fragment, if one is kept."""
        made, slot = self._lasting(lambda: self._object(kind, details, name, name))
        if slot is None:
            return self._object(kind, details, name, held)
        kept, lasts = f"{slot}.add({name}, {made})", LASTING[kind.name]
        added = f"({kept} if {name}.{attribute(lasts)} else {made})" if lasts else kept
        return f"({slot}.get(id({held})) or {added})"

    def _list(self, asked: Field, details: FieldDetailsList) -> str:
        """A list that lives as long as the snapshot, and its items do: its fragment, if kept."""
        kind = cast("GraphQLCompositeType", get_named_type(asked.definition.type))
        write, value = self._source.constant(written), self._read(asked)

        def of_item(name: str, held: str, _: int) -> str:
            return f"{write}({self._object(kind, details, name, held)})"

        made, slot = self._lasting(
            lambda: completed(self._source, asked.definition.type, value, of_item)
        )
        if slot is None:
            return self._completed(asked, details, value)
        return f"({slot}.get(id({value})) or {slot}.add_list({value}, {made}))"

    def _lasting(self, complete: Callable[[], str]) -> tuple[str, str | None]:
        """What completes an object, and the slot of its fragments; None if none may be kept."""
        begin = len(self._trace)
        self._is_in_entity = True
        made = complete()
        self._is_in_entity = False
        inside = self._trace[begin:]
        return made, None if _IMPURE in inside else f"q[{self._place(Slot(tuple(inside)))}]"

    def _object(
        self, kind: GraphQLCompositeType, details: FieldDetailsList, name: str, held: str
    ) -> str:
        """An object that is not null: by its class, where graphql-core asks for that."""
        if isinstance(kind, GraphQLObjectType) and kind.is_type_of is None:
            return f"{self._selection(kind, details)}({held}, q)"
        functions = {
            _class_of(each): self._selection(each, details) for each in self._possible(kind)
        }
        return f"{self._source.table(functions)}[{held}.__class__]({name}, q)"

    def _possible(self, kind: GraphQLCompositeType) -> Sequence[GraphQLObjectType]:
        """The types that an object of a type may have."""
        if isinstance(kind, GraphQLObjectType):
            return [kind]
        return self._question.schema.get_possible_types(kind)


def _is_typename(details: FieldDetailsList) -> bool:
    return details[0].node.name.value == _TYPENAME


def _is_anything_read(kind: GraphQLObjectType, groups: GroupedFieldSet) -> bool:
    """Whether an attribute of the object is among the fields."""
    nodes = [each[0].node for each in groups.values() if not _is_typename(each)]
    return any(field_of(kind.fields[each.name.value], each).is_read for each in nodes)


def _are_leaves(kind: GraphQLObjectType, groups: GroupedFieldSet) -> bool:
    """Whether no objects are among the fields."""
    nodes = [each[0].node for each in groups.values() if not _is_typename(each)]
    return all(is_leaf_type(get_named_type(kind.fields[each.name.value].type)) for each in nodes)


def _class_of(kind: GraphQLObjectType) -> type:
    """The class of the objects of a type."""
    # Only strawberry's fields are compiled, and they lead to strawberry's types.
    found: type = kind.extensions["strawberry-definition"].origin
    return found

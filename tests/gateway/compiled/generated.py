"""Random queries over a schema: valid documents with variables, some of which do not fit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_non_null_type,
    is_required_argument,
    is_required_input_field,
)
from graphql.type import GraphQLCompositeType

_DEEPEST: Final = 7
_TEXTS: Final[Mapping[str, tuple[object, ...]]] = {
    "key": ("support-pro", "support-starter", "nothing"),
    "ratePlan": ("support-pro", "support-starter", "nothing"),
    "charge": ("outcomes", "seats", "nothing"),
    "locale": ("de-DE", "en-US", "ja-JP", "not a locale"),
    "discounts": ("launch", "nothing"),
}
_SCALARS: Final[Mapping[str, tuple[object, ...]]] = {
    "Boolean": (True, False),
    "CurrencyCode": ("USD", "EUR", "JPY"),
    "Date": ("2026-03-01", "2026-06-30"),
    "DateTime": ("2026-03-01T00:00:00Z", "2026-06-01T12:00:00+02:00", "2020-01-01T00:00:00Z"),
    "Decimal": ("0", "1", "1200", "0.5", "-3", "999999.999999"),
    "Float": (0.5,),
    "ID": ("a",),
    "Int": (0, 1, 2, 99),
    "Json": ("text", 1, True, None, {"region": "eu"}, ["a"]),
    "String": ("a", "usage", "ticket.resolved", ""),
}
_NAMES: Final = ("s", "q", "w", "x0", "v0", "c0", "f0", "None", "class", "dict", "__class__")
"""Of variables: what each of them means in Python, or in the source that is generated."""
_WRONG: Final[tuple[object, ...]] = (None, 1, 2.5, "wrong", True, [], {}, {"unknown": 1}, [None])


@dataclass(frozen=True)
class EnumName:
    """The name of a member of an enum, which stands in a document without quotes."""

    name: str


@dataclass
class Generated:
    """A document, and variables for it."""

    document: str
    variables: dict[str, object]


@dataclass
class Generator:
    """Makes documents; the same ones for the same seed.

    Attributes:
        schema: What they are valid for, but for selections that cannot be merged.
        random: Decides everything.
    """

    schema: GraphQLSchema
    random: Random
    declared: dict[str, str] = field(default_factory=dict)
    given: dict[str, object] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)

    def query(self) -> Generated:
        """The next query."""
        self.declared, self.given, self.fragments = {}, {}, {}
        root = self.schema.query_type
        assert root is not None
        selection = self._selection(root, 0)
        declared = ", ".join(f"${name}: {kind}" for name, kind in self.declared.items())
        head = f"query Q({declared}) " if declared else ""
        return Generated(f"{head}{selection} {' '.join(self.fragments.values())}", self.given)

    def spoilt(self) -> Generated:
        """The next query, with variables of which one may be missing or of a wrong type."""
        found = self.query()
        for name in list(found.variables):
            match self.random.randrange(4):
                case 0:
                    del found.variables[name]
                case 1:
                    found.variables[name] = self.random.choice(_WRONG)
                case _:
                    pass
        return found

    def _chance(self, of_ten: int) -> bool:
        return self.random.randrange(10) < of_ten

    def _selection(self, kind: GraphQLCompositeType, depth: int) -> str:
        chosen = list(self._selected(kind, depth)) or ["__typename"]
        return "{ " + " ".join(chosen) + " }"

    def _selected(self, kind: GraphQLCompositeType, depth: int) -> Iterator[str]:
        if self._chance(2):
            yield f"{self._alias()}__typename{self._directives()}"
        if not isinstance(kind, GraphQLUnionType):
            yield from self._fields(kind.fields, depth)
        if is_abstract_type(kind):
            for each in self.schema.get_possible_types(kind):
                if self._chance(4):
                    yield self._inside(each, depth)
        elif depth and self._chance(2):
            yield self._inside(kind, depth)

    def _fields(self, fields: Mapping[str, GraphQLField], depth: int) -> Iterator[str]:
        names = list(fields)
        most = 3 if depth == 0 else 6
        for name in self.random.choices(names, k=min(len(names), self.random.randint(1, most))):
            found = fields[name]
            is_deep = is_composite_type(get_named_type(found.type))
            if not is_deep or depth < _DEEPEST:
                yield self._field(name, found, depth)

    def _field(self, name: str, found: GraphQLField, depth: int) -> str:
        kind = get_named_type(found.type)
        inside = self._selection(kind, depth + 1) if is_composite_type(kind) else ""
        return f"{self._alias()}{name}{self._arguments(found)}{self._directives()} {inside}"

    def _alias(self) -> str:
        return f"a{self.random.randrange(40)}: " if self._chance(2) else ""

    def _inside(self, kind: GraphQLCompositeType, depth: int) -> str:
        """A fragment of a type, inline or named."""
        selection = self._selection(kind, depth)
        if self._chance(5):
            return f"... on {kind.name}{self._directives()} {selection}"
        name = f"F{len(self.fragments)}"
        self.fragments[name] = f"fragment {name} on {kind.name} {selection}"
        return f"...{name}{self._directives()}"

    def _directives(self) -> str:
        if not self._chance(1):
            return ""
        directive, value = self.random.choice(["include", "skip"]), self._chance(5)
        condition = str(value).lower()
        if self._chance(5):
            condition = f"${self._declare('Boolean!', value)}"
        return f" @{directive}(if: {condition})"

    def _arguments(self, found: GraphQLField) -> str:
        written = [
            f"{name}: {self._written(name, each)}"
            for name, each in found.args.items()
            if is_required_argument(each) or (name != "ref" and self._chance(5))
        ]
        return f"({', '.join(written)})" if written else ""

    def _written(self, name: str, member: GraphQLArgument | GraphQLInputField) -> str:
        """A value in a document: a literal, or a variable."""
        if self._chance(4):
            return f"${self._variable(name, member)}"
        return self._literal(name, member.type)

    def _variable(self, name: str, member: GraphQLArgument | GraphQLInputField) -> str:
        """A variable that may stand there: required, with a default, left out, null."""
        kind, value = get_nullable_type(member.type), self._value(name, member.type)
        match self.random.randrange(4):
            case 0:
                return self._declare(f"{kind}!", value)
            case 1:
                found = self._declare(f"{kind} = {_printed(value)}", value)
                if self._chance(5):
                    del self.given[found]
                return found
            case 2 if not is_non_null_type(member.type):
                return self._declare(str(kind), None)
            case _:
                return self._declare(str(member.type), value)

    def _declare(self, kind: str, value: object) -> str:
        count = len(self.declared)
        name = _NAMES[count] if count < len(_NAMES) else f"n{count}"
        self.declared[name] = kind
        self.given[name] = _json(value)
        return name

    def _literal(self, name: str, kind: GraphQLInputType) -> str:
        if isinstance(kind, GraphQLNonNull):
            return self._literal(name, kind.of_type)
        if isinstance(kind, GraphQLList):
            return f"[{self._literal(name, kind.of_type)}]"
        if isinstance(kind, GraphQLInputObjectType):
            members = self._members(kind)
            return _braced({each: self._written_member(each, members[each]) for each in members})
        if get_named_type(kind).name == "Json" and self._chance(5):
            first, second = (self._declare("Json", self._value(name, kind)) for _ in range(2))
            return f"{{a: ${first}, b: [${second}, 2.50, true]}}"
        return _printed(self._value(name, kind))

    def _written_member(self, name: str, member: GraphQLInputField) -> str:
        return self._written(name, member)

    def _members(self, kind: GraphQLInputObjectType) -> dict[str, GraphQLInputField]:
        if kind.is_one_of:
            name = self.random.choice([*kind.fields][:2])
            return {name: GraphQLInputField(GraphQLNonNull(kind.fields[name].type))}
        return {
            name: member
            for name, member in kind.fields.items()
            if is_required_input_field(member) or (name != "ref" and self._chance(2))
        }

    def _value(self, name: str, kind: GraphQLInputType) -> object:
        """A value that fits."""
        if isinstance(kind, GraphQLNonNull):
            return self._value(name, kind.of_type)
        if isinstance(kind, GraphQLList):
            return [self._value(name, kind.of_type)]
        if isinstance(kind, GraphQLEnumType):
            return EnumName(self.random.choice([*kind.values]))
        if isinstance(kind, GraphQLInputObjectType):
            members = self._members(kind)
            return {each: self._value(each, members[each].type) for each in members}
        choices = _TEXTS.get(name) if kind.name == "String" else None
        return self.random.choice(choices or _SCALARS[kind.name])


def _json(value: object) -> object:
    """A value as a request carries it."""
    match value:
        case EnumName(name):
            return name
        case dict():
            return {name: _json(each) for name, each in value.items()}
        case list():
            return [_json(each) for each in value]
        case _:
            return value


def _printed(value: object) -> str:
    """A value as a document writes it."""
    match value:
        case EnumName(name):
            return name
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
        case str():
            return f'"{value}"'
        case dict():
            return _braced({name: _printed(each) for name, each in value.items()})
        case list():
            return f"[{', '.join(map(_printed, value))}]"
        case _:
            return str(value)


def _braced(members: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {each}" for name, each in members.items()) + "}"

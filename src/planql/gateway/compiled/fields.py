"""Fields: the expression that reads one, from an attribute or from its resolver."""

from dataclasses import dataclass

from graphql import FieldNode, GraphQLField
from strawberry.types.field import StrawberryField

from planql.gateway.compiled.purity import is_pure
from planql.gateway.compiled.source import Source, attribute
from planql.gateway.compiled.surprises import NotCompilable


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the schema, as strawberry made it, where it is asked for.

    Attributes:
        definition: What graphql-core executes.
        field: What strawberry made it of.
        node: Where it is asked for.
    """

    definition: GraphQLField
    field: StrawberryField
    node: FieldNode

    @property
    def is_read(self) -> bool:
        """Whether it is an attribute of its object."""
        return self.field.base_resolver is None

    @property
    def is_async(self) -> bool:
        """Whether its resolver is a coroutine."""
        return self.field.base_resolver is not None and self.field.base_resolver.is_async

    @property
    def is_pure(self) -> bool:
        """Whether it reads nothing but the snapshot and its arguments."""
        return is_pure(self.field, [each.name.value for each in self.node.arguments or ()])

    def expression(self, source: Source, of: str, arguments: str = "") -> str:
        """What reads the field of an object for a request `q`.

        Args:
            source: Where the expression will stand.
            of: The expression of the object.
            arguments: The expression of the resolver's arguments; "" when there are none.
        """
        resolver = self.field.base_resolver
        if resolver is None:
            return f"{of}.{attribute(self.field.python_name)}"
        named = {
            each.name: of for each in (resolver.parent_parameter, resolver.root_parameter) if each
        }
        if resolver.info_parameter:
            named[resolver.info_parameter.name] = "q[0]"
        parts = [of] if resolver.self_parameter else []
        parts += [f"{attribute(name)}={each}" for name, each in named.items()]
        parts += [f"**{arguments}"] if arguments else []
        return f"{source.constant(resolver.wrapped_func)}({', '.join(parts)})"


def field_of(definition: GraphQLField, node: FieldNode) -> Field:
    """The field asked for at `node`.

    Raises:
        NotCompilable: it is not plain: strawberry does not know it, or it has extensions.
    """
    found = definition.extensions.get("strawberry-definition")
    if not isinstance(found, StrawberryField) or found.extensions:
        raise NotCompilable
    if found.default_resolver is not getattr:
        raise NotCompilable
    return Field(definition, found, node)

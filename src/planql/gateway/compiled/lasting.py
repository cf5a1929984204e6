"""Which objects live as long as the snapshot, so that the JSON made of them may be kept."""

from collections.abc import Mapping
from typing import Final

from graphql import GraphQLObjectType, get_named_type, get_nullable_type, is_list_type

from planql.gateway.compiled.fields import Field

LASTING: Final[Mapping[str, str]] = {
    **dict.fromkeys(("AgentType", "Discount", "Meter", "Product", "RatePlan"), ""),
    "Step": "is_lasting",
}
"""Types whose objects do, each with the attribute that says whether one does; "" when all do."""

_LISTS_OF: Final = frozenset({"Catalog"})
"""Types whose lists do, even where the object itself is made for a request."""


def is_lasting_list(parent: GraphQLObjectType, asked: Field) -> bool:
    """Whether a field is such a list, of objects that all live as long."""
    if parent.name not in _LISTS_OF or not asked.is_read:
        return False
    kind = get_nullable_type(asked.definition.type)
    return is_list_type(kind) and LASTING.get(get_named_type(kind).name) == ""

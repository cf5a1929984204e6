"""The schemas as text, sorted, as they are committed.

`schema.graphql` is everything there is; `schema.public.graphql` is what anyone may see.
"""

from graphql import build_schema, lexicographic_sort_schema, print_schema

from planql.gateway.principals import Role
from planql.gateway.schema import SCHEMAS


def schema_sdl(role: Role = Role.ADMIN) -> str:
    """What `role` sees, in GraphQL's schema definition language, ending in a newline."""
    # strawberry's own sorting replaces its enum types by ones that cannot serialise members.
    return print_schema(lexicographic_sort_schema(build_schema(SCHEMAS[role].as_str()))) + "\n"

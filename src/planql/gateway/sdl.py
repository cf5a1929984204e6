"""`schema.graphql`: the schema as text, sorted, as it is committed."""

from graphql import build_schema, lexicographic_sort_schema, print_schema

from planql.gateway.schema import SCHEMA


def schema_sdl() -> str:
    """The schema in GraphQL's schema definition language, ending in a newline."""
    # strawberry's own sorting replaces its enum types by ones that cannot serialise members.
    return print_schema(lexicographic_sort_schema(build_schema(SCHEMA.as_str()))) + "\n"

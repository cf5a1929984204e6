"""How large a request may be; every limit is checked before the work that it bounds."""

from collections.abc import Iterator
from dataclasses import dataclass

from planql.gateway.measures import Measure


@dataclass(frozen=True, slots=True)
class Limits:
    """The greatest request that is executed; each limit is inclusive.

    Attributes:
        body_bytes: Length of the body of a GraphQL request.
        usage_bytes: Length of the body of `POST /usage`.
        webhook_bytes: Length of the body of `POST /webhooks/git`.
        document_characters: Length of a document's text.
        tokens: Lexical tokens of a document, comments not counted.
        depth: Fields inside fields; introspection, which has a bound of its own, not counted.
        fields: Fields after all fragments are spread.
        aliases: Aliased fields after all fragments are spread.
        directives: Directives after all fragments are spread.
        cached_characters: Text of the documents kept parsed and validated.
        validation_errors: Errors reported for one document.
    """

    body_bytes: int = 1_000_000
    usage_bytes: int = 10_000_000
    webhook_bytes: int = 5_000_000
    document_characters: int = 50_000
    tokens: int = 1_000
    depth: int = 12
    fields: int = 500
    aliases: int = 50
    directives: int = 50
    cached_characters: int = 400_000
    validation_errors: int = 20

    def exceeded(self, measure: Measure) -> Iterator[tuple[str, str]]:
        """The name of each limit that `measure` is over, and a sentence about it."""
        for name in ("depth", "fields", "aliases", "directives"):
            most, found = getattr(self, name), getattr(measure, name)
            if found > most:
                # Spread fragments can make a number with thousands of digits.
                count = found if found < 10 * most else f"over {10 * most}"
                yield name, f"the operation has {name} {count}; at most {most} is executed"

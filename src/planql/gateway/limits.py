"""How large a request may be; every limit is checked before the work that it bounds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from planql.gateway.buckets import Rate
from planql.gateway.costing import Cost
from planql.gateway.measures import Measure
from planql.gateway.variable_sizes import VariableSizes


class Excess(NamedTuple):
    """What a request is over.

    Attributes:
        limit: The name of the limit.
        message: A sentence about it.
        hint: How to ask for less.
    """

    limit: str
    message: str
    hint: str


_SPLIT: Final = "ask for it in several operations, one after the other"
_FLATTER: Final = "write what is deep inside with fewer lists and objects around it"
_FEWER: Final = "send them in several requests"

HINTS: Final[Mapping[str, str]] = {
    "document": "ask in several documents; a fragment says once what is asked for often",
    "depth": "ask for what is deep inside by itself, in an operation of its own",
    "fields": _SPLIT,
    "aliases": _SPLIT,
    "directives": _SPLIT,
    "root_fields": _SPLIT,
    "input_depth": _FLATTER,
    "input_values": _FEWER,
    "list_items": _FEWER,
    "days": "ask for a shorter range",
    "cost": "ask for shorter lists (`first`) or ranges, or for less in one operation",
}
"""How to get under a limit, by its name."""


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
        root_fields: Fields of operations themselves, after all fragments are spread.
        input_depth: Lists and objects inside each other, in an argument or among the variables.
        input_values: Values among the variables, lists and objects counted.
        list_items: Items of one list among the variables.
        days: Days of a range that something is computed for.
        cost: Units of an operation of an anonymous caller or a customer.
        cost_capacity: Units that they can have left.
        cost_restored: Units that they get back each second.
        trusted_times: How many times as much of these three servers and administrators have.
        characters_per_unit: So much text of a document that was not seen before costs a unit.
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
    root_fields: int = 50
    input_depth: int = 24
    input_values: int = 60_000
    list_items: int = 3_660
    days: int = 3_660
    cost: int = 20_000
    cost_capacity: int = 50_000
    cost_restored: int = 2_500
    trusted_times: int = 10
    characters_per_unit: int = 5
    cached_characters: int = 400_000
    validation_errors: int = 20

    @property
    def rate(self) -> Rate:
        """What an anonymous caller or a customer may spend."""
        return Rate(self.cost_capacity, self.cost_restored)

    @property
    def trusted_rate(self) -> Rate:
        """What a server or an administrator may spend."""
        return Rate(
            self.cost_capacity * self.trusted_times, self.cost_restored * self.trusted_times
        )

    def exceeded(self, measure: Measure) -> Iterator[Excess]:
        """What a document is over."""
        names = ("depth", "fields", "aliases", "directives", "root_fields", "input_depth")
        yield from self._over({name: getattr(measure, name) for name in names})

    def exceeded_by_variables(self, found: VariableSizes) -> Iterator[Excess]:
        """What variables are over."""
        names = ("input_depth", "input_values", "list_items")
        yield from self._over({name: getattr(found, name) for name in names})

    def exceeded_by_cost(self, found: Cost, rate: Rate | None) -> Iterator[Excess]:
        """What the cost of an operation is over; never can more be taken than a bucket holds."""
        yield from self._over({"days": found.days})
        yield from self._over({"cost": found.units}, self.most_cost(rate))

    def most_cost(self, rate: Rate | None) -> int:
        """Units of the dearest operation that whoever has a bucket of this size can ask for.

        None is the bucket of an administrator from whom nothing is taken.
        """
        if rate is None:
            return self.cost * self.trusted_times
        times = self.trusted_times if rate == self.trusted_rate else 1
        return min(self.cost * times, rate.capacity)

    def _over(self, counts: Mapping[str, int], bound: int | None = None) -> Iterator[Excess]:
        for name, found in counts.items():
            most = getattr(self, name) if bound is None else bound
            if found > most:
                # Spread fragments can make a number with thousands of digits.
                count = found if found < 10 * most else f"over {10 * most}"
                words = name.replace("_", " ")
                message = f"the operation has {words} {count}; at most {most} is executed"
                yield Excess(name, message, HINTS[name])

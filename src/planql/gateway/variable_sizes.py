"""How large the variables of a request are, told before anything is made of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VariableSizes:
    """The size of values; where it is over what was to be read, the rest was not looked at.

    Attributes:
        input_depth: Lists and objects inside each other.
        input_values: Values, containers among them.
        list_items: Items of the longest list.
    """

    input_depth: int = 0
    input_values: int = 0
    list_items: int = 0


def variable_sizes(variables: Mapping[str, object], depth: int, values: int) -> VariableSizes:
    """The size of `variables`, level by level, until it is deeper or more than given."""
    found = VariableSizes(0, len(variables), 0)
    level: list[object] = list(variables.values())
    while inside := [each for each in level if isinstance(each, dict | list)]:
        found = VariableSizes(
            found.input_depth + 1,
            found.input_values + sum(map(len, inside)),
            max(found.list_items, _longest(inside)),
        )
        if found.input_depth > depth or found.input_values > values:
            break
        level = [each for container in inside for each in _members(container)]
    return found


def _longest(containers: Iterable[dict[str, object] | list[object]]) -> int:
    return max((len(each) for each in containers if isinstance(each, list)), default=0)


def _members(container: dict[str, object] | list[object]) -> Iterable[object]:
    return container.values() if isinstance(container, dict) else container

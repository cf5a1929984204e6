"""Generated source: functions that name constants, compiled together."""

import re
from collections.abc import Mapping
from typing import Any, Final

from planql.gateway.compiled.surprises import surprise

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Source:
    """Functions in the making, and the values that they name."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._names: dict[int, str] = {}
        self._namespace: dict[str, Any] = {
            "__builtins__": {},
            **{each.__name__: each for each in (bool, id, int, list, str, surprise)},
        }

    def constant(self, value: object) -> str:
        """The name of `value` in the source; the same one for the same object."""
        name = self._names.get(id(value))
        if name is None:
            name = self._names[id(value)] = f"c{len(self._names)}"
            self._namespace[name] = value
        return name

    def function(self, result: str, of: str = "s, q") -> str:
        """The name of a new function that returns `result`.

        Args:
            result: An expression.
            of: Its parameters: an object `s` and a request `q`, or the values `s` of variables.
        """
        name = f"f{len(self._lines)}"
        self._lines.append(f"def {name}({of}): return {result}")
        return name

    def table(self, functions: Mapping[type, str]) -> str:
        """The name of a table of functions by the class of their object."""
        name = f"t{len(self._lines)}"
        entries = (f"{self.constant(kind)}: {each}" for kind, each in functions.items())
        self._lines.append(f"{name} = {{{', '.join(entries)}}}")
        return name

    def compiled(self) -> Mapping[str, Any]:
        """All functions, by name."""
        exec("\n".join(self._lines), self._namespace)  # noqa: S102 - of checked names and numbers only
        return self._namespace


def attribute(name: str) -> str:
    """`name`, which becomes part of the source.

    Raises:
        ValueError: it is no name.
    """
    if not _NAME.fullmatch(name):
        message = f'"{name}" is not a name'
        raise ValueError(message)
    return name


def entries(found: Mapping[str, str]) -> str:
    """The expression of a dict, of the expressions of its values."""
    return "{" + ", ".join(f'"{attribute(name)}": {each}' for name, each in found.items()) + "}"

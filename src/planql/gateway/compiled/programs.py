"""Programs: an operation whose directives are decided, as functions of generated source.

::

    query ($key: String!) { ratePlan(key: $key) { version } products { key ratePlans { version } } }

    def f0(s): return c0(key=s["key"])               arguments, of the values of variables `s`
    def f1(s, q): return {"version": (v0 if (v0 := s.version).__class__ is int and ...)}
    def f2(s, q): return {"key": ..., "ratePlans": [f1(x0, q) for x0 in ...]}
    def f3(s, q): return {"ratePlan": f1(c1(info=q[0], **q[1]), q), "products": [f2(x0, q) ...]}

`c0` is `dict` and `c1` a resolver: constants never stand in the source, but their names. `q` is
what is worked out once per request: what resolvers may know, arguments, fragments. A field of the
query whose resolver is a coroutine is called by a function of its own; what came of those is `s`
in the last function, which answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from planql.gateway.compiled.variables import Values

FIRST: Final = 1
"""The place of a program's first part in a request `q`; before it stands what resolvers know."""

Function = Callable[[Any, Sequence[Any]], Any]
"""Of an object and a request."""
Arguments = Callable[[Values], Mapping[str, Any]]
"""Makes what a resolver is called with."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A selection of which a fragment is kept for each entity; or all of it, of which answers are.

    What is kept is found by its slot: it outlives the programs of documents that were let go, and
    must not hold them.

    Attributes:
        arguments: The places in `q` of the arguments in it that depend on variables.
    """

    arguments: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A compiled operation.

    Attributes:
        coming: Call the resolvers of the query's fields that are coroutines; the object is None.
        complete: The answer's data, of what came of these.
        parts: What follows what resolvers know in a request.
        is_pure: Whether it reads nothing but the snapshot.
        whole: The slot of its answers.
    """

    coming: tuple[Function, ...]
    complete: Function
    parts: tuple[Arguments | Slot, ...]
    is_pure: bool
    whole: Slot = field(default_factory=lambda: Slot(()))

"""Programs: an operation whose directives are decided, as functions of generated source.

::

    { products { key ratePlans { version } } }

    def f0(s, q): return {"version": (v0 if (v0 := s.version).__class__ is int and ...)}
    def f1(s, q): return {"key": ..., "ratePlans": [f0(x0, q) for x0 in ...]}
    def f2(s, q): return {"products": [f1(x0, q) for x0 in ...]}     the root values are `s`
    def f3(s, q): return c0(info=q[0])                               calls the root's resolver

`q` is what is worked out once per request: what resolvers may know, arguments, fragments.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graphql.execution.values import VariableValues

FIRST: Final = 1
"""The place of a program's first part in a request `q`; before it stands `info`."""

Function = Callable[[Any, Sequence[Any]], Any]
"""Of an object and a request."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a field in which variables stand.

    Attributes:
        make: What the resolver is called with, of the variables of a request.
    """

    make: Callable[[VariableValues], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A selection of which a fragment is kept for each entity; or all of it, of which answers are.

    What is kept is found by its slot: it outlives the programs of documents that were let go, and
    must not hold them.

    Attributes:
        arguments: The places in `q` of the arguments in it that depend on variables.
    """

    arguments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Root:
    """A field of the query itself.

    Attributes:
        resolve: Calls its resolver; the object is None.
        is_async: Whether that gives a coroutine.
    """

    resolve: Function
    is_async: bool


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A compiled operation.

    Attributes:
        roots: The fields of the query.
        complete: The answer's data, of the values of these.
        parts: What follows `info` in a request.
        is_pure: Whether it reads nothing but the snapshot.
        awaited: The places of the roots that are coroutines.
        whole: The slot of its answers.
    """

    roots: tuple[Root, ...]
    complete: Function
    parts: tuple[Arguments | Slot, ...]
    is_pure: bool
    awaited: tuple[int, ...]
    whole: Slot = field(default_factory=lambda: Slot(()))

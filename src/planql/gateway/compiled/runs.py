"""Runs: a program with what it needs for one request."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec

from planql.gateway.compiled.kept import Kept, NoFragments
from planql.gateway.compiled.programs import Function, Program, Slot
from planql.gateway.compiled.variables import Values


class _Info(msgspec.Struct, frozen=True):
    """What a resolver may know; an operation that asks for more is left to graphql-core."""

    context: object


def request_of(program: Program, values: Values, context: object, kept: Kept | None) -> list[Any]:
    """The request `q` of a program.

    Args:
        program: What is run.
        values: Of the request's variables.
        context: What resolvers are told of the request.
        kept: What is kept of answers from the snapshot that the context has; None: nothing.
    """
    request: list[Any] = [_Info(context)]
    for part in program.parts:
        if not isinstance(part, Slot):
            request.append(part(values))
        elif kept is None:
            request.append(NoFragments())
        else:
            given = repr([request[place] for place in part.arguments]) if part.arguments else ""
            request.append(kept.fragments((part, given)))
    return request


async def arrived(coming: Sequence[Function], request: list[Any]) -> list[Any]:
    """What comes of coroutines; several of them run at the same time."""
    called = [each(None, request) for each in coming]
    return await asyncio.gather(*called) if len(called) > 1 else [await called[0]]

"""Runs: a program with what it needs for one request."""

import asyncio
from typing import Any, NamedTuple, cast

from graphql import GraphQLResolveInfo
from graphql.execution.values import VariableValues
from strawberry import Info
from strawberry.types.field import StrawberryField

from planql.gateway.compiled.kept import Kept, NoFragments
from planql.gateway.compiled.programs import Arguments, Program


class _RawInfo(NamedTuple):
    """What a resolver may know; an operation that asks for more is left to graphql-core."""

    context: object


async def run(
    program: Program, variables: VariableValues, context: object, kept: Kept | None
) -> dict[str, Any]:
    """The `data` that a program answers with.

    Args:
        program: What is run.
        variables: The values of the request's variables.
        context: What resolvers are told of the request.
        kept: What is kept of answers from the snapshot that the context has; None: nothing.
    """
    request = _request(program, variables, context, kept)
    values = [None if each.is_async else each.resolve(None, request) for each in program.roots]
    if program.awaited:
        await _arrive(program, values, request)
    data: dict[str, Any] = program.complete(values, request)
    return data


async def _arrive(program: Program, values: list[Any], request: list[Any]) -> None:
    """Put the values of coroutines in their places; several of them run at the same time."""
    coming = [program.roots[place].resolve(None, request) for place in program.awaited]
    found = await asyncio.gather(*coming) if len(coming) > 1 else [await coming[0]]
    for place, value in zip(program.awaited, found, strict=True):
        values[place] = value


def _request(
    program: Program, variables: VariableValues, context: object, kept: Kept | None
) -> list[Any]:
    raw_info, field = (
        cast("GraphQLResolveInfo[Any]", _RawInfo(context)),
        cast("StrawberryField", None),
    )
    request: list[Any] = [Info(_raw_info=raw_info, _field=field)]
    for part in program.parts:
        if isinstance(part, Arguments):
            request.append(part.make(variables))
        else:
            given = repr([request[place] for place in part.arguments]) if part.arguments else ""
            request.append(kept.fragments((part, given)) if kept is not None else NoFragments())
    return request

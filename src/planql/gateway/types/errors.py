"""Mistakes that a caller must be able to show: typed members of a result."""

from collections.abc import Mapping

import strawberry

from planql.errors import PlanqlError, SourceError, UnknownReference
from planql.gateway.inputs.documents import path_in


@strawberry.interface(description="A mistake in what was asked, to be shown to whoever asked it.")
class UserError:
    """What every mistake has."""

    code: str = strawberry.field(description="What kind of mistake it is, in words: `tier-order`.")
    message: str = strawberry.field(
        description="What is wrong, with the value in quotes, and what was expected."
    )
    hint: str | None = strawberry.field(
        description="How to mend it; null when the message says it all."
    )
    path: list[str] = strawberry.field(
        description="Where in the arguments the mistake is, from the outside in; "
        "empty when it is not in one place."
    )


@strawberry.type(description="A key or a version that names nothing in the served catalog.")
class UnknownReferenceError(UserError):
    """`planql.errors.UnknownReference`."""


@strawberry.type(description="A value that breaks a rule.")
class InvalidInputError(UserError):
    """Every other mistake."""


@strawberry.type(description="Something that this server was started without.")
class UnavailableError(UserError):
    """`planql.errors.SourceError`."""


def stored_error(
    error: PlanqlError, arguments: Mapping[str, object], base: str = ""
) -> UnknownReferenceError | InvalidInputError | UnavailableError:
    """As `user_error`, where something stored is asked for."""
    if isinstance(error, SourceError):
        return UnavailableError(
            code=error.code, message=error.message, hint=error.hint or None, path=[]
        )
    return user_error(error, arguments, base)


def user_error(
    error: PlanqlError, arguments: Mapping[str, object], base: str = ""
) -> UnknownReferenceError | InvalidInputError:
    """`error`, at its place in `arguments`.

    Args:
        error: What the core says.
        arguments: The query's arguments, by name.
        base: Pointer to the argument whose document `error` points into; "" is all of them.
    """
    kind = UnknownReferenceError if isinstance(error, UnknownReference) else InvalidInputError
    return kind(
        code=error.code,
        message=error.message,
        hint=error.hint or None,
        path=path_in(arguments, base + error.pointer) if error.pointer else [],
    )

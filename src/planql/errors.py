"""Every exception planql raises on purpose.

::

    PlanqlError            code, message, pointer, hint
    |-- InvalidInput       a document or an argument breaks a rule
    |-- UnknownReference   a key or a version that names nothing
    |-- CurrencyMismatch   amounts of two currencies met
    `-- SourceError        a catalog, a ref or a file cannot be read at all
        `-- DatabaseUnreachable     the database does not answer now

A mistake in a catalog's files is not an exception but a `planql.problems.Problem`, so that one
run reports them all.
"""

from typing import Any


class PlanqlError(Exception):
    """Something a user can understand and mend.

    Attributes:
        code: What kind of mistake it is, in words: `unknown-currency`.
        message: What is wrong, with the offending value in quotes, and what was expected.
        pointer: JSON pointer to the offending value in the caller's document; "" is all of it.
        hint: How to mend it; "" when the message says it all.
    """

    def __init__(self, code: str, message: str, *, pointer: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.pointer = pointer
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        """Sent to another process as it is, whatever its kind is made of."""
        return _received, (type(self), self.message), vars(self)


def _received(kind: type[PlanqlError], message: str) -> PlanqlError:
    """An error that was sent; its attributes follow."""
    return kind.__new__(kind, message)


class InvalidInput(PlanqlError):
    """A document or an argument breaks a rule."""


class UnknownReference(PlanqlError):
    """A key or a version names nothing."""


class CurrencyMismatch(PlanqlError):
    """Amounts of two currencies met; they are never converted."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(
            "currency-mismatch", f'amounts in "{left}" and "{right}" cannot be combined'
        )
        self.left = left
        self.right = right


class SourceError(PlanqlError):
    """A catalog, a git ref or a file cannot be read at all."""


class DatabaseUnreachable(SourceError):
    """The database does not answer; it may in a moment."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__("database-unreachable", message, hint=hint)

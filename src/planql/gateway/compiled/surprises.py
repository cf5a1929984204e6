"""What the fast path leaves to graphql-core: before it runs, or in the middle of it."""

from typing import NoReturn


class NotCompilable(Exception):
    """An operation that is executed by graphql-core every time."""


class Surprise(Exception):
    """A value that is not what the schema promises; graphql-core says what is wrong with it."""


def surprise() -> NoReturn:
    """Leave the operation to graphql-core.

    Raises:
        Surprise: always.
    """
    raise Surprise

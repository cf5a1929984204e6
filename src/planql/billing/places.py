"""Where in a caller's document something went wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

from planql.errors import PlanqlError


@contextmanager
def located(pointer: str) -> Iterator[None]:
    """Errors inside happen to what stands at `pointer` in the caller's document."""
    try:
        yield
    except PlanqlError as error:
        error.pointer = pointer + error.pointer
        raise

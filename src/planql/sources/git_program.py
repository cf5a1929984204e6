"""The git program, which only those who ask for a ref need."""

from collections.abc import Iterator
from contextlib import contextmanager

from planql.errors import SourceError


@contextmanager
def git_needed() -> Iterator[None]:
    """Say so where the git program is missing: GitPython looks for it when it is imported."""
    try:
        yield
    except ImportError:
        raise SourceError(
            "git-missing",
            "the git program was not found",
            hint="install git, or load a directory instead of a ref",
        ) from None

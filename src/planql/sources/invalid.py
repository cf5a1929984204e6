"""A catalog that was asked for and has errors."""

from planql.errors import SourceError
from planql.problems import Problem, Severity
from planql.sources.judging import Loaded


class InvalidCatalog(SourceError):
    """A catalog has errors.

    Attributes:
        problems: The errors, sorted by place.
    """

    def __init__(self, what: str, problems: tuple[Problem, ...]) -> None:
        first, *others = problems
        more = f", and there are {len(others)} more" if others else ""
        super().__init__(
            "invalid-catalog", f"the catalog of {what} cannot be served: {first}{more}"
        )
        self.problems = problems


def invalid_catalog(what: str, loaded: Loaded) -> InvalidCatalog:
    """The exception about a catalog whose loading gave none.

    Args:
        what: What it is the catalog of: `commit 1f2e3d`.
        loaded: What came of loading it.
    """
    errors = (each for each in loaded.problems if each.severity is Severity.ERROR)
    return InvalidCatalog(what, tuple(errors))

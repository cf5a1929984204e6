"""Groups of options: what several commands, or one command with many options, take together."""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

Option = Callable[[Callable[..., Any]], Callable[..., Any]]
"""What `click.option` makes."""


class OptionGroup:
    """Decorates a command with all of its options, which the help lists in this order."""

    def __init__(self, *options: Option) -> None:
        self._options = options

    def __call__(self, function: F) -> F:
        """The command's function, with the options."""
        for option in reversed(self._options):
            option(function)
        return function

"""The tree of exceptions."""

import inspect
import pickle

import pytest

from planql import errors
from planql.errors import CurrencyMismatch, DatabaseUnreachable, InvalidInput, PlanqlError

CLASSES = [
    member
    for _, member in inspect.getmembers(errors, inspect.isclass)
    if member.__module__ == errors.__name__
]


@pytest.mark.parametrize("kind", CLASSES, ids=[kind.__name__ for kind in CLASSES])
def test_every_exception_is_in_the_tree(kind: type) -> None:
    """One tree, drawn in the docstring of its module."""
    assert issubclass(kind, PlanqlError)
    assert kind.__name__ in (errors.__doc__ or "")


def test_an_error_says_what_where_and_how_to_mend_it() -> None:
    """Code, message, pointer and hint are attributes; the message is the text."""
    error = InvalidInput("unknown-currency", '"usd" is none', pointer="/currency", hint='"USD"')
    assert (error.code, error.pointer, error.hint) == ("unknown-currency", "/currency", '"USD"')
    assert str(error) == error.message == '"usd" is none'


def test_currencies_that_met_are_both_named() -> None:
    """A mismatch names both currencies, in order."""
    error = CurrencyMismatch("USD", "EUR")
    assert (error.code, error.left, error.right) == ("currency-mismatch", "USD", "EUR")
    assert str(error) == 'amounts in "USD" and "EUR" cannot be combined'


@pytest.mark.parametrize(
    "error",
    [
        InvalidInput("unknown-currency", '"usd" is none', pointer="/currency", hint='"USD"'),
        CurrencyMismatch("USD", "EUR"),
        DatabaseUnreachable("the database does not answer", hint="ask again"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_reaches_another_process(error: PlanqlError) -> None:
    """All it says is sent, whatever it was made of."""
    sent = pickle.loads(pickle.dumps(error))  # noqa: S301 - what was written a moment ago
    assert type(sent) is type(error)
    assert (str(sent), vars(sent)) == (str(error), vars(error))

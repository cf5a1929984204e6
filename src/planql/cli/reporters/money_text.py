"""Amounts and quantities as people read them: "$1,000.00", "1,000,000 tokens"."""

from fractions import Fraction

from babel.numbers import get_currency_symbol

from planql.money import Exact, currency_digits, grouped, plain


def money_text(amount: Exact, currency: str) -> str:
    """An amount with its symbol, grouped, to the currency's digits or finer where it is finer."""
    symbol = get_currency_symbol(currency, locale="en_US")
    space = " " if symbol[-1:].isalpha() else ""
    return f"{symbol}{space}{_grouped(amount, currency_digits(currency))}"


def quantity_text(quantity: Exact) -> str:
    """A quantity, grouped, with the decimals it has."""
    return _grouped(quantity, 0)


def _grouped(number: Exact, digits: int) -> str:
    """A number with thousands separators and at least `digits` decimals."""
    whole, _, decimals = plain(Fraction(number)).partition(".")
    decimals = decimals.ljust(digits, "0")
    return grouped(f"{whole}.{decimals}" if decimals else whole)

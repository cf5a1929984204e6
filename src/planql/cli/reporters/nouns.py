"""Nouns in the number that goes with a quantity."""

from planql.money import Exact


def noun_for(quantity: Exact, noun: str) -> str:
    """A noun in the number that goes with a quantity: "1 company", "2.5 companies"."""
    if quantity == 1:
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 error", "3 errors"."""
    return f"{number:,} {noun_for(number, noun)}"

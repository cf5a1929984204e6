"""Numbers of a snapshot that know their text: they are printed far more often than read."""

from decimal import Decimal
from fractions import Fraction

from planql.money import plain


class Numeral(Fraction):
    """A number whose plain decimal text is worked out once.

    Attributes:
        text: As `planql.money.plain` prints it.
    """

    __slots__ = ("text",)
    text: str


def numeral(value: Decimal | Fraction | int) -> Numeral:
    """`value`, with its text."""
    found = Numeral(value)
    found.text = plain(found)
    return found


def optional_numeral(value: Decimal | Fraction | int | None) -> Numeral | None:
    """`value`, with its text, if there is one."""
    return None if value is None else numeral(value)


def number_text(value: Decimal | Fraction | int) -> str:
    """The plain decimal text of any exact number."""
    return value.text if value.__class__ is Numeral else plain(value)

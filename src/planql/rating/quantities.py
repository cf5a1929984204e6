"""The quantity of a charge that no meter measures.

Source: RULES 4; INTERFACES, `rate -` and stories (docs/rules/rating.md).
"""

from decimal import Decimal
from fractions import Fraction

from planql.catalog.rate_plans import DeclaredQuantity
from planql.errors import InvalidInput


def declared_quantity(
    declared: DeclaredQuantity | None, given: Decimal | None, pointer: str
) -> Fraction:
    """The quantity of a one-time or recurring charge: what is given, else 1.

    Args:
        declared: What the charge says about its quantity; its bounds are inclusive.
        given: What the caller says, if anything.
        pointer: JSON pointer to `given` in the caller's document.

    Raises:
        InvalidInput: `missing-quantity`, when the charge declares a quantity and none is given;
            `quantity-out-of-bounds`.
    """
    if declared is None:
        return Fraction(1 if given is None else given)
    if given is None:
        raise InvalidInput(
            "missing-quantity",
            f'"quantity" is missing; the charge declares the quantity "{declared.name}"',
            hint=f'add "quantity": the number of {declared.name}',
        )
    _require_bounds(declared, given, pointer)
    return Fraction(given)


def _require_bounds(declared: DeclaredQuantity, given: Decimal, pointer: str) -> None:
    least, most = declared.minimum, declared.maximum
    if least is not None and given < least:
        raise _out_of_bounds(declared, given, f'below the minimum, "{least:f}"', pointer)
    if most is not None and given > most:
        raise _out_of_bounds(declared, given, f'above the maximum, "{most:f}"', pointer)


def _out_of_bounds(
    declared: DeclaredQuantity, given: Decimal, relation: str, pointer: str
) -> InvalidInput:
    message = f'the quantity "{declared.name}" is "{given:f}", {relation}'
    return InvalidInput("quantity-out-of-bounds", message, pointer=pointer)

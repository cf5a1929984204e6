"""Two bounds in one document, the lower of which has to be below the upper one."""

from planql.problems import Mistake


def crossed(code: str, message: str, pointer: str, other: str) -> Mistake:
    """The mistake of two bounds that are the wrong way round, at one of them."""
    return Mistake(code, message, pointer, "swap the two, or correct one of them", related=(other,))

"""Two bounds in one document, the lower of which has to be below the upper one."""

from planql.problems import Mistake


def crossed(code: str, message: str, lower: str, upper: str) -> Mistake:
    """The mistake of bounds the wrong way round, at the pointers `lower` and `upper`.

    It stands where the author first meets it, and names the other place.
    """
    return Mistake(code, message, lower, "swap the two, or correct one of them", related=(upper,))

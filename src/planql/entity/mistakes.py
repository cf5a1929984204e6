"""What pydantic reports, in planql's words: `Mistake` values with JSON pointers.

Two habits of pydantic are undone here: the tag of a union stands in the location of what is
wrong inside it, and a mistake inside a member of a union may be repeated on the object around it.
"""

from collections.abc import Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from planql.entity.fields import describe
from planql.problems import Mistake, escape_pointer


def mistakes_of(error: ValidationError, document: object) -> list[Mistake]:
    """The mistakes in `document`, the value that was refused, in the order they were met.

    A missing member points at the object that lacks it; an unknown one at its own name.
    """
    found = [_mistake(details, document) for details in error.errors(include_url=False)]
    return [mistake for mistake in dict.fromkeys(found) if not _repeats(mistake, found)]


def _repeats(mistake: Mistake, others: Sequence[Mistake]) -> bool:
    """Whether a wrong value is only wrong because something inside it is."""
    return mistake.code == "wrong-type" and any(
        other.pointer.startswith(mistake.pointer + "/") for other in others
    )


def _mistake(details: ErrorDetails, document: object) -> Mistake:
    pointer = escape_pointer(*_path(details, document))
    context = details.get("ctx", {})
    value = describe(details["input"])
    match details["type"]:
        case "missing":
            name = details["loc"][-1]
            return Mistake(
                "missing-member", f'"{name}" is missing', pointer, f'add "{name}" to this object'
            )
        case "extra_forbidden":
            name = details["loc"][-1]
            return Mistake("unknown-member", f'"{name}" is not a member here', pointer, at_key=True)
        case "union_tag_invalid":
            tag, expected = context["tag"], context["expected_tags"].replace("'", '"')
            return Mistake("unknown-type", f'"{tag}" is not one of {expected}', pointer + "/type")
        case "union_tag_not_found":
            return Mistake(
                "missing-member", '"type" is missing', pointer, 'add "type" to this object'
            )
        case "literal_error":
            expected = context["expected"].replace("'", '"')
            return Mistake("unknown-value", f"{value} is not {expected}", pointer)
        case code if "hint" in context:
            return Mistake(code, context["message"], pointer, context["hint"])
        case _:
            return Mistake("wrong-type", f"{value}: {_expectation(details)}", pointer)


def _expectation(details: ErrorDetails) -> str:
    """What was expected, from the library's sentence: "a valid integer" -> "expected ..."."""
    _, _, expected = details["msg"].partition("Input should be ")
    return f"expected {expected}" if expected else details["msg"]


def _path(details: ErrorDetails, document: object) -> list[str | int]:
    """The location inside `document`, without the tags of unions and without what is missing."""
    path: list[str | int] = []
    node = document
    for part in details["loc"]:
        if _holds(node, part):
            node = node[part]  # type: ignore[index]  # _holds has looked
            path.append(part)
    return path


def _holds(node: object, part: str | int) -> bool:
    """Whether `part` names a member of the object, or an item of the list, that `node` is."""
    if isinstance(node, dict):
        return part in node
    return isinstance(node, list) and isinstance(part, int) and part < len(node)

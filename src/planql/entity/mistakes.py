"""What pydantic reports, in planql's words: `Mistake` values with JSON pointers.

One slip of the author is one mistake here: a list that is only too short because its items are
wrong, or a member that is only missing because its name is misspelt, is not reported beside its
cause.
"""

from collections.abc import Callable, Sequence
from typing import Final

from pydantic import ValidationError
from pydantic_core import CoreSchema, ErrorDetails

from planql.entity.refusals import describe
from planql.entity.shapes import Shape, is_name, shape_of, walk
from planql.problems import Mistake, did_you_mean, escape_pointer, nearest

Explain = Callable[[ErrorDetails, str, Shape], Mistake]
"""From what pydantic says, its pointer, and the shape expected where it points, to a mistake."""


def mistakes_of(error: ValidationError, schema: CoreSchema) -> list[Mistake]:
    """The mistakes in the value that was refused, in the order they were met.

    A missing member points at the object that lacks it; an unknown one at its own name.

    Args:
        error: What pydantic says.
        schema: The schema of the entity that refused the value.
    """
    shape = shape_of(schema)
    reports = error.errors(include_url=False)
    misspelt = _misspelt(reports)
    return [
        _mistake(details, shape)
        for details in reports
        if details["loc"] not in misspelt and not _is_only_shortened(details)
    ]


def _misspelt(reports: Sequence[ErrorDetails]) -> set[tuple[str | int, ...]]:
    """Locations of members that are missing only because their name is misspelt."""
    missing = {details["loc"] for details in reports if details["type"] == "missing"}
    found: set[tuple[str | int, ...]] = set()
    for details in reports:
        if details["type"] == "extra_forbidden":
            *holder, name = details["loc"]
            absent = [str(location[-1]) for location in missing if location[:-1] == tuple(holder)]
            meant = nearest(str(name), absent)
            found |= {(*holder, meant)} if meant else set()
    return found


def _is_only_shortened(details: ErrorDetails) -> bool:
    """Whether a list has items enough, but pydantic counts only those without mistakes."""
    if details["type"] != "too_short":
        return False
    return len(details["input"]) >= int(details["ctx"]["min_length"])


def _mistake(details: ErrorDetails, shape: Shape) -> Mistake:
    location = details["loc"]
    pointer = escape_pointer(*(part for _, part in walk(shape, location)))
    context = details.get("ctx", {})
    if "hint" in context:
        code, message, hint = details["type"], context["message"], context["hint"]
        return Mistake(code, message, pointer, hint, at_key=is_name(location))
    for part in location[:-1] if details["type"] == "extra_forbidden" else location:
        shape = shape.at(part)
    return _EXPLAIN.get(details["type"], _other)(details, pointer, shape)


def _missing(details: ErrorDetails, pointer: str, _: Shape) -> Mistake:
    name = details["loc"][-1]
    holder = pointer.rpartition("/")[0]
    return Mistake("missing-member", f'"{name}" is missing', holder, f'add "{name}" here')


def _unknown(details: ErrorDetails, pointer: str, holder: Shape) -> Mistake:
    name = str(details["loc"][-1])
    hint = did_you_mean(name, holder.members) or f"known here: {_listed(holder.members)}"
    return Mistake("unknown-member", f'"{name}" is not a member here', pointer, hint, at_key=True)


def _without_tag(details: ErrorDetails, pointer: str, shape: Shape) -> Mistake:
    name = _discriminator(details)
    hint = f'add "{name}", one of {_listed(shape.tags)}'
    return Mistake("missing-member", f'"{name}" is missing', pointer, hint)


def _unknown_tag(details: ErrorDetails, pointer: str, shape: Shape) -> Mistake:
    name = _discriminator(details)
    tag = details["input"][name]
    message = f"{describe(tag)} is not one of {_listed(shape.tags)}"
    hint = did_you_mean(str(tag), shape.tags)
    return Mistake("unknown-type", message, pointer + escape_pointer(name), hint)


def _discriminator(details: ErrorDetails) -> str:
    """The member whose value tells the types of a union apart."""
    return str(details["ctx"]["discriminator"]).strip("'")


def _listed(words: Sequence[object]) -> str:
    """Words in quotes, as a choice."""
    return ", ".join(f'"{word}"' for word in words)


def _unknown_value(details: ErrorDetails, pointer: str, shape: Shape) -> Mistake:
    choices = shape.choices
    value = details["input"]
    expected = ", ".join(describe(choice) for choice in choices)
    among = "" if len(choices) == 1 else "one of "
    hint = did_you_mean(str(value), [str(choice) for choice in choices])
    message = f"{describe(value)} is not {among}{expected}"
    return Mistake("unknown-value", message, pointer, hint)


def _out_of_range(details: ErrorDetails, pointer: str, _: Shape) -> Mistake:
    context = details["ctx"]
    expected = f"{context['ge']} or more" if "ge" in context else f"{context['le']} or less"
    message = f"{describe(details['input'])} is out of range; it must be {expected}"
    return Mistake("out-of-range", message, pointer)


def _too_short(_details: ErrorDetails, pointer: str, _: Shape) -> Mistake:
    return Mistake("empty-list", "the list is empty; it needs at least one item", pointer)


def _not_text(details: ErrorDetails, pointer: str, _: Shape) -> Mistake:
    return Mistake("not-text", f"{describe(details['input'])} is not text", pointer)


def _other(details: ErrorDetails, pointer: str, _: Shape) -> Mistake:
    """A value of the wrong JSON type, and whatever else pydantic may come to say."""
    expected = _EXPECTED.get(details["type"])
    if expected is None:
        return Mistake("wrong-type", f"{describe(details['input'])}: {details['msg']}", pointer)
    return Mistake("wrong-type", f"{describe(details['input'])} is not {expected}", pointer)


_EXPECTED: Final = {
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
}
"""What pydantic calls a type error -> what the value should have been."""

_EXPLAIN: Final[dict[str, Explain]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "union_tag_not_found": _without_tag,
    "union_tag_invalid": _unknown_tag,
    "literal_error": _unknown_value,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "too_short": _too_short,
    "string_type": _not_text,
}
"""What pydantic calls an error -> how to say it."""

"""What must not change: published versions, and the meters and discounts that they use.

Owns: the refusals of changes, each with the old and the new value and the way to do it right.
Does not own: which change is breaking (`planql.catalog.diff`), what is warned of
(`planql.catalog.frozen_warnings`), finding the base (`planql.sources`).

Source: RULES 10.2 (docs/rules/versions.md).
"""

from collections.abc import Iterator
from typing import Final

from planql.catalog.diff import CatalogDiff, Change, ChangeClass, Event, ObjectDiff
from planql.catalog.documents import PlacedMistake
from planql.catalog.rate_plans import RatePlan
from planql.problems import Mistake

CODES: Final = {
    "rate-plan": "frozen-version",
    "meter": "frozen-meter",
    "discount": "frozen-discount",
}
"""Kind of document -> code of a change of it that is refused."""


def refusals(diff: CatalogDiff) -> Iterator[PlacedMistake]:
    """A mistake for every breaking change, where the head has it.

    What was deleted is reported under the path that it had.
    """
    for found in diff.objects:
        if found.frozen_by is None:
            continue
        if found.event is Event.REMOVED:
            yield _deleted(found, found.frozen_by)
        for change in found.changes:
            if change.kind is ChangeClass.BREAKING:
                yield _changed(found, change, found.frozen_by)


def _changed(found: ObjectDiff, change: Change, plan: RatePlan) -> PlacedMistake:
    note = f"; {change.note}" if change.note else ""
    message = f"{_reason(found, plan)}, but {change_text(change)}{note}"
    mistake = Mistake(CODES[found.noun], message, change.pointer, _mending(found))
    return PlacedMistake(_path(found), mistake)


def _deleted(found: ObjectDiff, plan: RatePlan) -> PlacedMistake:
    is_version = found.noun == "rate-plan"
    message = f"{_reason(found, plan)}, but its file is gone"
    is_sold = is_version and plan.status == "published"
    hint = "restore the file" + ('; to sell it no more, write "archived"' if is_sold else "")
    code = "deleted-version" if is_version else CODES[found.noun]
    return PlacedMistake(_path(found), Mistake(code, message, hint=hint))


def _path(found: ObjectDiff) -> str:
    """Where the document is, or was."""
    document = found.head or found.base
    return document.path if document else ""


def _reason(found: ObjectDiff, plan: RatePlan) -> str:
    """Why the document must not change."""
    if found.noun == "rate-plan":
        return f'version {plan.version} of "{plan.key}" is {plan.status}'
    return (
        f'{found.noun} "{found.key}" is used by version {plan.version} of "{plan.key}", '
        f"which is {plan.status}"
    )


def _mending(found: ObjectDiff) -> str:
    if found.noun == "rate-plan":
        return (
            f"restore this file and write the change into the next version: "
            f"planql new version {found.key}"
        )
    return (
        f"restore this file, add another {found.noun} for the versions to come: "
        f"planql new {found.noun} {found.key}-2"
    )


def change_text(change: Change) -> str:
    """A change in a sentence: `the cap of charge "calls" changes from "50.00" to "60.00"`."""
    what = f"the {change.what}" + (f' of charge "{change.charge}"' if _names_part(change) else "")
    if not _names_part(change) and change.charge:
        what = f'charge "{change.charge}"'
    if change.old is None:
        return f"{what} is added" + _value(what, change.new.text if change.new else "")
    if change.new is None:
        return f"{what} is removed" + _value(what, change.old.text)
    return f'{what} changes from "{change.old.text}" to "{change.new.text}"'


def _names_part(change: Change) -> bool:
    """Whether what changed is a part of a charge, not a charge itself."""
    return bool(change.charge) and change.what != "charge"


def _value(what: str, text: str) -> str:
    """The value that came or went, unless the words name it already."""
    return "" if text in what else f': "{text}"'

"""A catalog judged against the one it is to take the place of.

Owns: which documents of both sides can be compared, the places of what is refused.
Does not own: what is refused (`planql.catalog.frozen`), finding the base
(`planql.sources.git_refs`).

One mistake never hides another: what could be read on both sides is compared although other files
have mistakes, and what could not be read is not taken for changed or deleted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from planql.catalog.diff import diff_catalogs
from planql.catalog.documents import Document, DocumentName, Documents, PlacedMistake
from planql.catalog.frozen import refusals
from planql.catalog.frozen_warnings import warnings
from planql.catalog.snapshot import Catalog, catalog_of
from planql.entity import Entity
from planql.periods import local_day, zone
from planql.problems import Place, Problem, Severity
from planql.sources.json_positions import Positions
from planql.sources.judging import Loaded, problem_at


def judge_against(base: Loaded, head: Loaded, now: datetime) -> Loaded:
    """`head` with what is wrong with the changes from `base` among its problems.

    Args:
        base: What was published, usually at the merge base. A catalog that is not there yet has
            no documents, so nothing in it is frozen.
        head: The catalog now.
        now: The instant at which this is asked; its local day in the catalog's zone counts.
    """
    if not head.documents.named:
        return head  # it is no catalog; everything in the base would seem to be deleted
    unsure = _unsure(base) | _unsure(head)
    before, after = _comparable(base, unsure), _comparable(head, unsure)
    as_of = local_day(now, zone(after.settings.time_zone))
    diff = diff_catalogs(before, after, as_of)
    found = problems_of((*refusals(diff), *warnings(diff, before, after, as_of)), head)
    problems = tuple(sorted([*head.problems, *found], key=lambda problem: problem.sort_key))
    is_wrong = any(problem.severity is Severity.ERROR for problem in found)
    return replace(head, catalog=None if is_wrong else head.catalog, problems=problems)


def problems_of(mistakes: Iterable[PlacedMistake], loaded: Loaded) -> tuple[Problem, ...]:
    """Mistakes in the documents of what was loaded, with their lines and columns."""
    documents = {document.path: document for document in loaded.documents.all}
    return tuple(
        problem_at(
            placed.mistake,
            _place(documents, placed.path, placed.mistake.pointer),
            tuple(_place(documents, *related) for related in placed.related),
        )
        for placed in mistakes
    )


def _unsure(loaded: Loaded) -> set[DocumentName]:
    """The documents with mistakes, by what their paths say and by what they say themselves."""
    wrong = {each.place.path for each in loaded.problems if each.severity is Severity.ERROR}
    return set(loaded.documents.incomplete) | {
        name
        for document in loaded.documents.all
        if document.path in wrong
        for name in _names(document)
    }


def _names(document: Document[Entity]) -> Iterator[DocumentName]:
    if document.name is not None:
        entity = document.entity
        yield document.name
        key, version = getattr(entity, "key", ""), getattr(entity, "version", 0)
        yield DocumentName(document.name.kind, key, version)


def _comparable(loaded: Loaded, unsure: set[DocumentName]) -> Catalog:
    sure = (each for each in loaded.documents.all if unsure.isdisjoint(_names(each)))
    return catalog_of(Documents(tuple(sure)))


def _place(documents: dict[str, Document[Entity]], path: str, pointer: str) -> Place:
    """Where a pointer leads; the beginning of a file that is not there any more."""
    lines = documents[path].lines if path in documents else None
    if not isinstance(lines, Positions):
        return Place(path)
    spot = lines.spot(pointer)
    return Place(path, spot.line, spot.column, pointer)

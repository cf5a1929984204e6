"""From raw files to a catalog, or to everything that is wrong with them.

Owns: parsing every file, judging all documents together, the line and column of each mistake.
Does not own: where the files come from (`planql.sources.loading`).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from planql.catalog.checks import check_catalog
from planql.catalog.document_kinds import kind_named
from planql.catalog.documents import Document, DocumentName, Documents, PlacedMistake
from planql.catalog.snapshot import Catalog, catalog_of
from planql.problems import Mistake, Place, Problem, Severity
from planql.sources.json_positions import Spot
from planql.sources.mending import consequences, follows
from planql.sources.parsing import Parsed, ParsedCache
from planql.sources.trees import RawCatalog, RawFile


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading a catalog.

    Attributes:
        catalog: None when at least one problem is an error.
        problems: Errors and warnings of all files, sorted by place.
        file_count: How many files were read as documents.
        documents: What could be read, whatever is wrong with it.
    """

    catalog: Catalog | None
    problems: tuple[Problem, ...]
    file_count: int = 0
    documents: Documents = field(default=Documents(()), repr=False)


@dataclass(frozen=True, slots=True)
class _File:
    """A document's file: `inside` is its path in the catalog, `path` the one that is shown."""

    inside: str
    path: str
    name: DocumentName
    digest: bytes = b""
    parsed: Parsed | None = None


def judge(raw: RawCatalog, prefix: str, cache: ParsedCache) -> Loaded:
    """The catalog that raw files make, and what is wrong with them.

    Args:
        raw: The files.
        prefix: What stands before the paths inside the catalog; "." for nothing.
        cache: What was parsed before.
    """
    files = [_parse(file, prefix, cache) for file in raw.files]
    documents = _documents(files)
    found = [
        *(_outside(placed, prefix) for placed in raw.mistakes),
        *(problem for file in files for problem in _inside(file)),
        *_together(documents, files),
    ]
    problems = tuple(sorted(dict.fromkeys(found), key=lambda problem: problem.sort_key))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Loaded(None, problems, len(files), documents)
    catalog = catalog_of(documents, raw.commit, _digest(files))
    return Loaded(catalog, problems, len(files), documents)


def _parse(file: RawFile, prefix: str, cache: ParsedCache) -> _File:
    path = _shown(prefix, file.path)
    if file.content is None:
        return _File(file.path, path, file.name)
    digest = hashlib.sha256(file.content).digest()
    parsed = cache.parse(kind_named(file.name.kind), file.content, digest)
    return _File(file.path, path, file.name, digest, parsed)


def _shown(prefix: str, inside: str) -> str:
    """A path as it is reported: with the prefix."""
    path = inside if prefix in {"", "."} else f"{prefix}/{inside}"
    return _printable(path)


def _printable(text: str) -> str:
    """A text whose control characters are shown as escapes, so that no terminal obeys them."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def _documents(files: Iterable[_File]) -> Documents:
    documents = []
    named, incomplete = set(), set()
    for file in files:
        named.add(file.name)
        if file.parsed is None or file.parsed.mistakes:
            incomplete.add(file.name)
        if file.parsed is not None and file.parsed.entity is not None:
            positions = file.parsed.positions
            documents.append(Document(file.parsed.entity, file.path, positions, file.name))
    return Documents(tuple(documents), frozenset(named), frozenset(incomplete))


def _outside(placed: PlacedMistake, prefix: str) -> Problem:
    """A mistake about a file or folder that was not parsed."""
    return problem_at(placed.mistake, Place(_shown(prefix, placed.path)))


def _inside(file: _File) -> Iterator[Problem]:
    """The mistakes of one file by itself."""
    for found in file.parsed.mistakes if file.parsed else ():
        pointer = found.mistake.pointer
        related = tuple(_place(file.path, spot, pointer) for spot in found.related)
        yield problem_at(found.mistake, _place(file.path, found.spot, pointer), related)


def _together(documents: Documents, files: Iterable[_File]) -> Iterator[Problem]:
    """What the rules say, without what only follows from mistakes reported already."""
    parsed = {file.path: file.parsed for file in files if file.parsed}
    unsure = {path: each.unsure for path, each in parsed.items()}
    not_meant = consequences([place for places in unsure.values() for place in places])
    for placed in check_catalog(documents):
        mistake = placed.mistake
        places = [(placed.path, mistake.pointer), *placed.related]
        if mistake.code not in not_meant and not follows(places, unsure):
            related = tuple(_found(parsed, *place) for place in placed.related)
            place = _found(parsed, placed.path, mistake.pointer, at_name=mistake.at_key)
            yield problem_at(mistake, place, related)


def _found(
    parsed: Mapping[str, Parsed], path: str, pointer: str, *, at_name: bool = False
) -> Place:
    return _place(path, parsed[path].positions.spot(pointer, at_name=at_name), pointer)


def _place(path: str, spot: Spot, pointer: str) -> Place:
    return Place(path, spot.line, spot.column, pointer)


def problem_at(mistake: Mistake, place: Place, related: tuple[Place, ...] = ()) -> Problem:
    """A mistake where it stands, with nothing in it that a terminal would obey."""
    message, hint = _printable(mistake.message), _printable(mistake.hint)
    return Problem(mistake.code, message, place, hint, mistake.severity, related)


def _digest(files: Iterable[_File]) -> str:
    """SHA-256 over the paths inside the catalog and the contents, in the order of the paths."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.inside.encode() + b"\0" + file.digest)
    return total.hexdigest()

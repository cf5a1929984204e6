"""Laws of validation: whatever a file holds, it is answered with problems, never with a failure."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planql.catalog.document_kinds import read_name
from planql.problems import Severity
from planql.sources.judging import judge
from planql.sources.parsing import ParsedCache
from planql.sources.trees import RawCatalog, RawFile

BASE = Path(__file__).parents[1] / "cases" / "catalog" / "base"
CONTENT = {
    path.relative_to(BASE).as_posix(): path.read_bytes() for path in sorted(BASE.rglob("*.json"))
}
PATHS = sorted(CONTENT)
NAMES = {path: name for path in PATHS if (name := read_name(path)) is not None}
moderate = settings(max_examples=150)

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["1", "-1", "USD", "2026-01-01", "flat", "usage", "charges"])
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


def problems_with(path: str, content: bytes) -> list[str]:
    """The codes of all problems of the base catalog with one file's content replaced."""
    contents = {**CONTENT, path: content}
    files = tuple(RawFile(inside, NAMES[inside], contents[inside]) for inside in PATHS)
    loaded = judge(RawCatalog(files, ()), "catalog", ParsedCache())
    keys = [problem.sort_key for problem in loaded.problems]
    assert keys == sorted(keys)
    errors = [p for p in loaded.problems if p.severity is Severity.ERROR]
    assert (loaded.catalog is None) == bool(errors)
    return [problem.code for problem in loaded.problems]


@moderate
@given(st.sampled_from(PATHS), st.binary(max_size=40))
def test_any_bytes_are_answered(path: str, content: bytes) -> None:
    """A file of any bytes at all gives problems, not an exception."""
    assert problems_with(path, content)


@moderate
@given(st.sampled_from(PATHS), anything)
def test_any_json_is_answered(path: str, document: object) -> None:
    """A file of any JSON at all gives problems, not an exception."""
    assert problems_with(path, json.dumps(document).encode())


@moderate
@given(st.sampled_from(PATHS), st.data())
def test_any_cut_is_answered(path: str, data: st.DataObject) -> None:
    """A file that ends too early has a problem, wherever it is cut."""
    content = CONTENT[path].rstrip()
    end = data.draw(st.integers(0, len(content) - 1))
    assert problems_with(path, content[:end])


@settings(max_examples=400)
@given(st.sampled_from(PATHS), anything, st.data())
def test_any_value_anywhere_is_answered(path: str, value: object, data: st.DataObject) -> None:
    """A document with any value anywhere is answered; one run finds the same twice."""
    document: Any = json.loads(CONTENT[path])
    holder, part = data.draw(st.sampled_from(list(_places(document))))
    holder[part] = value
    content = json.dumps(document).encode()
    assert problems_with(path, content) == problems_with(path, content)


def _places(node: Any) -> Any:  # noqa: ANN401 - any part of a document
    """Every value in a document, as the object or list around it and the name or index."""
    for part, value in node.items() if isinstance(node, dict) else enumerate(node):
        yield node, part
        if isinstance(value, dict | list):
            yield from _places(value)

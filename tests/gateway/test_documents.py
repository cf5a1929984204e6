"""Documents are judged once and kept, within bounds."""

import gc
import time
import weakref
from contextlib import suppress

import pytest
from graphql import parse

from planql.gateway.documents import Documents, RequestError
from planql.gateway.limits import Limits
from planql.gateway.measures import Measure, measure
from planql.gateway.schema import executable_schema

SCHEMA = executable_schema()


def test_a_document_is_judged_once() -> None:
    """The same text gives the same document."""
    documents = Documents(SCHEMA, Limits())
    assert documents.prepare("{ __typename }") is documents.prepare("{ __typename }")


def test_a_refusal_is_remembered() -> None:
    """A document that is wrong is not validated again."""
    documents = Documents(SCHEMA, Limits())
    errors = []
    for _ in range(2):
        with pytest.raises(RequestError) as refused:
            documents.prepare("{ nothing }")
        errors += refused.value.errors
    assert errors[0] is errors[1]


class Request:
    """What a request brings along, up to a million bytes of it."""


def test_of_a_refused_request_nothing_is_kept_but_the_errors() -> None:
    """Neither its variables nor its credentials, however often its document was refused."""
    documents = Documents(SCHEMA, Limits())

    def refused() -> "weakref.ref[Request]":
        request = Request()
        with suppress(RequestError):
            documents.prepare("{ nothing }")
        return weakref.ref(request)

    found = [refused() for _ in range(2)]
    gc.collect()
    assert [each() for each in found] == [None, None]


def test_the_least_recently_used_documents_go_first() -> None:
    """Documents are kept up to a length of text in all, and 80 characters for each."""
    documents = Documents(SCHEMA, Limits(cached_characters=205))
    first, second = "query A { __typename }", "query B { __typename }"
    kept, gone = documents.prepare(first), documents.prepare(second)
    documents.prepare(first)
    documents.prepare("query C { __typename }")
    assert documents.prepare(first) is kept
    assert documents.prepare(second) is not gone


def test_what_is_too_long_to_be_read_pushes_nothing_out() -> None:
    """It is judged each time; what others ask for stays."""
    documents = Documents(SCHEMA, Limits(document_characters=30, cached_characters=125))
    kept = documents.prepare("{ __typename }")
    for _ in range(2):
        with pytest.raises(RequestError):
            documents.prepare("{ __typename }".ljust(100))
    assert documents.known("{ __typename }".ljust(100)) is None
    assert documents.prepare("{ __typename }") is kept


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{ a }", Measure(1, 1, root_fields=1)),
        ("{ a { b c } d }", Measure(2, 4, root_fields=2)),
        ("{ x: a { y: b } }", Measure(2, 2, 2, root_fields=1)),
        ("query @d { a @d ... @d { b } }", Measure(1, 2, 0, 3, root_fields=2)),
        ("{ a { ...F } ...F } fragment F on T { b { c } }", Measure(3, 5, root_fields=2)),
        ("query A { a } query B { b { c } }", Measure(2, 3, root_fields=2)),
        ("{ ...F } fragment F on T { a ...F }", Measure(1, 1, root_fields=1)),
        ("{ ...Nothing }", Measure()),
        ("{ a } fragment F on T { b { c } }", Measure(1, 1, root_fields=1)),
        ("{ __schema { types { fields { name } } } }", Measure(1, 4, root_fields=1)),
        ("{ a(b: 1) }", Measure(1, 1, root_fields=1)),
        ("{ a(b: [1], c: {d: {e: [2]}}) }", Measure(1, 1, root_fields=1, input_depth=3)),
        ("{ a { b(c: [[$d]]) } }", Measure(2, 2, root_fields=1, input_depth=2)),
        ("query($v: T = [{a: 1}]) { a }", Measure(1, 1, root_fields=1, input_depth=2)),
        ("{ a @d(x: [1]) }", Measure(1, 1, 0, 1, root_fields=1, input_depth=1)),
        ("{ a } fragment F on T { b(c: [[1]]) }", Measure(1, 1, root_fields=1, input_depth=2)),
    ],
)
def test_a_document_is_measured(text: str, found: Measure) -> None:
    """Depths are the greatest, the rest are sums with every fragment spread."""
    assert measure(parse(text)) == found


def test_nested_fragments_are_measured_in_no_time() -> None:
    """30 levels that double are a billion fields, found in one visit per fragment: under 1 ms."""
    fragments = [f"fragment F{i} on Q {{ ...F{i + 1} ...F{i + 1} }}" for i in range(30)]
    document = parse("{ ...F0 } " + " ".join(fragments) + " fragment F30 on Q { a }")
    seconds = []
    for _ in range(20):
        started = time.perf_counter()
        assert measure(document).fields == 2**30
        seconds.append(time.perf_counter() - started)
    assert min(seconds) < 0.001

"""What is kept of answers, and what is let go."""

import gc
import tracemalloc
import weakref
from typing import cast

import orjson
import pytest
from graphql import OperationDefinitionNode, parse
from tests.gateway.compiled.reference import Setting

from planql.catalog.snapshot import Catalog
from planql.gateway.compiled.kept import Kept
from planql.gateway.compiled.operations import Operation
from planql.gateway.principals import Role

A, B, C = ((name, "") for name in "abc")
"""Questions without values."""
SELECTION = ("selection", "")


def test_an_answer_is_kept_from_the_second_time_on() -> None:
    """What is asked for once is not kept; what is asked for again is found from then on."""
    kept = Kept()
    kept.keep(A, (b"1",))
    assert kept.answer(A) is None
    kept.keep(A, (b"1",))
    assert kept.answer(A) == (b"1",)
    assert kept.answer(B) is None


def test_what_was_used_least_recently_goes_first() -> None:
    """Of answers that are too large together, the one used last stays."""
    kept = Kept(most_bytes=1_000)
    for key in (A, A, B, B):
        kept.keep(key, (b"x" * 100,))
    assert kept.answer(A) is not None
    for _ in range(2):
        kept.keep(C, (b"x" * 100,))
    assert kept.answer(B) is None
    assert kept.answer(A) is not None


def test_questions_asked_once_push_little_out() -> None:
    """However long their answers are, only that they were asked for is remembered of them."""
    kept = Kept(most_bytes=2_000)
    for _ in range(2):
        kept.keep(A, (b"x" * 100,))
    for number in range(5):
        kept.keep((number, ""), (b"x" * 1_000,))
    assert kept.answer(A) is not None


def test_the_values_of_a_question_count() -> None:
    """What an entry is found by takes place, too: values as long as the bound are not kept."""
    kept = Kept(most_bytes=1_000)
    long = ("a", "x" * 1_000)
    for _ in range(2):
        kept.keep(long, (b"1",))
    assert kept.answer(long) is None


def test_fragments_belong_to_one_object() -> None:
    """A fragment is found by the identity of its entity, which lives as long as the fragment."""
    kept = Kept()
    entities = [[number] for number in range(3)]
    fragments = kept.fragments(SELECTION)
    for each in entities:
        fragments.add(each, each)
    assert kept.fragments(SELECTION) is fragments
    assert [orjson.dumps(fragments.get(id(each))) for each in entities] == [b"[0]", b"[1]", b"[2]"]


def test_fragments_count_while_they_are_kept() -> None:
    """Fragments that are let go while a request uses them serve it to its end, uncounted."""
    kept = Kept(most_bytes=1_000)
    fragments = kept.fragments(SELECTION)
    first, second = [1], [2]
    fragments.add(first, "x" * 500)
    fragments.add(second, "y" * 500)
    assert kept.fragments(SELECTION) is not fragments
    fragments.add([3], "z" * 5_000)
    assert orjson.dumps(fragments.get(id(second))) == b'"' + b"y" * 500 + b'"'
    for _ in range(2):
        kept.keep(A, (b"1",))
    assert kept.answer(A) == (b"1",)


def test_what_is_kept_takes_no_more_than_is_counted() -> None:
    """However short the texts are: what writes them leaves no buffers behind."""
    kept = Kept(most_bytes=2_000_000)
    entities = [[number] for number in range(2_000)]
    tracemalloc.start()
    fragments = kept.fragments(SELECTION)
    for number, each in enumerate(entities):
        fragments.add(each, each)
        for _ in range(2):
            kept.keep((number, ""), (orjson.dumps(each),))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 2_000_000


@pytest.mark.anyio
async def test_what_is_kept_holds_no_program(catalog: Catalog) -> None:
    """The program of a document that is let go is gone, whatever is kept of its answers."""
    setting = Setting(catalog, Role.ANONYMOUS)
    document = parse("{ products { key } }")
    operation = cast("OperationDefinitionNode", document.definitions[0])
    asked = Operation(setting.schema, document, operation).asked({})
    for _ in range(2):
        await asked.answer(setting.context, setting.context.served.kept)
    program = weakref.ref(asked.program.complete)
    del asked
    gc.collect()
    assert program() is None

"""What is kept of answers, and what is let go."""

import orjson

from planql.gateway.compiled.kept import Kept

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

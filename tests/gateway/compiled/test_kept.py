"""What is kept of answers, and what is let go."""

import orjson

from planql.gateway.compiled.kept import Kept


def test_an_answer_is_kept_under_its_key() -> None:
    """What was kept is found again; what was not is not."""
    kept = Kept()
    written = kept.keep("a", {"b": 1})
    assert kept.answer("a") is written
    assert orjson.dumps(written) == b'{"b":1}'
    assert kept.answer("c") is None


def test_what_was_used_least_recently_goes_first() -> None:
    """Of answers that are too large together, the one used last stays."""
    kept = Kept(most_bytes=1_000)
    for name in ("a", "b"):
        kept.keep(name, "x" * 100)
    assert kept.answer("a") is not None
    kept.keep("c", "x" * 100)
    assert kept.answer("b") is None
    assert kept.answer("a") is not None


def test_fragments_belong_to_one_object() -> None:
    """A fragment is found by the identity of its entity, which lives as long as the fragment."""
    kept = Kept()
    entities = [[number] for number in range(3)]
    fragments = kept.fragments("selection")
    for each in entities:
        fragments.add(each, each)
    assert kept.fragments("selection") is fragments
    assert [orjson.dumps(fragments.get(id(each))) for each in entities] == [b"[0]", b"[1]", b"[2]"]


def test_fragments_count_while_they_are_kept() -> None:
    """Fragments that are let go while a request uses them serve it to its end, uncounted."""
    kept = Kept(most_bytes=1_000)
    fragments = kept.fragments("selection")
    first, second = [1], [2]
    fragments.add(first, "x" * 500)
    fragments.add(second, "y" * 500)
    assert kept.fragments("selection") is not fragments
    fragments.add([3], "z" * 5_000)
    assert orjson.dumps(fragments.get(id(second))) == b'"' + b"y" * 500 + b'"'
    assert kept.keep("a", 1) is kept.answer("a")

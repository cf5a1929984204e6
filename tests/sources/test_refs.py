"""What may be asked for as a git ref."""

import pytest

from planql.errors import SourceError
from planql.sources.refs import check_ref


@pytest.mark.parametrize(
    "ref",
    ["main", "v1.2", "feature/new-prices", "HEAD~1", "HEAD^", "@", "HEAD@{1}", "4bb9ea9", "größer"],
)
def test_takes_what_names_one_commit(ref: str) -> None:
    """Branches, tags, commits, and what git derives from one of them."""
    check_ref(ref)


@pytest.mark.parametrize(
    ("ref", "reason"),
    [
        ("", "it is empty"),
        ("--upload-pack=touch /tmp/x", "it looks like an option"),
        ("-n1", "it looks like an option"),
        ("main..next", "it looks like a range of commits"),
        ("main...next", "it looks like a range of commits"),
        ("^main", "it looks like a range of commits"),
        ("main:catalog", "it has characters that no ref has"),
        (":/message", "it has characters that no ref has"),
        ("main\0", "it has characters that no ref has"),
        ("main\nnext", "it has characters that no ref has"),
        ("main next", "it has characters that no ref has"),
        ("ma*n", "it has characters that no ref has"),
        ("a" * 251, "it is longer than 250 characters"),
    ],
)
def test_refuses_what_git_would_take_for_something_else(ref: str, reason: str) -> None:
    """Options, ranges, paths, patterns and control characters never reach git."""
    with pytest.raises(SourceError) as refused:
        check_ref(ref)
    assert refused.value.code == "invalid-ref"
    assert refused.value.message.endswith(f"is not the name of a commit: {reason}")


def test_takes_a_ref_of_the_greatest_length() -> None:
    """A ref of 250 characters is looked up."""
    check_ref("a" * 250)


def test_shows_a_ref_without_its_control_characters() -> None:
    """What is refused is quoted in a form that a terminal does not obey."""
    with pytest.raises(SourceError) as refused:
        check_ref("main\x1b[31m")
    assert r'"main\x1b[31m"' in refused.value.message

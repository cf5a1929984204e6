"""What may be asked for as a git ref.

A ref comes from a command line or from a query, so whatever git would take for something else
is refused before git sees it: an option, a range, a path, a negation.
"""

from typing import Final

from planql.errors import SourceError

_LONGEST: Final = 250
_NEVER: Final = frozenset(' :*?[\\"')


def check_ref(ref: str) -> None:
    """Refuse what is not the name of one commit.

    Raises:
        SourceError: `invalid-ref`.
    """
    reason = _refusal(ref)
    if reason:
        shown = ref[:_LONGEST].encode("unicode_escape").decode()
        raise SourceError(
            "invalid-ref",
            f'"{shown}" is not the name of a commit: {reason}',
            hint='name a branch, a tag or a commit, such as "main", "v1.2" or "HEAD~1"',
        )


def _refusal(ref: str) -> str:
    if not ref:
        return "it is empty"
    if len(ref) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    if ref[0] == "-":
        return "it looks like an option"
    if ref[0] == "^" or ".." in ref:
        return "it looks like a range of commits"
    if not ref.isprintable() or _NEVER & set(ref):
        return "it has characters that no ref has"
    return ""

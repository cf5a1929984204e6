"""Laws of comments: they fit, everything in them is whole, and a catalog's text is only text."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from planql.cli.reporters.comment_layout import MARKER, Part, Section, Table, comment
from planql.cli.reporters.comment_text import LONGEST, code, shown

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False, "html": True})
ATTACKS = [
    "<script>alert(1)</script>",
    "</details>",
    "<!-- x",
    "-->",
    "```",
    "~~~",
    "@octocat",
    "@org/team",
    "a@b.example",
    "#12",
    "GH-12",
    "owner/repo#1",
    "https://evil.example",
    "www.evil.example",
    "[a](https://evil.example)",
    "![a](x)",
    "<https://evil.example>",
    "`code`",
    "|",
    "\\|",
    "\\",
    "**b**",
    "_i_",
    "~~s~~",
    "&lt;b&gt;",
    "&#64;octocat",
    ":tada:",
    "\n# big\n",
    "\r\n\r\n* item",
    "\u2028",
    "\x1b[31m",
    "\u202e",
]
hostile = st.lists(st.sampled_from(ATTACKS) | st.text(max_size=8), max_size=6).map(" ".join)
packed = st.lists(st.sampled_from(ATTACKS) | st.text(max_size=3), max_size=8).map("".join)

cells = st.text("ab<|`", max_size=20).map(shown)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of up to 60 rows."""
    columns = draw(st.integers(1, 3))
    rows = draw(st.lists(st.tuples(*[cells] * columns), max_size=60))
    return Table(tuple(draw(st.sampled_from(["a", ">b"])) for _ in range(columns)), tuple(rows))


parts = st.builds(
    Part,
    text=st.text("ab ", max_size=200).map(str.strip),
    table=st.none() | tables(),
    code=st.lists(st.text("ab`\n", max_size=20), max_size=20).map(tuple),
)
sections = st.builds(
    Section,
    title=st.sampled_from(["", "Guardrails", "By month"]),
    parts=st.lists(parts, min_size=1, max_size=5).map(tuple),
    importance=st.integers(0, 9),
    is_folded=st.booleans(),
)


unhurried = settings(deadline=None)
"""Parsing Markdown takes what it takes on a machine that has other work to do."""


def tokens(text: str) -> list[Token]:
    """What Markdown makes of a text, inline tokens among the others."""
    found = MARKDOWN.parse(text)
    return [each for token in found for each in (token, *(token.children or []))]


@unhurried
@given(st.lists(sections, max_size=6), st.integers(200, 3_000))
def test_comment_fits_and_is_whole(found: list[Section], limit: int) -> None:
    """Whatever there is to say: the marker first, under the limit, every fold and fence closed."""
    text = comment("Headline.", found, "`planql diff`", limit)
    assert text.splitlines()[0] == MARKER
    assert len(text) <= limit
    assert text.count("<details>") == text.count("</details>")
    fences = [token for token in tokens(text) if token.type == "fence"]
    assert all(token.map and _last_line(text, token).strip("`") == "" for token in fences)


def _last_line(text: str, token: Token) -> str:
    assert token.map is not None
    return text.splitlines()[token.map[1] - 1]


@unhurried
@given(st.lists(sections, max_size=6), st.integers(200, 3_000))
def test_rows_are_whole(found: list[Section], limit: int) -> None:
    """No row of a table is cut: each has as many cells as its heading."""
    for row in re.findall(r"^\|.*$", comment("Headline.", found, "", limit), re.MULTILINE):
        assert row.endswith(" |")


@unhurried
@given(st.lists(sections, max_size=6))
def test_what_fits_is_not_cut(found: list[Section]) -> None:
    """Without need nothing is cut, and nothing is said of it."""
    text = comment("Headline.", found, "", 10**6)
    assert "Cut to the length" not in text
    assert all(str(section) in text for section in found)


@unhurried
@given(st.lists(sections, max_size=6), st.integers(200, 3_000))
def test_what_is_cut_is_told(found: list[Section], limit: int) -> None:
    """A comment that lost something says so."""
    whole = comment("Headline.", found, "", 10**6)
    text = comment("Headline.", found, "", limit)
    assert (text == whole) or "Cut to the length" in text


@unhurried
@given(hostile | packed)
def test_text_of_a_catalog_is_text(text: str) -> None:
    """It becomes no HTML, link, image, heading, code or emphasis, in a paragraph or a cell."""
    for written in (f"a {shown(text)} b", f"| x |\n| --- |\n| {shown(text)} |\n"):
        kinds = {token.type for token in tokens(written)}
        assert not kinds & {"html_block", "html_inline", "link_open", "image", "heading_open"}
        assert not kinds & {
            "code_inline",
            "fence",
            "code_block",
            "em_open",
            "strong_open",
            "s_open",
        }
        assert sum(token.type == "tr_open" for token in tokens(written)) in {0, 2}


@unhurried
@given(hostile | packed)
def test_text_of_a_catalog_pings_nobody(text: str) -> None:
    """Nothing is left that GitHub turns into a mention, a reference, a link or a picture."""
    written = shown(text)
    assert not re.search(r"[@#]\w|\bGH-\d|\w://|\bwww\.|:\w+:", written, re.IGNORECASE | re.ASCII)
    assert "\n" not in written


@unhurried
@given(hostile | packed)
def test_code_is_one_piece(text: str) -> None:
    """A key in letters of code opens and closes one element, whatever is in it."""
    found = [token.content for token in tokens(f"a {code(text)} b") if token.type == "html_inline"]
    assert found == ["<code>", "</code>"]


@unhurried
@given(st.text(max_size=300))
def test_text_is_bounded(text: str) -> None:
    """Escapes aside, a text is never longer than a cell may be: five signs for one at most."""
    assert len(shown(text)) <= 10 * LONGEST

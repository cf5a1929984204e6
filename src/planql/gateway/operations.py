"""The example operations that are shown in GraphiQL and run by tests.

`operations/<name>.graphql` begins with a comment: its first line is the title, the rest says what
it teaches. `operations/<name>.json` holds its variables, when it has some.
"""

from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Operation:
    """An example.

    Attributes:
        name: The file's name without its ending.
        title: What it shows, in a few words.
        description: What it teaches, in a sentence or two.
        document: Its text.
        variables: A JSON object as text; "" when it has none.
    """

    name: str
    title: str
    description: str
    document: str
    variables: str


def load_operations(directory: Path) -> tuple[Operation, ...]:
    """The examples in `directory`, by file name; none when there is no such directory."""
    return tuple(_operation(path) for path in sorted(directory.glob("*.graphql")))


def _operation(path: Path) -> Operation:
    # As it stands in the file, whatever ends its lines: its SHA-256 names it.
    document = path.read_bytes().decode()
    title, *rest = _comment(document) or [path.stem]
    variables = path.with_suffix(".json")
    return Operation(
        name=path.stem,
        title=title.rstrip("."),
        description=" ".join(rest),
        document=document,
        variables=variables.read_text(encoding="utf-8") if variables.exists() else "",
    )


def _comment(document: str) -> list[str]:
    """The lines of the comment at the top."""
    comment = takewhile(lambda line: line.startswith("#"), document.splitlines())
    return [line.lstrip("#").strip() for line in comment]

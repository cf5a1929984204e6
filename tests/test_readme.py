"""The README's tour does what it says: its blocks are run and their answers compared.

`console` blocks are commands (`$ ...`) with what they print, `diff` blocks are applied, and a
`graphql` block is sent to the API over the catalog as it then is; the `json` block after it is
the answer. All of it happens in a copy of the catalog, which is committed on `main` before.
"""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.servers.environments import unmeasured
from tests.sources.building import commit

from planql.gateway.application import create_application
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content
from planql.sources import load

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block of the README."""

    language: str
    text: str


@dataclass(frozen=True)
class Tour:
    """A copy of the catalog to try things on."""

    directory: Path

    def run(self, command: str, text: str = "") -> str:
        """What `command` prints, on both streams."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        finished = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=self.directory,
            env={**unmeasured(), "PATH": path, "COLUMNS": "80", "NO_COLOR": "1"},
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return finished.stdout

    async def ask(self, query: str) -> object:
        """The API's answer to `query`, over the catalog as it is now."""
        catalog = load(Path("catalog")).catalog
        assert catalog is not None
        transport = httpx.ASGITransport(create_application(Content(CatalogHolder(catalog))))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return (await client.post("/graphql", json={"query": query})).json()


def blocks() -> list[Block]:
    """Every fenced block of the README, in order."""
    return [Block(language, text) for language, text in BLOCK.findall(README)]


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block, and what it prints."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def shown(output: str) -> str:
    """Output without the blanks at the ends of lines, which editors cut."""
    return "\n".join(line.rstrip() for line in output.rstrip().splitlines())


def play(tour: Tour, block: Block, answer: object) -> object:
    """Do what `block` says; the result is the answer that a following block shows."""
    match block.language:
        case "console":
            for command, output in commands(block.text):
                assert shown(tour.run(command)) == shown(output), command
        case "diff":
            assert tour.run("git apply -", block.text) == ""
        case "graphql":
            return asyncio.run(tour.ask(block.text))
        case "json":
            assert json.loads(block.text) == answer
        case "sh":
            pass
        case unknown:
            pytest.fail(f"no test runs a block of {unknown}")
    return answer


def test_tour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typing the tour from top to bottom gives what the README shows."""
    for name in ("catalog", "schema"):
        shutil.copytree(ROOT / name, tmp_path / name)
    commit(tmp_path)
    monkeypatch.chdir(tmp_path)
    tour, answer = Tour(tmp_path), None
    for block in blocks():
        answer = play(tour, block, answer)


def test_the_two_commands_exist() -> None:
    """`make serve` and `make test` are what the README promises, and CI calls the second."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for verb in ("serve", "test"):
        assert f"make {verb}" in README
        assert re.search(f"^{verb}:", makefile, re.MULTILINE)
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")

"""What is compiled answers as graphql-core does, byte for byte, its errors included."""

import asyncio
from pathlib import Path
from random import Random

import orjson
import pytest
from tests.gateway.compiled.generated import Generated, Generator
from tests.gateway.compiled.reference import Answers, Setting

from planql.catalog.snapshot import Catalog
from planql.gateway.documents import RequestError
from planql.gateway.principals import Role

OPERATIONS = sorted((Path(__file__).resolve().parents[3] / "operations").glob("*.graphql"))
QUERIES = 250
"""Per kind of principal; there are four."""
MISTAKES = 60
"""Likewise."""


@pytest.fixture(scope="session", params=Role, ids=str)
def setting(request: pytest.FixtureRequest, catalog: Catalog) -> Setting:
    """Each kind of principal in turn."""
    return Setting(catalog, request.param)


def answer_all(setting: Setting, many: int, made: list[Generated]) -> list[Answers]:
    """What both answer to the first `many` valid ones of `made`."""
    found: list[Answers] = []

    async def answer() -> None:
        for each in made:
            if len(found) == many:
                return
            try:
                found.append(await setting.answers(each.document, each.variables))
            except RequestError:
                continue
            assert found[-1].fast == found[-1].reference, each
            assert found[-1].kept == found[-1].reference, each

    asyncio.run(answer())
    return found


def test_generated_queries_are_answered_as_by_graphql_core(setting: Setting) -> None:
    """A thousand generated queries in all; most of them are not left to graphql-core."""
    generator = Generator(setting.schema, Random(1))  # noqa: S311 - the same ones each time
    found = answer_all(setting, QUERIES, [generator.query() for _ in range(2 * QUERIES)])
    assert len(found) == QUERIES
    assert sum(each.is_compiled for each in found) > QUERIES * 0.6


def test_generated_mistakes_are_told_as_by_graphql_core(setting: Setting) -> None:
    """Variables that are missing or of a wrong type give the reference's errors."""
    generator = Generator(setting.schema, Random(2))  # noqa: S311 - the same ones each time
    found = answer_all(setting, MISTAKES, [generator.spoilt() for _ in range(2 * MISTAKES)])
    assert len(found) == MISTAKES
    assert any(b"Variable" in each.reference for each in found)


def test_the_examples_are_answered_as_by_graphql_core(setting: Setting) -> None:
    """So are the example operations, by whoever may send them."""
    found = answer_all(setting, len(OPERATIONS), list(map(example, OPERATIONS)))
    assert found


def example(path: Path) -> Generated:
    """An example operation with its variables."""
    given = path.with_suffix(".json")
    variables = orjson.loads(given.read_bytes()) if given.exists() else {}
    return Generated(path.read_text(encoding="utf-8"), variables)

"""The stories of the tests: reading them, and holding what is due against what is expected."""

import json
from pathlib import Path
from typing import Any

from planql.billing.comparison import Difference, differences
from planql.billing.documents import due_document
from planql.billing.due import zone_of
from planql.billing.preview import due_in
from planql.billing.stories import Story, catalog_for
from planql.catalog.documents import Documents
from planql.catalog.snapshot import catalog_of
from planql.entity import parse_json, read_entity

CASES = Path(__file__).resolve().parent.parent / "cases"
FOLDER = CASES / "invoices"
NOTHING = catalog_of(Documents(()))

Doc = dict[str, Any]


def story_files() -> list[Path]:
    """Every story of the tests."""
    return sorted(FOLDER.rglob("*.json"))


def read_story(document: Doc) -> Story:
    """A story from a document with JSON's own types."""
    return read_entity(Story, parse_json(json.dumps(document)))


def load_story(name: str) -> Doc:
    """The document of a story file, to be changed by a test."""
    document: Doc = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return document


def due(document: Doc) -> Doc:
    """What `invoice -` answers to a story."""
    story = read_story(document)
    answer: Doc = due_document(
        due_in(story, NOTHING), zone_of(story.customer, catalog_for(story, NOTHING))
    )
    return answer


def unexpected(document: Doc) -> list[Difference]:
    """Where the invoices of a story are not those it expects."""
    return differences(read_story(document).invoices or (), due(document)["invoices"])

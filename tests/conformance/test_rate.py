"""What other billing systems publish and test about rating comes out of `rate -`."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.rating.case_files import answer, differences

LINES = Path(__file__).resolve().parent.parent / "cases" / "conformance" / "rate.jsonl"
EXAMPLES = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_published_figure(example: dict[str, Any]) -> None:
    """The members given come out, numbers compared by value."""
    assert list(differences(example["expected"], answer(example["input"]))) == []

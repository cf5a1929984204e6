"""What other billing systems publish and test about invoices comes out of `invoice -`."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.billing.story_files import due, unexpected

from planql.errors import PlanqlError

LINES = Path(__file__).resolve().parent.parent / "cases" / "conformance" / "invoice.jsonl"
EXAMPLES = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_published_invoices(example: dict[str, Any]) -> None:
    """The members given come out, numbers compared by value."""
    story, expected = example["input"], example["expected"]
    if "error" in expected:
        with pytest.raises(PlanqlError):
            due(story)
    else:
        assert unexpected({**story, **expected}) == []

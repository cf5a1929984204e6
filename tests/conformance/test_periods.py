"""What other billing systems publish and test about billing periods comes out of `periods -`."""

import json
from pathlib import Path
from typing import Any

import pytest

from planql.billing.period_requests import answer_periods

LINES = Path(__file__).resolve().parent.parent / "cases" / "conformance" / "periods.jsonl"
EXAMPLES = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_published_periods(example: dict[str, Any]) -> None:
    """The periods are those of the other system."""
    assert answer_periods(example["input"]) == example["expected"]

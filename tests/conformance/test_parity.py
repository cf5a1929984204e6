"""What other billing systems compute comes out here too, wherever the rules are the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.billing.story_files import due, unexpected
from tests.rating.case_files import answer
from tests.rating.case_files import differences as rating_differences

from planql.errors import PlanqlError

FOLDER = Path(__file__).resolve().parent.parent / "cases" / "parity"


def cases(kind: str) -> list[Any]:
    """The cases of every system, of one kind of document."""
    return [
        pytest.param(case, id=case["id"])
        for path in sorted(FOLDER.glob(f"*-{kind}.jsonl"))
        for case in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


@pytest.mark.parametrize("case", cases("invoices"))
def test_invoices_agree(case: dict[str, Any]) -> None:
    """The invoices of another system come out to the cent, or its refusal."""
    if "error" in case["expected"]:
        with pytest.raises(PlanqlError):
            due(case["input"])
    else:
        assert unexpected({**case["input"], **case["expected"]}) == []


@pytest.mark.parametrize("case", cases("rates"))
def test_rates_agree(case: dict[str, Any]) -> None:
    """The amounts of another system come out to the cent."""
    assert list(rating_differences(case["expected"], answer(case["input"]))) == []

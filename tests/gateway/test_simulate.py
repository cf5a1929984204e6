"""The `simulate` query: to the letter what `planql simulate` prints."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from tests.gateway.simulate_operation import (
    OCTOBER,
    SIMULATE,
    Ask,
    Doc,
    as_printed,
    assumed,
    catalog_plan,
    monthly,
)

from planql.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
GIVEN = ("--catalog", "catalog", "--format", "json")
IN_OCTOBER = ("--month", "2026-10")


def printed(capsys: pytest.CaptureFixture[str], *options: str) -> Any:  # noqa: ANN401 - JSON
    """What `planql simulate` prints."""
    with contextlib.chdir(ROOT):
        assert main(["simulate", *options, *GIVEN]) == 0
    return json.loads(capsys.readouterr().out)


def answered(ask: Ask, **variables: object) -> Any:  # noqa: ANN401 - JSON
    """What the API answers, in the words of the command line."""
    return as_printed(ask(SIMULATE, variables)["simulate"])


CASES = {
    "scenarios of a plan": (
        ["--plan", "support-pro@2", *IN_OCTOBER],
        {"plans": [catalog_plan("support-pro", 2)], **OCTOBER},
    ),
    "the version in force, by name of a scenario, over a year": (
        ["--plan", "support-pro", "--scenario", "support-typical", "--from", "2026-10-01"],
        {
            "plans": [catalog_plan("support-pro")],
            "usage": [{"scenario": "support-typical"}],
            "from": "2026-10-01",
            "to": "2027-10-01",
        },
    ),
    "100 against 500 outcomes": (
        ["--plan", "sales-outcome", *IN_OCTOBER],
        {"plans": [catalog_plan("sales-outcome")], **OCTOBER},
    ),
    "a total, growth and the shape of a week": (
        [
            *["--plan", "support-team@3", "--usage-per-month", "resolved-tickets=900.5"],
            *["--growth", "3", "--weekdays", "1,1,1,1,1,0.2,0.2"],
            *["--from", "2026-10-05", "--to", "2027-01-10"],
        ],
        {
            "plans": [catalog_plan("support-team", 3)],
            "usage": [
                assumed(
                    monthly(
                        "resolved-tickets",
                        "900.5",
                        growthPercentage="3",
                        weekdays=["1", "1", "1", "1", "1", "0.2", "0.2"],
                    )
                )
            ],
            "from": "2026-10-05",
            "to": "2027-01-10",
        },
    ),
    "a daily series and a level": (
        [
            *["--plan", "studio-payg@1", "--daily", "prompt-tokens=1000,2000.5,3000"],
            *["--level", "tool-runs=10", "--charge", "prompt-tokens", "--charge", "tool-runs"],
            *IN_OCTOBER,
        ],
        {
            "plans": [catalog_plan("studio-payg", 1)],
            "usage": [
                assumed(
                    {
                        "meter": "prompt-tokens",
                        "quantity": {"daily": {"quantities": ["1000", "2000.5", "3000"]}},
                    },
                    {"meter": "tool-runs", "quantity": {"level": {"quantity": "10"}}},
                )
            ],
            "charges": ["prompt-tokens", "tool-runs"],
            **OCTOBER,
        },
    ),
    "billed, with a discount and seats, of several customers": (
        [
            *["--plan", "support-pro@2", "--scenario", "support-typical", "--customers", "7"],
            *["--quantity", "seats=12", "--discount", "welcome", "--recognition", "billed"],
            *["--from", "2026-10-01", "--to", "2026-12-15"],
        ],
        {
            "plans": [catalog_plan("support-pro", 2)],
            "usage": [{"scenario": "support-typical"}],
            "customers": 7,
            "quantities": [{"name": "seats", "quantity": "12"}],
            "discounts": ["welcome"],
            "recognition": "BILLED",
            "from": "2026-10-01",
            "to": "2026-12-15",
        },
    ),
    "two versions, side by side": (
        [
            *["--plan", "support-pro@1", "--plan", "support-pro@2"],
            *["--quantity", "seats=3", *IN_OCTOBER],
        ],
        {
            "plans": [catalog_plan("support-pro", 1), catalog_plan("support-pro", 2)],
            "quantities": [{"name": "seats", "quantity": "3"}],
            **OCTOBER,
        },
    ),
    "without usage": (
        ["--plan", "support-pro-eur", "--quantity", "seats=3", *IN_OCTOBER],
        {
            "plans": [catalog_plan("support-pro-eur")],
            "quantities": [{"name": "seats", "quantity": "3"}],
            **OCTOBER,
        },
    ),
}


@pytest.mark.parametrize(("options", "variables"), CASES.values(), ids=CASES)
def test_the_answer_is_what_the_command_line_prints(
    ask: Ask, capsys: pytest.CaptureFixture[str], options: list[str], variables: Doc
) -> None:
    """Every figure of every day, total, period and notice is the same text."""
    assert answered(ask, **variables) == printed(capsys, *options)

"""The `priceCurve` query: to the letter what `planql simulate --curve` prints."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.cli.tiny_prices import DEARER, PLAN, SEATS, write
from tests.gateway.simulate_operation import Doc, as_printed, catalog_plan
from tests.gateway.tiny_server import Tiny, tiny_server

from planql.cli.main import main

ON = {"on": "2026-10-01"}
BASIC = [catalog_plan("basic", 1), catalog_plan("basic", 2)]
BOTH = ["--plan", "basic@1", "--plan", "basic@2"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiny]:
    """A server over the small catalog."""
    with tiny_server(tmp_path_factory.mktemp("tiny")) as found:
        yield found


CASES = {
    "two versions": (BOTH, {"plans": BASIC}),
    "up to a quantity": (
        [*BOTH, "--to-quantity", "400"],
        {"plans": BASIC, "toQuantity": "400"},
    ),
    "two charges with fees": (
        [
            *["--plan", "team", "--charge", "calls", "--charge", "seats", "--with-fees"],
            *["--quantity", "seats=2", "--to-quantity", "400"],
        ],
        {
            "plans": [catalog_plan("team")],
            "charges": ["calls", "seats"],
            "withFees": True,
            "quantities": [{"name": "seats", "quantity": "2"}],
            "toQuantity": "400",
        },
    ),
    "costs that are given": (
        [*BOTH, "--unit-cost", "0.3", "--fixed-cost", "20"],
        {"plans": BASIC, "unitCost": "0.3", "fixedCost": "20"},
    ),
    "a fixed cost beside the catalog's": (
        [*BOTH, "--fixed-cost", "20"],
        {"plans": BASIC, "fixedCost": "20"},
    ),
    "a cost that is not known": (
        ["--plan", "euro"],
        {"plans": [catalog_plan("euro")]},
    ),
}


@pytest.mark.parametrize(("options", "variables"), CASES.values(), ids=CASES)
def test_the_answer_is_what_the_command_line_prints(
    tiny: Tiny,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    variables: Doc,
) -> None:
    """Every point, stretch and crossing is the same text."""
    monkeypatch.chdir(tiny.folder)
    given = ["--from", "2026-10-01", "--format", "json"]
    assert main(["simulate", "--curve", *options, *given]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert as_printed(tiny.curve(**variables, **ON)) == printed


def test_a_draft_has_a_curve(
    tiny: Tiny, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan that is in no file is held against one of the catalog: equal at 210, for 86.00."""
    monkeypatch.chdir(tiny.folder)
    write(tiny.folder / "draft.json", {**PLAN, "key": "draft", "charges": [SEATS, DEARER]})
    model = {"perUnit": {"unitAmount": "0.60"}}
    calls = {"key": "calls", "name": "Calls", "meter": "calls", "includedUnits": "100"}
    seats = {"key": "seats", "name": "Seats", "type": "RECURRING", "quantity": {"name": "seats"}}
    draft = {
        "currency": "USD",
        "label": "draft@1 (draft.json)",
        "charges": [
            {**seats, "model": {"perUnit": {"unitAmount": "10"}}},
            {**calls, "model": model},
        ],
    }
    answer = tiny.curve(
        plans=[catalog_plan("basic", 1), {"draft": draft}],
        withFees=True,
        quantities=[{"name": "seats", "quantity": "2"}],
        toQuantity="400",
        **ON,
    )
    assert [each["start"] for each in answer["comparisons"][0]["crossings"]] == ["210"]
    options = ["--plan", "basic@1", "--draft", "draft.json", "--quantity", "seats=2", "--with-fees"]
    given = ["--to-quantity", "400", "--from", "2026-10-01", "--format", "json"]
    assert main(["simulate", "--curve", *options, *given]) == 0
    assert as_printed(answer) == json.loads(capsys.readouterr().out)


def test_today_is_the_day_when_none_is_named(tiny: Tiny) -> None:
    """The clock of the server says which version is in force."""
    assert tiny.curve(plans=[catalog_plan("basic")])["curves"][0]["name"] == "basic@1"


PACKAGES = {"package": {"amount": "1", "packageSize": "1"}}
MANY: Doc = {
    "charges": {
        "currency": "USD",
        "charges": [{"key": "calls", "meter": "calls", "model": PACKAGES}],
    }
}


@pytest.mark.parametrize(
    ("variables", "code", "path"),
    [
        ({"plans": BASIC, "toQuantity": "0"}, "zero-not-allowed", ["toQuantity"]),
        ({"plans": BASIC, "unitCost": "-1"}, "negative-number", ["unitCost"]),
        ({"plans": BASIC, "charges": ["callz"]}, "unknown-charge", ["charges", "0"]),
        ({"plans": BASIC, "charges": ["calls"] * 11}, "too-many-curves", ["charges"]),
        (
            {"plans": [catalog_plan("euro")], "fixedCost": "1"},
            "missing-unit-cost",
            ["fixedCost"],
        ),
        ({"plans": [catalog_plan("share")]}, "events-needed", []),
        ({"plans": [BASIC[0], catalog_plan("euro")]}, "currency-mismatch", []),
        ({"plans": [MANY], "toQuantity": "30000"}, "too-many-bounds", []),
        ({"plans": [MANY, MANY], "toQuantity": "9000"}, "curves-too-large", ["toQuantity"]),
        (
            {
                "plans": [
                    {
                        "charges": {
                            "currency": "USD",
                            "charges": [
                                {"key": "fee", "type": "RECURRING", "model": PACKAGES},
                            ],
                        }
                    }
                ]
            },
            "missing-charge",
            ["plans", "0"],
        ),
    ],
)
def test_a_mistake_is_told_at_its_place(
    tiny: Tiny, variables: Doc, code: str, path: list[str]
) -> None:
    """Nothing is drawn; the mistake is typed and names the argument."""
    found: Any = tiny.curve(**variables, **ON)
    assert (found.get("code"), found.get("path")) == (code, path), found


def test_a_ref_needs_a_repository(tiny: Tiny) -> None:
    """Curves of another ref are refused where there is no repository."""
    found = tiny.curve(plans=[catalog_plan("basic", ref="main")])
    assert (found["__typename"], found["code"]) == ("UnavailableError", "no-repository")

"""`planql invoice`, as a user runs it."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from planql.cli.main import main

ROOT = Path(__file__).resolve().parent.parent.parent
STORIES = ROOT / "tests" / "cases" / "invoices"
CATALOG = ROOT / "catalog"


def _story(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((STORIES / f"{name}.json").read_text(encoding="utf-8"))
    return document


def _out(arguments: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    assert main(arguments) == code
    return capsys.readouterr().out


def test_table(capsys: pytest.CaptureFixture[str]) -> None:
    """Invoices are tables of lines, credits named as such, with what is due below."""
    out = _out(["invoice", str(STORIES / "endings/cancelled-at-once.json")], capsys)
    assert "Invoice of 2026-04-10, USD" in out
    assert "Fee (credit)" in out
    assert "59.67" in out


def test_discounts_in_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """What discounts took stands beside the amount."""
    assert "-10.00" in _out(["invoice", str(STORIES / "discounts/whole-invoice.json")], capsys)


def test_groups_in_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """A group stands behind the name of its charge."""
    out = _out(["invoice", str(STORIES / "usage/late-in-groups.json")], capsys)
    assert "region = eu" in out


def test_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """Every sum is written out: the part of the period, the product, the rounding, the price."""
    out = _out(["invoice", str(STORIES / "changes/on-a-date.json"), "--explain"], capsys)
    assert "part of the period: 10 of 30 days" in out
    assert "rounded to 0.01" in out
    assert "gives back a part of the 100 that was charged" in out
    assert "price: pro version 1, /catalog/rate_plans/1/charges/0" in out
    assert "amount due  33.34 USD" in out


def test_explained_discounts_and_balances(capsys: pytest.CaptureFixture[str]) -> None:
    """Discounts, credit used and credit left are rows of their own."""
    out = _out(["invoice", str(STORIES / "discounts/order.json"), "--explain"], capsys)
    assert 'less discount "own" 10.00' in out
    assert "discounts  -80.00 USD" in out
    out = _out(["invoice", str(STORIES / "balances/used-up.json"), "--explain"], capsys)
    assert "credit     -100.00 USD" in out
    assert "credit left 20.00 USD" in out


def test_explained_groups_and_adjustments(capsys: pytest.CaptureFixture[str]) -> None:
    """A group, and an adjustment, which has no price in a file."""
    out = _out(["invoice", str(STORIES / "usage/late-in-groups.json"), "--explain"], capsys)
    assert "region = eu" in out
    assert "billed before" in out
    out = _out(["invoice", str(STORIES / "adjustments/next-invoice.json"), "--explain"], capsys)
    assert "an outage" in out


def test_price_in_the_catalog(capsys: pytest.CaptureFixture[str]) -> None:
    """A story without a catalog is priced by the one at hand; each price has its file and line."""
    story = CATALOG / "cases" / "cancel-now.json"
    arguments = ["invoice", str(story), "--catalog", str(CATALOG)]
    out = _out([*arguments, "--explain"], capsys)
    assert "rate-plans/support-team/v2.json:" in out
    document = json.loads(_out([*arguments, "--format", "json"], capsys))
    source = document["invoices"][0]["lines"][0]["source"]
    assert source["path"].endswith("rate-plans/support-team/v2.json")
    assert source["version"] == 2


def test_nothing_due(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """When nothing is due it says so."""
    path = tmp_path / "story.json"
    path.write_text(
        json.dumps({**_story("changes/at-period-end"), "as_of": "2020-01-01T00:00:00Z"})
    )
    assert "Nothing is due" in _out(["invoice", str(path)], capsys)


def test_notices(capsys: pytest.CaptureFixture[str]) -> None:
    """A migration that gave way is mentioned below the invoices."""
    out = _out(["invoice", str(STORIES / "migrations/newest-wins.json")], capsys)
    assert "gives way to version 3" in out


def test_lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A story per line, a bad one answered in its place."""
    good = _story("changes/at-period-end")
    lines = "\n".join(json.dumps(each) for each in (good, {**good, "customer": {}}, good))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    answers = [json.loads(line) for line in _out(["invoice", "-"], capsys).splitlines()]
    assert answers[0] == answers[2]
    assert answers[1]["error"]["pointer"] == "/customer"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not JSON", "is not a story: Expecting value at line 1, column 1"),
        ("{}", 'is not a story: "customer" is missing'),
        ('{"customer": 1}', "/customer: "),
    ],
)
def test_what_is_no_story_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, said: str
) -> None:
    """The file is named, since a command line may come from a script."""
    file = tmp_path / "story.json"
    file.write_text(text)
    assert main(["invoice", str(file)]) == 2
    told = capsys.readouterr().err
    assert (str(file) in told, said in told) == (True, True)

"""`planql show`, as a user runs it: a plan that someone can read who does not read JSON."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.catalog.catalog_cases import BASE

from planql.cli.main import main

PLAN = Path("rate-plans") / "pro" / "v1.json"


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal on which no line is broken."""
    monkeypatch.setenv("COLUMNS", "140")


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """The base catalog, without scenarios, which not every plan here suits."""
    ignore = shutil.ignore_patterns("scenarios")
    return shutil.copytree(BASE, tmp_path / "catalog", ignore=ignore)


def change(path: Path, **members: object) -> None:
    """Replace members of a document."""
    path.write_text(json.dumps({**json.loads(path.read_text()), **members}))


def with_charge(catalog: Path, **members: object) -> None:
    """Give the plan a single charge."""
    charge = {"key": "c", "name": "The charge", "type": "usage", "meter": "outcome", **members}
    change(catalog / PLAN, charges=[charge])


def shown(catalog: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The words of every line, without the frame."""
    assert main(["show", *(arguments or ("pro",)), "--catalog", str(catalog)]) == 0
    lines = capsys.readouterr().out.splitlines()
    return [" ".join(line.strip("╭╮╰╯│─ ").split()) for line in lines]


def test_a_plan_is_told_whole(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Name, version, terms, every charge with its tiers, discounts, and why this version."""
    lines = shown(catalog, capsys)
    for line in (
        "Pro · pro version 1 · published",
        "USD, billed monthly · from 2026-01-01 · part of a period is charged by the day",
        "Platform fee monthly, $99.00",
        "Resolved tickets monthly, up to 100 $1.00 per ticket",
        "by usage up to 500 $0.90 per ticket",
        "above 500 $0.80 per ticket",
        "Automatically less 20 % for 3 billing periods (Launch offer).",
    ):
        assert line in lines
    assert any("is the newest published version in force on" in line for line in lines)


MODELS: list[tuple[dict[str, Any], list[str]]] = [
    ({"type": "per_unit", "unit_amount": "0.000002"}, ["$0.000002 per ticket"]),
    ({"type": "per_unit", "unit_amount": "0"}, ["free"]),
    (
        {"type": "package", "amount": "20", "package_size": "100"},
        ["$20.00 per begun package of 100 tickets"],
    ),
    (
        {"type": "package", "amount": "20", "package_size": "1", "rounding": "down"},
        ["$20.00 per full package of 1 ticket"],
    ),
    (
        {
            "type": "volume",
            "tiers": [
                {"up_to": "1000.5", "unit_amount": "2", "flat_amount": "5"},
                {"up_to": None, "flat_amount": "3000"},
            ],
        },
        [
            "all units at one price, by quantity:",
            "up to 1,000.5 $2.00 per ticket + $5.00",
            "above 1,000.5 $3,000.00",
        ],
    ),
    (
        {"type": "stairstep", "tiers": [{"up_to": None, "flat_amount": "5"}]},
        ["one amount, by quantity:", "above 0 $5.00"],
    ),
    (
        {
            "type": "percentage",
            "percentage": "2.9",
            "flat_amount_per_event": "0.30",
            "minimum_per_event": "1.75",
            "maximum_per_event": "12",
            "included_events": "3",
        },
        [
            "2.9 % + $0.30 per event",
            "at least $1.75 per event",
            "at most $12.00 per event",
            "first 3 events free",
        ],
    ),
    ({"type": "percentage", "percentage": "1"}, ["1 %"]),
    (
        {
            "type": "graduated_percentage",
            "tiers": [
                {"up_to": "5", "percentage": "1", "flat_amount": "2"},
                {"up_to": None, "percentage": "2"},
            ],
        },
        ["up to 5 1 % + $2.00", "above 5 2 %"],
    ),
]


@pytest.mark.parametrize(("model", "words"), MODELS)
def test_every_charge_model_is_told_in_words(
    model: dict[str, Any], words: list[str], catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A price is told as one would tell it to a customer."""
    with_charge(catalog, model=model)
    text = "\n".join(shown(catalog, capsys))
    assert all(line in text for line in words)


def test_allowances_and_limits_are_told(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Included units, minimum, cap, groups, discounts, and the meter where it has another name."""
    change(catalog / "discounts" / "launch.json", duration={"type": "once"}, name=None)
    with_charge(
        catalog,
        model={"type": "per_unit", "unit_amount": "1"},
        included_units="2500",
        minimum="10",
        cap="20000",
        group_by=["region", "plan"],
        discounts=["launch"],
        billing_cycle="daily",
    )
    change(catalog / PLAN, minimum_commitment="1000.00", discounts=[])
    lines = shown(catalog, capsys)
    for line in (
        "The charge daily, first 2,500 tickets included",
        "at least $10.00 per period",
        "at most $20,000.00 per period",
        "measured by Resolved tickets",
        "for each region, plan by itself",
        "less 20 % for one billing period (launch)",
        "At least $1,000.00 per period in all.",
    ):
        assert any(line in found for found in lines), line


def test_prices_are_told_per_display_unit(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A meter's display unit is the one that people compare prices in."""
    unit = {"name": "token", "display": {"name": "1M tokens", "per": "1000000"}}
    change(catalog / "meters" / "outcome.json", unit=unit, name=None)
    with_charge(catalog, model={"type": "per_unit", "unit_amount": "0.000002"})
    assert "The charge monthly, $2.00 per 1M tokens" in shown(catalog, capsys)


def test_quantities_trials_and_cycles_are_told(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A declared quantity names its unit; a trial says whether usage is billed."""
    model = {"type": "per_unit", "unit_amount": "25.00"}
    seats = {"key": "s", "name": "Seats", "type": "recurring", "timing": "in_arrears"}
    setup = {
        "key": "u",
        "name": "Set-up",
        "type": "one_time",
        "model": {"type": "flat", "amount": "5"},
    }
    change(
        catalog / PLAN,
        currency="JPY",
        billing_cycle={"interval": "month", "interval_count": 2},
        trial={"days": 14},
        charges=[{**seats, "model": model, "quantity": {"name": "seats"}}, setup],
    )
    lines = shown(catalog, capsys)
    assert "Seats every 2 months, ¥25 per seat" in lines
    assert "in arrears" in lines
    assert "Set-up once ¥5" in lines
    assert any("14 days of trial, usage included" in line for line in lines)
    change(catalog / PLAN, trial={"days": 7, "bill_usage": True})
    assert any("7 days of trial · " in line for line in shown(catalog, capsys))


@pytest.mark.parametrize(
    ("discount", "words"),
    [
        (
            {"type": "fixed_amount", "amounts": {"USD": "10", "CHF": "9"}},
            "$10.00 or CHF 9.00 (Offer)",
        ),
        (
            {
                "type": "free_units",
                "units": "1000",
                "scope": "charges",
                "charges": ["outcomes"],
                "duration": {"type": "forever"},
            },
            "1,000 units (Offer)",
        ),
    ],
)
def test_every_discount_is_told_in_words(
    discount: dict[str, Any], words: str, catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it takes off, for how long, and what it is called."""
    document = {"key": "launch", "name": "Offer", **discount}
    (catalog / "discounts" / "launch.json").write_text(json.dumps(document))
    assert f"Automatically less {words}." in shown(catalog, capsys)


def test_a_version_can_be_named(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A version that is named is shown without a reason."""
    lines = shown(catalog, capsys, "pro", "1")
    assert "Pro · pro version 1 · published" in lines
    assert not any("newest" in line for line in lines)


def test_without_a_version_in_force_the_newest_is_shown(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plan that has only drafts can be shown, too, and says why it is this one."""
    change(catalog / PLAN, status="draft")
    assert any("The newest version, since no version" in line for line in shown(catalog, capsys))


def test_json_is_the_document(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format json` gives the version as it stands in its file."""
    assert main(["show", "pro", "--catalog", str(catalog), "--format", "json"]) == 0
    document = json.loads((catalog / PLAN).read_text())
    document["billing_cycle"] = {"interval": "month", "interval_count": 1}
    assert json.loads(capsys.readouterr().out) == document


@pytest.mark.parametrize(
    ("arguments", "words"), [(["prp"], 'did you mean "pro"?'), (["pro", "9"], "9")]
)
def test_what_does_not_exist_is_refused(
    arguments: list[str], words: str, catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown plan or version is wrong use, with a suggestion."""
    assert main(["show", *arguments, "--catalog", str(catalog)]) == 2
    assert words in capsys.readouterr().err

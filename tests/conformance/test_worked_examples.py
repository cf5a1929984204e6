"""The page of other systems' worked examples and the cases hold each other."""

import json
import re
from pathlib import Path

import pytest
from tests.rating.case_files import cases

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "rules" / "worked-examples.md"
PARITY = ROOT / "tests" / "cases" / "parity"
VENDORS = {"Stripe", "Zuora", "Chargebee", "Lago", "OpenMeter", "Polar"}

SECTIONS = dict(
    re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
)
ROWS = [
    (vendor, *[cell.strip() for cell in line.strip("|").split("|")])
    for vendor, section in SECTIONS.items()
    for line in section.splitlines()
    if line.startswith("| ") and not line.startswith("| page ")
]
NAMED = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[3])}
DOCUMENTED = [
    json.loads(line)
    for file in sorted(PARITY.glob("*-documentation-*.jsonl"))
    for line in file.read_text("utf-8").splitlines()
]


def test_every_system_has_its_examples() -> None:
    """Six systems, each with a table."""
    assert set(SECTIONS) == VENDORS
    assert {row[0] for row in ROWS} == VENDORS


def test_every_case_named_is_there() -> None:
    """Each case that the page names is one that runs."""
    parity = {
        json.loads(line)["id"]
        for file in PARITY.glob("*.jsonl")
        for line in file.read_text("utf-8").splitlines()
    }
    assert NAMED
    assert parity | {case.id for case in cases()} >= NAMED


def test_every_documented_case_is_named() -> None:
    """Each case made from a page stands on ours."""
    assert {case["id"] for case in DOCUMENTED} <= NAMED


@pytest.mark.parametrize("case", DOCUMENTED, ids=lambda case: case["id"])
def test_documented_cases_name_their_source(case: dict[str, str]) -> None:
    """Each says whose page it is from, and has its arithmetic."""
    vendor, _, page = case["source"].partition(", ")
    assert vendor in VENDORS
    assert page
    assert case["because"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}: {row[2]}")
def test_rows_are_whole(row: tuple[str, ...]) -> None:
    """Each row has a page, an example and an outcome; one without a case says why."""
    vendor, page, example, named, here = row
    assert vendor
    assert page
    assert example
    assert here
    assert named != "—" or not here.startswith("same")

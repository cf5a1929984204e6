"""The documents keep up with the code, and their links lead somewhere."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from planql.aggregations import Aggregation
from planql.charge_models import ChargeModel
from planql.cli.main import COMMANDS, main
from planql.discounts import Discount

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#([^)\s]+))?\)")
CODE_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"^```console\n\$ planql ([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = [
    example
    for path in (ROOT / "docs").rglob("*.md")
    for example in EXAMPLE.findall(path.read_text())
]


def members(union: object) -> list[str]:
    """The tags of an open set: `type` of each member of the union."""
    kinds = get_args(get_args(union)[0])
    return [get_args(kind.model_fields["type"].annotation)[0] for kind in kinds]


def links(document: Path) -> Iterator[tuple[str, str]]:
    """Target and fragment of every link in `document` that is not to the web."""
    text = CODE_BLOCK.sub("", document.read_text(encoding="utf-8"))
    for target, fragment in LINK.findall(text):
        if "://" not in target:
            yield target, fragment


def anchors(document: Path) -> set[str]:
    """The anchors of the headings of `document`, as GitHub makes them."""
    headings = re.findall(r"^#+ +(.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    """Every link inside the project names a file that is there, and a heading it has."""
    broken = [
        f"{target}#{fragment}"
        for target, fragment in links(document)
        if not (document.parent / target).exists()
        or (fragment and fragment not in anchors(document.parent / target))
    ]
    assert not broken


@pytest.mark.parametrize(("arguments", "output"), EXAMPLES)
def test_examples_print_what_is_shown(
    arguments: str,
    output: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A command shown under docs/ prints what is shown below it."""
    monkeypatch.chdir(ROOT)
    assert main(shlex.split(arguments)) == 0
    assert capsys.readouterr().out == output


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_are_documented(command: str) -> None:
    """Every command of `planql` stands in the README or under docs/."""
    mentions = [path for path in DOCUMENTS if f"planql {command}" in path.read_text("utf-8")]
    assert mentions


@pytest.mark.parametrize("model", members(ChargeModel))
def test_charge_models_are_documented(model: str) -> None:
    """Every charge model stands in docs/rules/charge-models.md."""
    page = ROOT / "docs" / "rules" / "charge-models.md"
    assert f"`{model}`" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("aggregation", members(Aggregation))
def test_aggregations_are_documented(aggregation: str) -> None:
    """Every aggregation stands in docs/rules/metering.md."""
    page = ROOT / "docs" / "rules" / "metering.md"
    assert f"`{aggregation}`" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("discount", members(Discount))
def test_discounts_are_documented(discount: str) -> None:
    """Every kind of discount stands in docs/rules/discounts.md."""
    page = ROOT / "docs" / "rules" / "discounts.md"
    assert f"`{discount}`" in page.read_text(encoding="utf-8")


def test_rules_and_decisions_are_listed() -> None:
    """Every page of rules and of decisions stands in the index of its folder."""
    for folder in ("rules", "decisions"):
        pages = {path.name for path in (ROOT / "docs" / folder).glob("*.md")} - {"README.md"}
        listed = {target for target, _ in links(ROOT / "docs" / folder / "README.md")}
        assert pages <= listed

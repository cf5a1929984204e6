"""`planql new`, as a user runs it: whatever it writes is valid."""

import json
from datetime import date
from pathlib import Path

import pytest

from planql.cli.main import main
from planql.cli.scaffolds import first_of_next_month, next_version_text, title
from planql.sources import load


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog of one product, started with `planql new`."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "catalog", "catalog"]) == 0
    assert main(["new", "product", "support"]) == 0
    return tmp_path / "catalog"


def errors(catalog: Path) -> list[str]:
    """The problems of a catalog that are no warnings."""
    return [str(p) for p in load(catalog).problems if p.severity.value == "error"]


def test_every_kind_is_valid_at_once(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of each kind, and a next version: no errors, and nothing to lay out."""
    for arguments in (
        ["agent-type", "sales"],
        ["meter", "tickets"],
        ["discount", "launch"],
        ["rate-plan", "pro"],
        ["version", "pro"],
        ["cost", "tickets", "--meter", "tickets"],
        ["cost", "hosting", "--currency", "EUR"],
        ["scenario", "typical", "--plan", "pro"],
        ["scenario", "anyone"],
    ):
        assert main(["new", *arguments]) == 0
    assert errors(catalog) == []
    assert capsys.readouterr().out.splitlines()[-1] == "catalog/scenarios/anyone.json"
    assert main(["fmt", "--check"]) == 0


def test_a_next_version_is_a_later_draft(catalog: Path) -> None:
    """It copies every price, and starts after the version before it."""
    assert main(["new", "rate-plan", "pro", "--product", "support", "--currency", "JPY"]) == 0
    first = catalog / "rate-plans" / "pro" / "v1.json"
    first.write_text(first.read_text().replace('"10"', '"10.50"').replace("draft", "published"))
    assert main(["new", "version", "pro"]) == 0
    old, new = (json.loads((first.parent / f"v{n}.json").read_text()) for n in (1, 2))
    assert new["charges"] == old["charges"]
    assert (new["version"], new["status"], new["currency"]) == (2, "draft", "JPY")
    assert new["effective_from"] > old["effective_from"]


@pytest.mark.parametrize(
    ("bounds", "least"),
    [({}, "1"), ({"minimum": "0"}, "0"), ({"minimum": "3"}, "3"), ({"maximum": "0.5"}, "0.5")],
)
def test_a_scenario_has_what_its_plan_asks_for(
    catalog: Path, bounds: dict[str, str], least: str
) -> None:
    """It declares the least of each quantity, and uses something of each meter."""
    assert main(["new", "meter", "tickets"]) == 0
    assert main(["new", "rate-plan", "pro"]) == 0
    path = catalog / "rate-plans" / "pro" / "v1.json"
    plan = json.loads(path.read_text())
    model = {"type": "per_unit", "unit_amount": "2"}
    shared = {"name": "S", "model": model}
    seats = {"key": "s", "type": "recurring", "quantity": {"name": "seats", **bounds}, **shared}
    tickets = {"key": "t", "type": "usage", "meter": "tickets", **shared}
    path.write_text(json.dumps({**plan, "charges": [*plan["charges"], seats, tickets]}))
    assert main(["new", "scenario", "typical", "--plan", "pro"]) == 0
    written = json.loads((catalog / "scenarios" / "typical.json").read_text())
    assert written["quantities"] == {"seats": least}
    assert [usage["meter"] for usage in written["usage"]] == ["tickets"]
    assert errors(catalog) == []


def test_a_version_starts_on_the_first_of_a_month() -> None:
    """The month after both today and the start of the version before."""
    assert first_of_next_month(date(2026, 1, 31)) == date(2026, 2, 1)
    assert first_of_next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    text = (Path(__file__).parents[1] / "cases/catalog/base/rate-plans/pro/v1.json").read_text()
    plan = load(Path(__file__).parents[1] / "cases/catalog/base").catalog
    assert plan is not None
    newest = plan.rate_plan("pro", 1).entity
    assert '"effective_from": "2026-02-01"' in next_version_text(text, newest, date(2025, 6, 1))
    assert '"effective_from": "2026-07-01"' in next_version_text(text, newest, date(2026, 6, 1))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["product", "support"], "is there already"),
        (["product", "No Key"], '"No Key" is not a key'),
        (["rate-plan", "pro", "--product", "suport"], 'did you mean "support"?'),
        (["rate-plan", "pro", "--currency", "usd"], "not an ISO 4217 currency"),
        (["cost", "calls", "--meter", "calls"], 'there is no meter "calls"'),
        (["cost", "hosting", "--currency", "usd"], "not an ISO 4217 currency"),
        (["scenario", "typical", "--plan", "prp"], 'there is no rate plan "prp"'),
        (["version", "prp"], 'there is no rate plan "prp"'),
    ],
)
@pytest.mark.usefixtures("catalog")
def test_what_cannot_be_written_is_refused(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that is taken, wrong or unknown: exit code 2, and no file."""
    assert main(["new", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_a_plan_needs_one_product_or_a_choice(
    catalog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With no product, or several, `new rate-plan` says what to do."""
    assert main(["new", "product", "voice"]) == 0
    assert main(["new", "rate-plan", "pro"]) == 2
    assert "name it with --product" in capsys.readouterr().err
    for path in (catalog / "products").iterdir():
        path.unlink()
    assert main(["new", "rate-plan", "pro"]) == 2
    assert "planql new product KEY" in capsys.readouterr().err


def test_the_schema_is_named_where_the_catalog_names_one(catalog: Path) -> None:
    """New documents point to the schemas beside the one of `catalog.json`, if that has any."""
    settings = catalog / "catalog.json"
    text = settings.read_text()
    settings.write_text(text.replace("{", '{"$schema": "../schema/catalog.schema.json",', 1))
    assert main(["new", "rate-plan", "pro"]) == 0
    plan = json.loads((catalog / "rate-plans" / "pro" / "v1.json").read_text())
    assert plan["$schema"] == "../../../schema/rate-plan.schema.json"
    address = "https://example.com/catalog.schema.json"
    settings.write_text(text.replace("{", f'{{"$schema": "{address}",', 1))
    assert main(["new", "meter", "calls"]) == 0
    assert "$schema" not in json.loads((catalog / "meters" / "calls.json").read_text())


def test_an_invalid_catalog_is_named(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is added to a catalog with errors; the first one is told."""
    (catalog / "products" / "support.json").write_text("{}")
    assert main(["new", "meter", "calls"]) == 2
    err = capsys.readouterr().err
    assert "the catalog has errors, the first of them: catalog/products/support.json:1:1" in err
    assert "`planql validate catalog` lists them all" in err


def test_a_key_becomes_a_name() -> None:
    """Hyphens and underscores are spaces to people."""
    assert title("support-pro_max") == "Support pro max"

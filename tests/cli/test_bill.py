"""`planql bill` issues what is due, once, and says whom it could not bill."""

import json
from pathlib import Path

import pytest
from tests.stores.billing_company import FILES, START, populate, write_catalog

from planql.cli.main import main
from planql.stores.customers import NewSubscription, create_customer, create_subscription
from planql.stores.database import open_database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalog, and beside it a database with three customers who began on 15 January."""
    write_catalog(tmp_path / "catalog")
    database = open_database(store(tmp_path))
    populate(database, 3)
    database.close()
    return tmp_path


def store(folder: Path) -> str:
    """The address of the database."""
    return f"sqlite:///{folder / 'planql.sqlite3'}"


def run(folder: Path, *options: str, as_of: str = "2026-02-20T00:00:00Z") -> int:
    """A billing run; its exit code."""
    catalog = str(folder / "catalog")
    return main(
        ["bill", "--catalog", catalog, "--store", store(folder), "--as-of", as_of, *options]
    )


def test_what_is_due_is_issued_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three customers have two boundaries by 20 February; the second run issues nothing."""
    assert run(folder) == 0
    shown = capsys.readouterr().out
    assert "6 invoices issued, 0 customers not billed" in shown
    assert "INV-000001" in shown
    assert run(folder) == 0
    assert "0 invoices issued" in capsys.readouterr().out


def test_a_dry_run_stores_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What would be issued is shown without numbers, as often as one likes."""
    for _ in range(2):
        assert run(folder, "--dry-run") == 0
        shown = capsys.readouterr().out
        assert "6 invoices to issue" in shown
        assert "INV-" not in shown


def test_documents_are_json_on_request(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --format json whole documents come, and nothing else; each issuer counts alone."""
    assert run(folder, "--format", "json", "--issuer", "ACME") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["unbilled"] == []
    numbers = [invoice["number"] for invoice in answer["invoices"]]
    assert numbers == [f"ACME-00000{number}" for number in range(1, 7)]
    assert {invoice["total"] for invoice in answer["invoices"]} == {"10.00", "10.50", "11.00"}


def test_customers_who_cannot_be_billed_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One customer's plan is gone: the others are billed, it is named, and the exit code is 1."""
    database = open_database(store(folder))
    document = {"key": "main", "rate_plan": "gone", "version": 1, "started_at": START.isoformat()}
    create_customer(database, "lost", json.dumps({"key": "lost"}), START)
    create_subscription(database, NewSubscription("lost", "main", json.dumps(document)), START)
    database.close()
    assert run(folder) == 1
    captured = capsys.readouterr()
    assert "6 invoices issued, 1 customers not billed" in captured.out
    assert 'lost: not billed: there is no rate plan "gone"' in captured.err
    assert run(folder, "--format", "json") == 1
    assert json.loads(capsys.readouterr().out)["unbilled"][0]["customer"] == "lost"


def test_long_lists_are_cut(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three customers have eight boundaries each by August: twenty are shown, four counted."""
    assert run(folder, as_of="2026-08-20T00:00:00Z") == 0
    assert "and 4 more" in capsys.readouterr().out


@pytest.mark.parametrize("as_of", ["yesterday", "2026-02-20", "2026-02-20T00:00:00"])
def test_a_moment_needs_its_offset(
    folder: Path, capsys: pytest.CaptureFixture[str], as_of: str
) -> None:
    """A time that says not where it is meant is refused with an example; exit code 2."""
    assert run(folder, as_of=as_of) == 2
    shown = capsys.readouterr().err
    assert f'"{as_of}" is not an instant' in shown
    assert "hint: write date, time and offset" in shown


def test_a_broken_catalog_bills_nobody(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A catalog with errors ends the run before it begins."""
    plan = folder / "catalog" / "rate-plans" / "basic" / "v1.json"
    plan.write_text(json.dumps({**FILES["rate-plans/basic/v1.json"], "product": "gone"}))
    assert run(folder) == 2
    assert "the catalog has errors" in capsys.readouterr().err

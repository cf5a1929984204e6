"""`planql invoice` of a database: an issued invoice by its number, a customer's, the next one."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.stores.billing_company import FILES, START, populate, read_catalog, write_catalog

from planql.cli.main import main
from planql.stores.billing_run import bill
from planql.stores.customers import TimelineEntry, append_entry, create_customer, read_customer
from planql.stores.database import open_database
from planql.stores.invoices import Issuance

AS_OF = datetime(2026, 2, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog in git and a database: two customers, billed as of 20 February; one without."""
    made = tmp_path_factory.mktemp("company")
    catalog = read_catalog(write_catalog(made / "catalog"))
    database = open_database(f"sqlite:///{made / 'planql.sqlite3'}")
    populate(database, 2)
    create_customer(database, "empty", json.dumps({"key": "empty"}), START)
    for _ in bill(database, catalog, Issuance("INV", AS_OF, None), AS_OF):
        pass
    ending = json.dumps({"at": AS_OF.isoformat(), "cancel": "now"})
    (subscription,) = read_customer(database, "c000").subscriptions
    entry = TimelineEntry("change", AS_OF, ending)
    append_entry(database, "c000", subscription, entry, AS_OF)
    database.close()
    return made


def run(folder: Path, *options: str) -> int:
    """`planql invoice` on that database; its exit code."""
    place = ["--catalog", str(folder / "catalog"), "--store", f"sqlite:///{folder}/planql.sqlite3"]
    return main(["invoice", *options, *place])


def test_an_issued_invoice_is_explained(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """c001 made one call in its first month: 10.00 in advance and 1 x 0.50, with their places."""
    assert run(folder, "INV-000004", "--explain") == 0
    shown = capsys.readouterr().out
    assert "INV-000004 to c001 (UTC), catalog of a directory" in shown
    assert "Invoice of 2026-02-15" in shown
    assert "1 x 0.5" in shown
    assert "rate-plans/basic/v1.json:" in shown
    assert "amount due  10.50 USD" in shown


def test_the_stored_document_is_what_counts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An invoice is shown as it was issued, whatever became of the catalog."""
    assert main(["invoice", "INV-4", "--catalog", "nowhere", "--store", _store(folder)]) == 0
    assert "10.50" in capsys.readouterr().out


def test_it_is_json_on_request(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --format json the document comes whole."""
    assert run(folder, "INV-000004", "--format", "json") == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["number"], document["total"]) == ("INV-000004", "10.50")


def test_the_commit_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An invoice of a catalog in git names the commit its prices were read from."""
    write_catalog(tmp_path / "catalog")
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    for arguments in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "All"]):
        subprocess.run(["git", "-C", tmp_path, *arguments], check=True)  # noqa: S607 - on PATH
    database = open_database(f"sqlite:///{tmp_path / 'planql.sqlite3'}")
    populate(database, 1)
    database.close()
    catalog = ["--catalog", str(tmp_path / "catalog"), "--ref", "HEAD"]
    billed = ["bill", *catalog, "--store", _store(tmp_path), "--as-of", AS_OF.isoformat()]
    assert main(billed) == 0
    assert main(["invoice", "INV-000001", "--store", _store(tmp_path)]) == 0
    assert "catalog at " in capsys.readouterr().out


def test_unknown_numbers_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A number that was not given is named."""
    assert run(folder, "INV-000099") == 2
    assert 'there is no invoice "INV-99"' in capsys.readouterr().err


def test_a_customer_has_a_next_invoice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The invoices issued are listed, and the next one is due at the next boundary."""
    assert run(folder, "--customer", "c001", "--as-of", AS_OF.isoformat()) == 0
    shown = capsys.readouterr().out
    assert "INV-000003" in shown
    assert "INV-000004" in shown
    assert "Upcoming on 2026-03-15" in shown


def test_without_a_subscription_nothing_comes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A customer without a subscription gets a zero with its reason."""
    assert run(folder, "--customer", "empty", "--as-of", AS_OF.isoformat()) == 0
    assert "0, for there is no subscription" in capsys.readouterr().out


def test_after_the_end_the_final_invoice_comes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """c000 cancelled at once on 20 February: 23 of 28 unused days of 10.00 are given back."""
    options = ["--customer", "c000", "--as-of", "2026-02-20T01:00:00Z", "--format", "json"]
    assert run(folder, *options) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [invoice["number"] for invoice in answer["invoices"]] == ["INV-000001", "INV-000002"]
    (final,) = answer["upcoming"]["invoices"]
    assert answer["upcoming"]["at"] is None
    assert final["total"] == "-7.86"


@pytest.mark.parametrize("options", [[], ["INV-000001", "--customer", "c001"]])
def test_one_thing_is_asked_for(
    folder: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither nothing nor two things at once can be shown."""
    assert run(folder, *options) == 2
    assert "name one: a story's file" in capsys.readouterr().err


def _store(folder: Path) -> str:
    return f"sqlite:///{folder / 'planql.sqlite3'}"


def test_what_gave_way_is_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two migrations at one boundary: the newest version wins, and the other is named."""
    catalog = write_catalog(tmp_path / "catalog")
    plan = FILES["rate-plans/basic/v1.json"]
    for version in (2, 3):
        document = {**plan, "version": version, "effective_from": f"2025-0{version}-01"}
        (catalog / f"rate-plans/basic/v{version}.json").write_text(json.dumps(document))
        key = f"2026-01-20-to-{version}"
        migration = {"key": key, "rate_plan": "basic", "from": 1, "to": version}
        (catalog / "migrations").mkdir(exist_ok=True)
        whole = {**migration, "announced_on": "2026-01-20", "at": "next_period"}
        (catalog / f"migrations/{key}.json").write_text(json.dumps(whole))
    database = open_database(_store(tmp_path))
    populate(database, 1)
    database.close()
    assert run(tmp_path, "--customer", "c000", "--as-of", "2026-01-21T00:00:00Z") == 0
    assert "note: " in capsys.readouterr().out

"""`simulate` of drafts, of recorded usage and of other refs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cli.tiny_prices import DEARER, FEE, PLAN, SEATS, write
from tests.gateway.following import Pushed, following, priced
from tests.gateway.simulate_operation import (
    CURVE,
    OCTOBER,
    SIMULATE,
    Doc,
    as_printed,
    assumed,
    catalog_plan,
    monthly,
)
from tests.gateway.tiny_server import Tiny, tiny_server
from tests.sources.building import plan as pro

from planql.cli.main import main
from planql.gateway.principals import Role

DEARER_INPUT = {
    "key": "calls",
    "name": "Calls",
    "meter": "calls",
    "includedUnits": "100",
    "model": {"perUnit": {"unitAmount": "0.60"}},
}
FEE_INPUT = {
    "key": "fee",
    "name": "Fee",
    "type": "RECURRING",
    "model": {"flat": {"amount": "31.00"}},
}
SEATS_INPUT = {
    "key": "seats",
    "name": "Seats",
    "type": "RECURRING",
    "quantity": {"name": "seats", "minimum": "1", "maximum": "10"},
    "model": {"perUnit": {"unitAmount": "10.00"}},
}
CALLS = [assumed(monthly("calls", "310"))]
CALLS_OPTION = ["--usage-per-month", "calls=310"]
REVENUES = """query Q($plans: [SimulatedPlanInput!]!, $usage: [SimulatedUsageInput!]) {
  simulate(plans: $plans, usage: $usage, from: "2026-10-01", to: "2026-11-01") {
    ... on SimulatedRange { runs {
      plan totals { revenue { amount } } rows { charge isDraft source { path line commit } }
    } }
    ... on UserError { __typename code message hint path }
  }
}"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiny]:
    """A server over the small catalog."""
    with tiny_server(tmp_path_factory.mktemp("tiny")) as found:
        yield found


@pytest.fixture
def printed(tiny: Tiny, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - JSON
    """What `planql simulate` prints about the same catalog."""
    monkeypatch.chdir(tiny.folder)

    def run(*options: str) -> Any:  # noqa: ANN401 - JSON
        assert main(["simulate", *options, "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def named(answer: Any, *labels: str) -> Any:  # noqa: ANN401 - JSON
    """What the command line would print, but for the names of drafts."""
    found = as_printed(answer)
    for run, label in zip(found["runs"], labels, strict=True):
        run["plan"] = label
    return found


def test_a_draft_charge_takes_the_place_of_its_namesake(tiny: Tiny, printed: Any) -> None:  # noqa: ANN401 - JSON
    """As `--draft` beside `--plan`: 31.00 + 210 x 0.60 instead of 0.50, at its place."""
    write(tiny.folder / "dearer.json", DEARER)
    plans = [catalog_plan("basic", 1), catalog_plan("basic", 1, charges=[DEARER_INPUT])]
    answer = tiny.simulate(plans=plans, usage=CALLS, **OCTOBER)
    assert [run["plan"] for run in answer["runs"]] == ["basic@1", "basic@1 (draft)"]
    assert answer["runs"][1]["totals"][0]["revenue"]["amount"] == "157"
    options = ["--plan", "basic@1", "--draft", "dearer.json", *CALLS_OPTION, "--month", "2026-10"]
    assert named(answer, "basic@1", "basic@1 (dearer.json)") == printed(*options)


def test_a_draft_plan(tiny: Tiny, printed: Any) -> None:  # noqa: ANN401 - JSON
    """As a file in `--draft`: a quarter with a trial, a minimum and an annual fee, by seconds."""
    cycle = {"interval": "month", "interval_count": 3}
    trial = {"days": 14, "bill_usage": True}
    document = {
        **PLAN,
        "key": "wild",
        "version": 4,
        "status": "draft",
        "name": "Wild",
        "billing_cycle": cycle,
        "trial": trial,
        "proration": {"basis": "second"},
        "minimum_commitment": "900",
        "charges": [{**FEE, "timing": "in_arrears"}, DEARER, SEATS],
    }
    write(tiny.folder / "wild.json", document)
    draft = {
        "key": "wild",
        "version": 4,
        "product": "api",
        "name": "Wild",
        "currency": "USD",
        "billingCycle": {"interval": "MONTH", "intervalCount": 3},
        "trial": {"days": 14, "billUsage": True},
        "proration": "SECOND",
        "minimumCommitment": "900",
        "charges": [{**FEE_INPUT, "timing": "IN_ARREARS"}, DEARER_INPUT, SEATS_INPUT],
    }
    year = {"from": "2026-10-01", "to": "2027-10-01"}
    seats = [{"name": "seats", "quantity": "2"}]
    answer = tiny.simulate(plans=[{"draft": draft}], usage=CALLS, quantities=seats, **year)
    options = ["--draft", "wild.json", *CALLS_OPTION, "--quantity", "seats=2"]
    expected = printed(*options, "--from", "2026-10-01", "--to", "2027-10-01")
    assert answer["runs"][0]["plan"] == "wild@4"
    assert named(answer, "wild@4 (wild.json)") == expected
    assert "minimum_commitment" in [row["charge"] for row in expected["runs"][0]["rows"]]


def test_charges_alone(tiny: Tiny, printed: Any) -> None:  # noqa: ANN401 - JSON
    """As a charge in `--draft` with a currency; the answer calls it what the question does."""
    write(tiny.folder / "alone.json", DEARER)
    plans = [{"charges": {"currency": "EUR", "charges": [DEARER_INPUT], "label": "alone.json"}}]
    answer = tiny.simulate(plans=plans, usage=CALLS, **OCTOBER)
    options = ["--draft", "alone.json", "--currency", "EUR", *CALLS_OPTION, "--month", "2026-10"]
    assert as_printed(answer) == printed(*options)
    missing = answer["runs"][0]["totals"][0]["missing"]
    assert len(missing) == 1
    assert "EUR" in missing[0]


def test_a_draft_has_no_source(tiny: Tiny) -> None:
    """Charges of a file have its line, beside a draft, too; the price of a draft stands nowhere."""
    plans = [catalog_plan("basic", 1), catalog_plan("basic", 1, charges=[DEARER_INPUT])]
    stored, draft = tiny.ask(REVENUES, plans=plans, usage=CALLS)["runs"]
    sources = {row["charge"]: row["source"] for row in stored["rows"]}
    assert sources["calls"]["path"].endswith("rate-plans/basic/v1.json")
    assert sources["calls"]["line"] == 1
    fee, calls = draft["rows"]
    assert (fee["isDraft"], fee["source"]) == (False, sources["fee"])
    assert (calls["isDraft"], calls["source"]) == (True, None)


def test_recorded_usage(tiny: Tiny, printed: Any) -> None:  # noqa: ANN401 - JSON
    """As `--customer` with a database: in the customer's zone, beside assumptions if asked."""
    tiny.record(
        "acme",
        ("2026-09-30T22:30:00Z", 100),
        ("2026-10-20T12:00:00Z", 80),
        ("2026-11-02T12:00:00Z", 40),
        time_zone="Europe/Berlin",
    )
    usage = [{"customer": "acme"}]
    answer = tiny.simulate(plans=[catalog_plan("basic", 1)], usage=usage, customers=2, **OCTOBER)
    options = ["--plan", "basic@1", "--customer", "acme", "--store", tiny.store]
    expected = printed(*options, "--customers", "2", "--month", "2026-10")
    assert as_printed(answer) == expected
    assert expected["runs"][0]["totals"][0]["revenue"] == "142"
    both = tiny.simulate(plans=[catalog_plan("basic", 1)], usage=[*usage, *CALLS], **OCTOBER)
    assert [run["scenario"] for run in both["runs"]] == ["acme", "inline"]


def test_properties_and_prices_per_event(tiny: Tiny, printed: Any) -> None:  # noqa: ANN401 - JSON
    """What events say and what one is worth is given as in a scenario's file."""
    usage = monthly("payments", "1000")
    usage |= {"eventValue": "50", "properties": {"country": "NO", "rate": 0.1}}
    scenario = assumed(usage, key="mine", name="Mine", customers=3)
    answer = tiny.simulate(plans=[catalog_plan("share", 1)], usage=[scenario], **OCTOBER)
    options = ["--usage-per-month", "payments=1000", "--event-value", "payments=50"]
    options += ["--property", "payments.country=NO", "--customers", "3", "--month", "2026-10"]
    expected = printed("--plan", "share@1", *options)
    expected["runs"][0] |= {"scenario": "mine", "name": "Mine"}
    found = as_printed(answer)
    assert found["runs"][0]["rows"] == expected["runs"][0]["rows"]
    assert (found["runs"][0]["name"], found["runs"][0]["customers"]) == ("Mine", 3)


def test_totals_of_months_and_days(tiny: Tiny) -> None:
    """17 days of October are 17.00 of the fee and (170 - 100) x 0.50 = 35.00 of calls."""
    query = """query Q($plans: [SimulatedPlanInput!]!, $usage: [SimulatedUsageInput!]) {
      simulate(plans: $plans, usage: $usage, from: "2026-10-15", to: "2026-12-02") {
        ... on SimulatedRange { runs {
          months { start end totals { revenue { amount formatted } } }
          days { start end totals { revenue { amount } margin { amount } } }
        } } } }"""
    [run] = tiny.ask(query, plans=[catalog_plan("basic", 1)], usage=CALLS)["runs"]
    spans = [(each["start"], each["end"]) for each in run["months"]]
    assert spans == [
        ("2026-10-15", "2026-11-01"),
        ("2026-11-01", "2026-12-01"),
        ("2026-12-01", "2026-12-02"),
    ]
    assert run["months"][0]["totals"][0]["revenue"]["formatted"] == "$52.00"
    assert len(run["days"]) == 48
    assert run["days"][0]["totals"] == [{"revenue": {"amount": "1"}, "margin": {"amount": "0"}}]


def test_a_plan_of_another_ref(tmp_path: Path) -> None:
    """The proposal of a branch beside what is served: 310 x 0.20 and 310 x 0.10."""
    pushed = Pushed(tmp_path / "repository")
    pushed.push("First")
    commit = pushed.draft("refs/heads/dearer", plan=priced("0.20"))
    plans = [catalog_plan("pro", 1), catalog_plan("pro", 1, ref="dearer")]
    usage = [assumed(monthly("tokens", "310"))]
    with following(pushed, allowed_refs=("dearer",)) as server:
        answer = server.ask(REVENUES, plans=plans, usage=usage)
        unknown = server.ask(REVENUES, plans=[catalog_plan("pro", 1, ref="secret")], usage=usage)
    served, proposed = answer["runs"]
    assert [run["plan"] for run in (served, proposed)] == ["pro@1", "dearer:pro@1"]
    assert served["totals"][0]["revenue"]["amount"] == "31"
    assert proposed["totals"][0]["revenue"]["amount"] == "62"
    assert proposed["rows"][0]["source"]["commit"] == commit
    assert unknown["path"] == ["plans", "0", "catalog", "ref"]


def test_a_ref_whose_catalog_has_errors(tmp_path: Path) -> None:
    """Its mistakes are told as those of `catalogDiff`, at the argument that names the ref."""
    pushed = Pushed(tmp_path / "repository")
    pushed.push("First")
    pushed.draft("refs/heads/broken", plan=pro(charges=[]))
    plans = [catalog_plan("pro", 1, ref="broken")]
    with following(pushed, allowed_refs=("broken",)) as server:
        answers = [
            server.ask(query, Role.SERVER, plans=plans, **OCTOBER) for query in (SIMULATE, CURVE)
        ]
    for answer in answers:
        assert answer["__typename"] == "InvalidCatalogError"
        assert answer["path"] == ["plans", "0", "catalog", "ref"]


def test_a_server_of_a_directory_knows_no_refs(tiny: Tiny) -> None:
    """A ref is refused as elsewhere: the server was started without a repository."""
    found: Doc = tiny.ask(SIMULATE, plans=[catalog_plan("basic", ref="main")], **OCTOBER)
    assert (found["__typename"], found["code"]) == ("UnavailableError", "no-repository")

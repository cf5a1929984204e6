"""What `simulate` refuses: mistakes at their place in the arguments, and questions too large."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.gateway.credentials import Guarded
from tests.gateway.simulate_operation import (
    CURVE,
    OCTOBER,
    SIMULATE,
    Doc,
    assumed,
    catalog_plan,
    monthly,
)
from tests.gateway.tiny_server import Tiny, tiny_server

from planql.gateway.principals import TRUSTED, UNTRUSTED, Role

BASIC = catalog_plan("basic", 1)
PER_UNIT = {"perUnit": {"unitAmount": "1"}}
CHARGE: Doc = {"key": "calls", "meter": "calls", "model": PER_UNIT}
BAD_TIERS = {"graduated": {"tiers": [{"upTo": "5", "unitAmount": "1"}] * 2}}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiny]:
    """A server over the small catalog."""
    with tiny_server(tmp_path_factory.mktemp("tiny")) as found:
        yield found


MISTAKES = {
    "a plan": ({"plans": [catalog_plan("basik")]}, "unknown-reference", "plans 0 catalog ratePlan"),
    "a version": (
        {"plans": [BASIC, catalog_plan("basic", 9)]},
        "unknown-reference",
        "plans 1 catalog version",
    ),
    "a scenario": (
        {"usage": [{"scenario": "smal"}]},
        "unknown-reference",
        "usage 0 scenario",
    ),
    "a customer": ({"usage": [{"customer": "nobody"}]}, "unknown-customer", ""),
    "a meter": (
        {"usage": [assumed(monthly("call", "1"))]},
        "unknown-reference",
        "usage 0 assumed usage 0 meter",
    ),
    "a charge": ({"charges": ["callz"]}, "unknown-charge", "charges"),
    "a discount": ({"discounts": ["half"]}, "unknown-reference", "discounts 0"),
    "a quantity": (
        {"quantities": [{"name": "seat", "quantity": "1"}]},
        "unknown-quantity",
        "quantities",
    ),
    "a negative quantity": (
        {"plans": [catalog_plan("team")], "quantities": [{"name": "seats", "quantity": "-1"}]},
        "negative-number",
        "quantities",
    ),
    "a missing quantity": ({"plans": [catalog_plan("team")]}, "missing-quantity", "quantities"),
    "no event value": (
        {"plans": [catalog_plan("share")], "usage": [assumed(monthly("payments", "1"))]},
        "events-needed",
        "usage",
    ),
    "usage said twice": (
        {"usage": [assumed(monthly("calls", "1"), monthly("calls", "2"))]},
        "repeated-usage",
        "usage 0 assumed usage 1",
    ),
    "the weights of a week": (
        {"usage": [assumed(monthly("calls", "1", weekdays=["1"]))]},
        "weekday-weights",
        "usage 0 assumed usage 0 quantity monthly weekdays",
    ),
    "the key of a scenario": (
        {"usage": [assumed(key="No Key")]},
        "invalid-key",
        "usage 0 assumed key",
    ),
    "a draft charge": (
        {"plans": [catalog_plan("basic", charges=[CHARGE, {**CHARGE, "model": BAD_TIERS}])]},
        None,
        "plans 0 catalog charges 1 key",
    ),
    "tiers of a draft charge": (
        {"plans": [catalog_plan("basic", charges=[{**CHARGE, "model": BAD_TIERS}])]},
        None,
        "plans 0 catalog charges 0 model graduated tiers",
    ),
    "tiers of a draft plan": (
        {"plans": [{"draft": {"currency": "USD", "charges": [{**CHARGE, "model": BAD_TIERS}]}}]},
        None,
        "plans 0 draft charges 0 model graduated tiers",
    ),
    "charges alone": (
        {"plans": [{"charges": {"currency": "USD", "charges": []}}]},
        "no-charges",
        "plans 0 charges charges",
    ),
    "a meter of a draft": (
        {"plans": [{"charges": {"currency": "USD", "charges": [{**CHARGE, "meter": "kalls"}]}}]},
        "unknown-reference",
        "plans 0",
    ),
    "customers": ({"customers": 0}, "out-of-range", "customers"),
    "no plans": ({"plans": []}, "plan-count", "plans"),
    "too many plans": ({"plans": [BASIC] * 21}, "plan-count", "plans"),
    "too many scenarios": (
        {"usage": [{"scenario": "small"}] * 21},
        "too-many-scenarios",
        "usage",
    ),
    "an empty range": ({"from": "2026-10-01", "to": "2026-10-01"}, "empty-range", "to"),
}


@pytest.mark.parametrize(("variables", "code", "path"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_at_its_place(
    tiny: Tiny, variables: Doc, code: str | None, path: str
) -> None:
    """Nothing is simulated; the mistake is typed and names the argument."""
    found = tiny.simulate(**{"plans": [BASIC], **OCTOBER, **variables})
    assert found.get("code") == code or (code is None and found["code"]), found
    assert " ".join(found["path"])[: len(path) or None] == path, found
    is_unknown = found["code"].startswith("unknown-") and found["code"] != "unknown-quantity"
    kind = "UnknownReferenceError" if is_unknown else "InvalidInputError"
    assert found["__typename"] == kind


@pytest.mark.parametrize(
    ("variables", "suggested"),
    [
        ({"plans": [catalog_plan("basik")]}, "basic"),
        ({"usage": [{"scenario": "smal"}]}, "small"),
        ({"usage": [assumed(monthly("cals", "1"))]}, "calls"),
        ({"charges": ["cals"]}, "calls"),
    ],
)
def test_what_was_meant_is_suggested(tiny: Tiny, variables: Doc, suggested: str) -> None:
    """A key that is nearly right is answered with the right one."""
    found = tiny.simulate(**{"plans": [BASIC], **OCTOBER, **variables})
    assert f'did you mean "{suggested}"?' in f"{found['message']} {found['hint']}"


def test_a_question_that_is_too_large_is_refused_before_any_work(tiny: Tiny) -> None:
    """3,653 days x 7 charges x 2 scenarios are 51,142, more than 50,000: 3,571 days would do."""
    charges = [{**CHARGE, "key": f"fee-{each}"} for each in range(7)]
    cycle = {"interval": "YEAR"}
    plans = [{"draft": {"currency": "USD", "billingCycle": cycle, "charges": charges}}]
    usage = [{"scenario": "small"}] * 2
    ten_years = {"from": "2026-10-01", "to": "2036-10-01"}
    found = tiny.simulate(plans=plans, usage=usage, **ten_years)
    assert found == {
        "__typename": "InvalidInputError",
        "code": "simulation-too-large",
        "message": "3653 days x 14 charges, in 2 runs, are 51142; at most 50000 are simulated at "
        "once",
        "hint": "of all of them, 3571 days can be simulated; or ask for fewer plans, charges or "
        "scenarios",
        "path": [],
    }


def test_assumed_usage_counts_like_charges(tiny: Tiny) -> None:
    """Where a scenario assumes more usages than the plan has charges, these make the width."""
    usages = [{**monthly("calls", "1"), "properties": {"number": each}} for each in range(900)]
    two_months = {"from": "2026-10-01", "to": "2026-12-01"}
    found = tiny.simulate(plans=[BASIC], usage=[assumed(*usages)], **two_months)
    assert found["code"] == "simulation-too-large"
    assert found["message"].startswith("61 days x 900 charges, in 1 runs, are 54900;")


def test_a_daily_cycle_is_bounded_by_its_invoices(tiny: Tiny) -> None:
    """A charge billed each day makes 3,653 + 1 lines in ten years; two make 7,308."""
    cycle = {"interval": "DAY"}
    charges = [CHARGE, {**CHARGE, "key": "more"}]
    plans = [{"draft": {"currency": "USD", "billingCycle": cycle, "charges": charges}}]
    found = tiny.simulate(plans=plans, **{"from": "2026-10-01", "to": "2036-10-01"})
    assert found["code"] == "simulation-too-large"
    assert "3653 days of these billing cycles are about 7308 lines" in found["message"]
    assert found["hint"].startswith("ask for about 2499 days")


def test_a_server_without_a_database_has_no_records(ask: Any) -> None:  # noqa: ANN401 - JSON
    """Recorded usage is refused like everything stored."""
    variables = {
        "plans": [catalog_plan("support-pro")],
        "usage": [{"customer": "acme"}],
        **OCTOBER,
    }
    found = ask(SIMULATE, variables)["simulate"]
    assert (found["__typename"], found["code"]) == ("UnavailableError", "no-store")


@pytest.mark.parametrize("role", TRUSTED)
def test_the_trusted_simulate(guarded: Guarded, role: Role) -> None:
    """Servers and administrators see revenue, cost and margin."""
    plans = [catalog_plan("sales-outcome")]
    found = guarded.ask(role, SIMULATE, {"plans": plans, **OCTOBER})
    revenues = [run["totals"][0]["revenue"]["amount"] for run in found["runs"]]
    assert revenues == ["25000", "5000"]
    curves = guarded.ask(role, CURVE, {"plans": plans})
    assert curves["breakEven"]


@pytest.mark.parametrize("role", UNTRUSTED)
@pytest.mark.parametrize("query", [SIMULATE, CURVE])
def test_the_untrusted_know_of_no_simulation(guarded: Guarded, role: Role, query: str) -> None:
    """Neither the queries nor the types of their inputs exist for anyone else."""
    variables = {"plans": [catalog_plan("sales-outcome")], **OCTOBER}
    answer = guarded.answer(role, query, variables)
    assert "data" not in answer
    messages = " ".join(error["message"] for error in answer["errors"])
    assert "Unknown type 'SimulatedPlanInput'" in messages

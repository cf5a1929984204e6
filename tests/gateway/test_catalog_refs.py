"""Other refs: the prices of a pull request, what it changes, and what led to the prices."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.gateway.credentials import Guarded
from tests.gateway.following import Following, Pushed, following, priced
from tests.sources.building import git, plan

from planql.gateway.previews import Previews
from planql.gateway.principals import Role
from planql.sources import InvalidCatalog
from planql.sources.served_branches import ServedBranch

PULL = "refs/pull/7/head"
SECOND = priced("0.30", version=2, effective_from="2026-07-01", name="Pro of July")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Following]:
    """Version 1 is served; pull request 7 adds version 2, 8 is broken, 9 changes version 1."""
    pushed = Pushed(tmp_path_factory.mktemp("previews") / "repository")
    pushed.push("First prices")
    git(pushed.root, "switch", "-q", "--detach", "main")
    pushed.push_file("rate-plans/pro/v2.json", SECOND)
    git(pushed.root, "update-ref", PULL, "HEAD")
    git(pushed.root, "switch", "-q", "main")
    pushed.draft("refs/pull/8/head", plan=priced("-1"))
    pushed.draft("refs/pull/9/head", plan=priced("0.20"))
    pushed.draft("refs/heads/secret", plan=plan(name="Secret"))
    with following(pushed, allowed_refs=("refs/pull/*",)) as found:
        yield found


def head(server: Following, ref: str) -> str:
    """The commit of a ref."""
    return git(server.pushed.root, "rev-parse", ref)


# --- catalog, ratePlan, rate


@pytest.mark.parametrize("role", [Role.SERVER, Role.ADMIN])
def test_the_prices_of_a_pull_request(server: Following, role: Role) -> None:
    """The same query as for the served prices, at the commit of the pull request."""
    query = """query ($ref: String) { catalog(ref: $ref) {
      commit ratePlans { version charges { ... on UsageCharge { model {
        ... on PerUnitModel { unitPrice: __typename } } } source { commit line } } } } }"""
    served, proposed = (server.ask(query, role, ref=ref) for ref in (None, PULL))
    assert served["commit"] == head(server, "main")
    assert proposed["commit"] == head(server, PULL)
    assert [each["version"] for each in served["ratePlans"]] == [1]
    assert [each["version"] for each in proposed["ratePlans"]] == [2, 1]
    assert proposed["ratePlans"][0]["charges"][0]["source"]["commit"] == proposed["commit"]


def test_versions_in_force_at_a_time(server: Following) -> None:
    """`asOf` decides which version is in force, at a ref and in what is served."""
    query = """query ($ref: String, $at: DateTime) { catalog(ref: $ref, asOf: $at) {
      ratePlansInForce { version } } }"""

    def versions(at: str | None, ref: str | None = None) -> list[int]:
        found = server.ask(query, ref=ref, at=at)["ratePlansInForce"]
        return [each["version"] for each in found]

    assert versions("2026-07-01T00:00:00Z", PULL) == [2]
    assert versions("2026-06-30T23:59:59Z", PULL) == [1]
    assert versions(None, PULL) == [1]
    assert versions("2026-07-01T00:00:00Z") == [1]
    assert versions("2025-12-31T00:00:00Z") == []


def test_anyone_may_ask_for_another_time(server: Following) -> None:
    """What comes is public once it is merged; only refs are not."""
    query = '{ catalog(asOf: "2025-01-01T00:00:00Z") { ratePlansInForce { version } } }'
    assert server.ask(query, Role.ANONYMOUS) == {"ratePlansInForce": []}
    query = "{ catalog { ratePlansInForce { version } } }"
    assert server.ask(query, Role.CUSTOMER) == {"ratePlansInForce": [{"version": 1}]}


def test_a_rate_plan_of_a_pull_request(server: Following) -> None:
    """One version at a ref; without the ref it does not exist."""
    query = """query ($ref: String) { ratePlan(key: "pro", version: 2, ref: $ref) {
      ... on ChosenRatePlan { ratePlan { name source { commit } } }
      ... on UserError { code path } } }"""
    found = server.ask(query, ref=PULL)["ratePlan"]
    assert found == {"name": "Pro of July", "source": {"commit": head(server, PULL)}}
    assert server.ask(query)["code"] == "unknown-reference"
    assert server.ask(query, ref="refs/pull/8/head") == {"code": "invalid-catalog", "path": ["ref"]}
    assert server.ask(query, ref="refs/pull/404") == {"code": "unknown-ref", "path": ["ref"]}


def test_a_charge_of_a_pull_request_is_rated(server: Following) -> None:
    """100 x 0.30 at the pull request, 100 x 0.10 as it is served."""
    query = """query ($charge: ChargeInput!) { rate(charge: $charge, quantity: "100") {
      ... on RatedCharge { amount { amount } } ... on UserError { code path } } }"""

    def rated(**members: object) -> Any:  # noqa: ANN401 - JSON
        chosen = {"ratePlan": "pro", "charge": "tokens", **members}
        return server.ask(query, charge={"catalog": chosen})

    assert rated(ref=PULL, version=2) == {"amount": {"amount": "30"}}
    assert rated() == {"amount": {"amount": "10"}}
    expected = {"code": "unknown-ref", "path": ["charge", "catalog", "ref"]}
    assert rated(ref="secret") == expected
    draft = {"currency": "USD", "model": {"perUnit": {"unitAmount": "2"}}}
    found = server.ask(query, charge={"draft": draft})
    assert found == {"amount": {"amount": "200"}}


def test_a_broken_pull_request_says_what_is_wrong(server: Following) -> None:
    """The mistakes of its files are in the error: code, message, file and line."""
    answer = server.answer('{ catalog(ref: "refs/pull/8/head") { name } }')
    assert answer["data"] is None
    [error] = answer["errors"]
    extensions = error["extensions"]
    assert (extensions["code"], extensions["reason"]) == ("BAD_USER_INPUT", "invalid-catalog")
    [problem] = extensions["problems"]
    assert (problem["code"], problem["path"]) == (
        "negative-number",
        "catalog/rate-plans/pro/v1.json",
    )
    assert problem["line"] > 1


@pytest.mark.parametrize("ref", ["secret", "refs/heads/secret", "main~1", "refs/pull/7/head~1"])
def test_refs_that_are_not_on_the_list_do_not_exist(server: Following, ref: str) -> None:
    """Nobody can reach another commit, not even from a ref on the list."""
    answer = server.answer("query ($ref: String) { catalog(ref: $ref) { name } }", ref=ref)
    [error] = answer["errors"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "reason": "unknown-ref"}


# --- catalogDiff

DIFF = """query ($base: String, $head: String, $at: DateTime) {
  catalogDiff(base: $base, head: $head, asOf: $at) {
    ... on CatalogDiff {
      base { commit } head { commit } isBreaking counts { class count }
      documents { kind key version event follows class base { path commit } head { path commit }
        changes { what class direction charge measure currency percent note
          old { value source { path line commit } } new { value source { path line commit } } } }
    }
    ... on UserError { code path }
    ... on InvalidCatalogError { problemCount problems { code line } }
  } }"""


def test_what_a_pull_request_changes(server: Following) -> None:
    """0.10 -> 0.30 is +200 %, told in the words of pricing, with the places on both sides."""
    found = server.ask(DIFF, head=PULL)
    commit = head(server, PULL)
    assert (found["base"]["commit"], found["head"]["commit"]) == (head(server, "main"), commit)
    assert found["isBreaking"] is False
    [document] = found["documents"]
    assert (document["kind"], document["key"], document["version"]) == ("rate-plan", "pro", 2)
    assert (document["event"], document["follows"]) == ("ADDED", 1)
    assert document["base"]["path"].endswith("v1.json")
    [change] = [each for each in document["changes"] if each["what"] == "unit price"]
    assert (change["class"], change["direction"], change["percent"]) == ("PRICE_UP", "UP", "200")
    assert (change["charge"], change["measure"], change["currency"]) == ("tokens", "AMOUNT", "USD")
    assert (change["old"]["value"], change["new"]["value"]) == ("0.10", "0.30")
    place = change["new"]["source"]
    assert (place["path"], place["commit"]) == ("catalog/rate-plans/pro/v2.json", commit)
    text = git(server.pushed.root, "show", f"{PULL}:catalog/rate-plans/pro/v2.json")
    assert '"0.30"' in text.splitlines()[place["line"] - 1]
    counts = {each["class"]: each["count"] for each in found["counts"]}
    assert counts["PRICE_UP"] == 1
    assert counts["BREAKING"] == 0


def test_what_must_not_change_is_breaking(server: Following) -> None:
    """A changed published version is shown as what it is."""
    found = server.ask(DIFF, base="main", head="refs/pull/9/head")
    assert found["isBreaking"] is True
    assert found["documents"][0]["class"] == "BREAKING"


def test_a_document_that_is_gone_has_one_side(server: Following) -> None:
    """From the pull request back to what is served, version 2 is removed."""
    [document] = server.ask(DIFF, base=PULL, at="2026-06-01T00:00:00Z")["documents"]
    assert (document["event"], document["head"], document["changes"]) == ("REMOVED", None, [])
    assert document["base"]["commit"] == head(server, PULL)


def test_a_catalog_does_not_differ_from_itself(server: Following) -> None:
    """Without refs both sides are what is served."""
    found = server.ask(DIFF)
    assert (found["documents"], found["isBreaking"]) == ([], False)


def test_a_difference_with_a_broken_side_is_a_mistake(server: Following) -> None:
    """The mistakes are typed, and the side is named."""
    found = server.ask(DIFF, head="refs/pull/8/head")
    assert (found["code"], found["path"], found["problemCount"]) == ("invalid-catalog", ["head"], 1)
    assert found["problems"][0]["code"] == "negative-number"
    assert server.ask(DIFF, base="secret") == {"code": "unknown-ref", "path": ["base"]}
    assert server.ask(DIFF, base="a..b")["code"] == "invalid-ref"


# --- catalogHistory

HISTORY = """query ($first: Int! = 20, $after: String, $plan: String) {
  catalogHistory(first: $first, after: $after, ratePlan: $plan) {
    ... on CatalogHistoryConnection {
      edges { node { commit committedAt author subject } cursor }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
    ... on UserError { code path }
  } }"""


def test_the_history_of_the_served_prices(tmp_path: Path) -> None:
    """The newest first, in pages; one plan alone; what is not served yet is not in it."""
    pushed = Pushed(tmp_path / "repository")
    pushed.push("First prices")
    pushed.push("Name", plan=plan(name="Name"))
    pushed.push_file("products/other.json", {"key": "other", "name": "Other"})
    with following(pushed) as server:
        whole = server.ask(HISTORY)
        page = server.ask(HISTORY, first=2)
        rest = server.ask(HISTORY, first=2, after=page["pageInfo"]["endCursor"])
        of_plan = server.ask(HISTORY, plan="pro", first=2)
        bad = pushed.push("Bad", plan=priced("-1"))
        server.refused(bad)
        assert server.ask(HISTORY) == whole
    subjects = [each["node"]["subject"] for each in whole["edges"]]
    assert subjects == ["Write products/other.json", "Name", "First prices"]
    assert whole["edges"][0]["node"]["author"] == "Test"
    more = [each["pageInfo"]["hasNextPage"] for each in (page, rest, whole)]
    assert more == [True, False, False]
    assert page["edges"] + rest["edges"] == whole["edges"]
    assert [each["node"]["subject"] for each in of_plan["edges"]] == ["Name", "First prices"]


@pytest.mark.parametrize(
    ("variables", "code", "path"),
    [
        ({"first": 0}, "page-size", ["first"]),
        ({"first": 101}, "page-size", ["first"]),
        ({"after": "main"}, "unknown-cursor", ["after"]),
        ({"plan": "../secret"}, "invalid-key", ["ratePlan"]),
    ],
)
def test_a_page_that_is_none_is_a_mistake(
    server: Following, variables: dict[str, Any], code: str, path: list[str]
) -> None:
    """At most 100 commits; a cursor is of a commit; a plan is a key."""
    assert server.ask(HISTORY, **variables) == {"code": code, "path": path}


# --- servers over a directory, and what is kept


@pytest.mark.parametrize(
    "query",
    [
        "{ catalogHistory { ... on UserError { code } } }",
        '{ catalogDiff(head: "main") { ... on UserError { code } } }',
        '{ ratePlan(key: "x", ref: "main") { ... on UserError { code } } }',
    ],
)
def test_a_directory_has_no_refs(guarded: Guarded, query: str) -> None:
    """A server over a directory says how to start one over a repository."""
    assert guarded.ask(Role.ADMIN, query) == {"code": "no-repository"}


def test_a_commit_is_loaded_once_and_few_are_kept(tmp_path: Path) -> None:
    """What a commit holds never changes; the one that nobody asked for longest is let go."""
    pushed = Pushed(tmp_path / "repository")
    pushed.push("First")
    for number in range(3):
        pushed.draft(f"refs/heads/prices/{number}", plan=plan(name=f"Name {number}"))
    pushed.draft("refs/heads/prices/bad", plan=priced("-1"))
    branch = ServedBranch(pushed.root, allowed_refs=("prices/*",))

    async def ask() -> None:
        previews = Previews(branch, capacity=2)
        first = await previews.at("prices/0")
        assert await previews.at("prices/0") is first
        await previews.at("prices/1")
        assert await previews.at("prices/0") is first
        await previews.at("prices/2")
        assert await previews.at("prices/0") is first
        for _ in range(2):
            with pytest.raises(InvalidCatalog):
                await previews.at("prices/bad")
        git(pushed.root, "update-ref", "refs/heads/prices/0", "main")
        moved = await previews.at("prices/0")
        assert moved.catalog.commit == git(pushed.root, "rev-parse", "main")

    asyncio.run(ask())

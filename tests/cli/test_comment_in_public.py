"""`planql comment --public`: nothing about costs, and nobody by name."""

import json
from pathlib import Path

import pytest
from tests.cli.comment_cases import NAMES, comment_case, laid_out


def costs(factor: str) -> str:
    """What calls cost, other than in the cases."""
    row = {"effective_from": "2026-01-01", "unit_costs": {"USD": factor, "EUR": factor}}
    cost = {"key": "calls", "name": "Calls", "type": "usage", "meter": "calls", "rows": [row]}
    return json.dumps(cost)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        *((name, "markdown") for name in NAMES if not comment_case(name).changes_costs),
        *((name, "json") for name in ("rise", "real-usage", "thin-margin", "unknown-cost")),
    ],
)
def test_nothing_public_depends_on_costs(
    name: str,
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever things cost, before and after, the public comment and its exit code are the same."""
    laid_out(name, tmp_path, monkeypatch)
    case = comment_case(name)
    found = set()
    for before, after in (("0.01", "0.09"), ("7", "0")):
        Path("base/costs/calls.json").write_text(costs(before), encoding="utf-8")
        Path("catalog/costs/calls.json").write_text(costs(after), encoding="utf-8")
        code = case.run("--public", "--salt", "salt", "--format", form)
        found.add((code, capsys.readouterr().out))
    assert len(found) == 1


def test_errors_of_costs_are_discreet_in_public(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An amount that a message quotes is not shown when it is a cost."""
    laid_out("nothing", tmp_path, monkeypatch)
    Path("catalog/costs/calls.json").write_text(costs("0.0512345678901234"), encoding="utf-8")
    assert comment_case("nothing").run() == 1
    assert "0.0512345678901234" in capsys.readouterr().out
    assert comment_case("nothing").run("--public") == 1
    out = capsys.readouterr().out
    assert "catalog/costs/calls.json:1" in out
    assert "0.05" not in out


def aliases(text: str) -> list[str]:
    """The customers of a comment in JSON."""
    (currency,) = json.loads(text)["customers"]
    return [each["customer"] for each in currency["up"] + currency["down"]]


def test_aliases_need_the_salt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Aliases are the same under one salt, others under another, and new without one."""
    laid_out("real-usage", tmp_path, monkeypatch)
    monkeypatch.delenv("PLANQL_SALT", raising=False)

    def found(*options: str) -> list[str]:
        assert comment_case("real-usage").run("--format", "json", *options) == 0
        return aliases(capsys.readouterr().out)

    assert found() == ["bolt", "corner"]
    salted = found("--public", "--salt", "one")
    assert salted == found("--public", "--salt", "one")
    assert not {*salted} & {*found("--public", "--salt", "two")}
    assert not {*found("--public")} & {*found("--public")}
    monkeypatch.setenv("PLANQL_SALT", "one")
    assert salted == found("--public")


def test_nobody_is_named_in_public(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No key of a customer stands in a public comment."""
    laid_out("real-usage", tmp_path, monkeypatch)
    assert comment_case("real-usage").run("--public") == 0
    out = capsys.readouterr().out
    assert not [name for name in ("acme", "bolt", "corner", "mute") if name in out]

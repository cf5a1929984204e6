"""docs/operating.md keeps up with the options of the server, its metrics and its environment."""

import re
from pathlib import Path

import click
import pytest

from planql.cli.serve import command
from planql.gateway.operating.metrics import Metrics

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "operating.md").read_text("utf-8")
ROWS = re.findall(r"^\| `(PLANQL_\w+)` \| (?:`(--[\w-]+)`)? \|", PAGE, re.MULTILINE)
OPTIONS = [each for each in command.params if isinstance(each, click.Option)]


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: str(option.opts[0]))
def test_every_option_can_be_said_by_the_environment(option: click.Option) -> None:
    """Its variable begins with PLANQL_, is shown in the help, and both stand in the table."""
    variable = str(option.envvar)
    assert variable.startswith("PLANQL_")
    assert option.show_envvar
    assert (variable, option.opts[0]) in ROWS


def test_the_table_has_nothing_else() -> None:
    """But what only the environment says, which the help lists at its end."""
    others = {variable for variable, option in ROWS if not option}
    assert len(ROWS) == len(OPTIONS) + len(others)
    with click.Context(command) as context:
        text = command.get_help(context)
    assert all(variable in text for variable in others)
    assert "OTEL_*" in text


def test_every_metric_is_listed() -> None:
    """By the name that a scrape shows."""
    text = Metrics([]).page("")[0].decode()
    names = set(re.findall(r"^# HELP (planql_\w+)", text, re.MULTILINE))
    assert len(names) == 6
    assert [name for name in names if f"`{name}`" not in PAGE] == []

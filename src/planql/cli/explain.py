"""`planql explain CODE`: what a problem code means and how to mend it."""

import json
from dataclasses import asdict

import click

from planql.catalog.problem_codes import AREAS, PROBLEM_CODES, ProblemCode
from planql.cli.format_options import format_option
from planql.errors import UnknownReference
from planql.problems import did_you_mean


@click.command()
@click.argument("code", required=False)
@format_option
def command(code: str | None, format_: str) -> None:
    """Explain a problem code; without one, list them all."""
    found = None if code is None else problem_code(code)
    if format_ == "json":
        codes = PROBLEM_CODES.values() if found is None else [found]
        document = {"codes": [asdict(each) for each in codes]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        click.echo(overview() if found is None else explanation(found))


def problem_code(code: str) -> ProblemCode:
    """What is written about a code.

    Raises:
        UnknownReference: `unknown-code`.
    """
    found = PROBLEM_CODES.get(code)
    if found is None:
        hint = did_you_mean(code, PROBLEM_CODES) or "`planql explain` lists them all"
        raise UnknownReference("unknown-code", f'there is no problem code "{code}"', hint=hint)
    return found


def overview() -> str:
    """Every code with its rule, by area."""
    width = max(map(len, PROBLEM_CODES))
    areas = [
        "\n".join([name, *(f"  {code.code.ljust(width)}  {code.title}" for code in codes)])
        for name, codes in AREAS.items()
    ]
    return "\n\n".join(areas)


def explanation(code: ProblemCode) -> str:
    """What a code means, with an example."""
    return f"""{code.code}: {code.title}

{code.why}

  wrong:  {code.wrong}
  right:  {code.right}

{code.mend}"""

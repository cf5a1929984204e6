"""`planql explain CODE`: what a problem code means and how to mend it."""

import click

from planql.catalog.problem_codes import AREAS, PROBLEM_CODES, ProblemCode
from planql.errors import UnknownReference
from planql.problems import did_you_mean


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a problem code; without one, list them all."""
    click.echo(explanation(code) if code else overview())


def explanation(code: str) -> str:
    """What a code means, with an example.

    Raises:
        UnknownReference: `unknown-code`.
    """
    found = PROBLEM_CODES.get(code)
    if found is None:
        hint = did_you_mean(code, PROBLEM_CODES) or "`planql explain` lists them all"
        raise UnknownReference("unknown-code", f'there is no problem code "{code}"', hint=hint)
    return _text(found)


def overview() -> str:
    """Every code with its rule, by area."""
    width = max(map(len, PROBLEM_CODES))
    areas = [
        "\n".join([name, *(f"  {code.code.ljust(width)}  {code.title}" for code in codes)])
        for name, codes in AREAS.items()
    ]
    return "\n\n".join(areas)


def _text(code: ProblemCode) -> str:
    return f"""{code.code}: {code.title}

{code.why}

  wrong:  {code.wrong}
  right:  {code.right}

{code.mend}"""

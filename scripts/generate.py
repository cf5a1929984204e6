"""Write the files that are generated from the code, or check that they are fresh.

`schema/*.schema.json` from the models of documents and reports, `docs/problems/*.md` from the table
of problem codes, `schema*.graphql` and the table of who sees what from the GraphQL types.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from planql.catalog.problem_codes import PROBLEM_CODES
from planql.catalog.problem_codes.pages import index_page, page
from planql.catalog.schemas import SCHEMAS
from planql.cli.reporters.report_schemas import REPORTS
from planql.cli.schema import text_of
from planql.gateway.coordinates import visibility_table
from planql.gateway.principals import Role
from planql.gateway.sdl import schema_sdl

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Write every generated file; with `--check` only say which are stale or left over."""
    wanted = dict(generated_files())
    stale = [path for path, text in wanted.items() if not _holds(path, text)]
    left_over = sorted(generated_on_disk() - set(wanted))
    if "--check" in arguments:
        return _report(stale, left_over)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
    for path in left_over:
        path.unlink()
    return 0


def generated_files() -> Iterator[tuple[Path, str]]:
    """Path and text of every generated file."""
    for kind in (*SCHEMAS, *REPORTS):
        yield ROOT / "schema" / f"{kind}.schema.json", text_of(kind)
    yield ROOT / "docs" / "problems" / "README.md", index_page()
    for code in PROBLEM_CODES.values():
        yield ROOT / "docs" / "problems" / f"{code.code}.md", page(code)
    yield from graphql_files()


def graphql_files() -> Iterator[tuple[Path, str]]:
    """The schema of administrators and that of everyone, and who sees what of it."""
    yield ROOT / "schema.graphql", schema_sdl()
    yield ROOT / "schema.public.graphql", schema_sdl(Role.ANONYMOUS)
    yield ROOT / "tests" / "cases" / "gateway" / "visibility.csv", visibility_table()


def generated_on_disk() -> set[Path]:
    """The files in folders that hold generated files only."""
    return {*(ROOT / "schema").glob("*.json"), *(ROOT / "docs" / "problems").glob("*.md")}


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _report(stale: list[Path], left_over: list[Path]) -> int:
    for path in stale:
        print(f"{path.relative_to(ROOT)} is stale: run `make generate`")
    for path in left_over:
        print(f"{path.relative_to(ROOT)} is generated no more: run `make generate`")
    return int(bool(stale or left_over))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

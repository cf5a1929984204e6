"""Where catalogs come from: files and git refs, read, parsed, judged and placed.

Owns: reading directories and commits, JSON positions, problems with path, line and column.
Does not own: what documents mean and which rules they follow (`planql.catalog`).

A load never raises for what is written in the files: all mistakes of all files are reported in
one run. It raises `SourceError` when there is nothing to read.

The import of git is in `git_refs` alone, and only reached when a ref is asked for.
"""

from planql.sources.against import judge_against, problems_of
from planql.sources.invalid import InvalidCatalog, invalid_catalog
from planql.sources.judging import Loaded
from planql.sources.loading import changed_lines_at, load, load_at, load_ref, merge_base_at
from planql.sources.parsing import ParsedCache
from planql.sources.served_branches import ServedBranch

__all__ = [
    "InvalidCatalog",
    "Loaded",
    "ParsedCache",
    "ServedBranch",
    "changed_lines_at",
    "invalid_catalog",
    "judge_against",
    "load",
    "load_at",
    "load_ref",
    "merge_base_at",
    "problems_of",
]

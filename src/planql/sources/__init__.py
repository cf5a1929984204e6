"""Where catalogs come from: files and git refs, read, parsed, judged and placed.

Owns: reading directories and commits, JSON positions, problems with path, line and column.
Does not own: what documents mean and which rules they follow (`planql.catalog`).

A load never raises for what is written in the files: all mistakes of all files are reported in
one run. It raises `SourceError` when there is nothing to read.

The import of git is in `git_refs` alone, and only reached when a ref is asked for.
"""

from planql.sources.against import judge_against
from planql.sources.judging import Loaded
from planql.sources.loading import changed_lines_at, load, load_at, load_ref, merge_base_at
from planql.sources.parsing import ParsedCache

__all__ = [
    "Loaded",
    "ParsedCache",
    "changed_lines_at",
    "judge_against",
    "load",
    "load_at",
    "load_ref",
    "merge_base_at",
]

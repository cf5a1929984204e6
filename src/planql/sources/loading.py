"""A catalog from a directory or a git ref.

Owns: `load`, `load_ref`.
Does not own: reading (`files`, `git_refs`), parsing (`parsing`), judging (`judging`).
"""

from pathlib import Path

from planql.errors import SourceError
from planql.sources.files import read_directory
from planql.sources.judging import Loaded, judge
from planql.sources.parsing import ParsedCache
from planql.sources.trees import RawCatalog


def load(directory: Path, cache: ParsedCache | None = None) -> Loaded:
    """The catalog in a directory; paths of problems start with the directory as it was given.

    Args:
        directory: Where `catalog.json` lies.
        cache: What earlier loads parsed: then only what changed is parsed.

    Raises:
        SourceError: there is no such directory, or it cannot be listed.
    """
    return judge(read_directory(directory), directory.as_posix(), cache or ParsedCache())


def load_ref(
    repository: Path, ref: str, folder: str = "catalog", cache: ParsedCache | None = None
) -> Loaded:
    """The catalog in a folder of a git repository, as it was at `ref`.

    Args:
        repository: The repository itself; see `find_repository` for a folder inside one.
        ref: A branch, a tag, a commit, or what git derives from one: `HEAD~1`.
        folder: Path inside the repository; "." is all of it.
        cache: What earlier loads parsed, of any ref or directory.

    Raises:
        SourceError: the repository, the ref or the folder cannot be read.
    """
    return judge(_read_ref(repository, ref, folder), folder, cache or ParsedCache())


def _read_ref(repository: Path, ref: str, folder: str) -> RawCatalog:
    try:
        # GitPython looks for the git program when imported, which a directory can do without.
        from planql.sources.git_refs import read_ref  # noqa: PLC0415
    except ImportError:
        raise SourceError(
            "git-missing",
            "the git program was not found",
            hint="install git, or load a directory instead of a ref",
        ) from None
    return read_ref(repository, ref, folder)

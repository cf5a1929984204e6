"""A catalog from a directory or a git ref.

Owns: `load`, `load_ref`, `load_at`, `merge_base_at`.
Does not own: reading (`files`, `git_refs`), parsing (`parsing`), judging (`judging`).
"""

from pathlib import Path, PurePosixPath

from planql.sources.files import read_directory
from planql.sources.git_program import git_needed
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
        repository: The repository itself; `load_at` takes a folder inside one.
        ref: A branch, a tag, a commit, or what git derives from one: `HEAD~1`.
        folder: Path inside the repository; "." is all of it.
        cache: What earlier loads parsed, of any ref or directory.

    Raises:
        SourceError: the repository, the ref or the folder cannot be read.
    """
    return judge(_read_ref(repository, ref, folder), folder, cache or ParsedCache())


def load_at(directory: Path, ref: str, cache: ParsedCache | None = None) -> Loaded:
    """The catalog of a directory as it was at `ref`, in the repository that the directory lies in.

    Args:
        directory: Where `catalog.json` lay at `ref`; by now it may be gone.
        ref: As for `load_ref`.
        cache: As for `load_ref`.

    Raises:
        SourceError: as for `load_ref`.
    """
    repository, folder = _repository_of(directory)
    return load_ref(repository, ref, folder, cache)


def merge_base_at(directory: Path, base: str, head: str = "HEAD") -> str:
    """The commit that two refs have in common, in the repository that a directory lies in.

    Raises:
        SourceError: there is no repository, no such ref, or no such commit: `no-merge-base`.
    """
    repository, _ = _repository_of(directory)
    from planql.sources.git_refs import merge_base  # noqa: PLC0415

    return merge_base(repository, base, head)


def changed_lines_at(
    directory: Path, base: str, head: str | None = None
) -> dict[str, frozenset[int]]:
    """The lines that changed since `base` and `head` went apart, by path as in problems.

    Args:
        directory: The catalog's directory.
        base: A ref.
        head: A ref; the files on disk, when left out.

    Raises:
        SourceError: as for `merge_base_at`.
    """
    commit = merge_base_at(directory, base, head or "HEAD")
    repository, folder = _repository_of(directory)
    from planql.sources.changed_lines import changed_lines  # noqa: PLC0415

    changed = changed_lines(repository, commit, head)
    if head is not None:
        return changed
    inside = {PurePosixPath(path): lines for path, lines in changed.items()}
    return {
        (directory / path.relative_to(folder)).as_posix(): lines
        for path, lines in inside.items()
        if path.is_relative_to(folder)
    }


def _repository_of(directory: Path) -> tuple[Path, str]:
    """The repository that a directory lies in, or lay in, and the folder inside it."""
    with git_needed():
        from planql.sources.git_refs import find_repository  # noqa: PLC0415
    present = next(path for path in (directory, *directory.parents) if path.is_dir())
    place = find_repository(present)
    folder = PurePosixPath(place.folder, directory.relative_to(present))
    return place.repository, folder.as_posix()


def _read_ref(repository: Path, ref: str, folder: str) -> RawCatalog:
    with git_needed():
        from planql.sources.git_refs import read_ref  # noqa: PLC0415
    return read_ref(repository, ref, folder)

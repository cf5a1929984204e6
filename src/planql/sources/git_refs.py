"""A catalog at any git ref, read from git's objects: nothing is checked out, no shell is used.

Owns: resolving refs, the commit that two of them have in common, listing and reading the files of
a commit.
Does not own: which files are documents (`planql.sources.trees`).

One `git cat-file --batch` process answers for all objects of a catalog, and ends with it.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

import git
from git.exc import GitCommandNotFound, GitError
from git.objects import Blob, IndexObject, Tree

from planql.errors import SourceError
from planql.problems import did_you_mean
from planql.sources.files import too_large
from planql.sources.known_objects import Children, KnownObjects
from planql.sources.refs import check_ref
from planql.sources.trees import LARGEST_FILE, Entry, EntryType, RawCatalog, collect

_ENVIRONMENT: Final = {
    "LC_ALL": "C",  # messages are recognised by their words
    "GIT_TERMINAL_PROMPT": "0",  # a partial clone may fetch, but never asks for a password
    "GIT_NO_REPLACE_OBJECTS": "1",  # a commit is what its hash says
}

_UNSHALLOW: Final = (
    "this clone has only the newest commits; fetch the others: git fetch --unshallow "
    "(with actions/checkout: fetch-depth: 0)"
)


@dataclass(frozen=True, slots=True)
class RepositoryFolder:
    """A folder of a repository: the root of its working tree, and the path inside it."""

    repository: Path
    folder: str


def find_repository(directory: Path) -> RepositoryFolder:
    """The repository that `directory` lies in, and where in it.

    Raises:
        SourceError: `not-a-repository`.
    """
    with closing(_opened(directory, search=True)) as repository:
        root = repository.working_tree_dir
        if root is None:
            raise _no_repository(directory)
        inside = directory.resolve().relative_to(Path(root).resolve())
        return RepositoryFolder(Path(root), inside.as_posix())


def read_ref(
    repository: Path, ref: str, folder: str, known: KnownObjects | None = None
) -> RawCatalog:
    """The files of the catalog in `folder` at `ref`, and the commit that `ref` names.

    Args:
        repository: The repository itself: its working tree, or a bare one.
        ref: A branch, a tag, a commit, or what git derives from one: `HEAD~1`.
        folder: Path inside the repository; "." is all of it.
        known: What was read before, of any ref of the repository.

    Raises:
        SourceError: `invalid-ref`, `unknown-ref`, `not-a-repository`, `missing-directory`,
            `not-a-directory`, `untrusted-repository` or `unreadable-file`.
    """
    check_ref(ref)
    path = checked_folder(folder)
    with opened_repository(repository) as opened:
        commit = _resolve(opened, ref)
        root = _root(opened, commit, path)
        return collect(CommitTree(opened, root.binsha, known or KnownObjects()), commit)


def resolve_ref(repository: Path, ref: str) -> str:
    """The commit that `ref` names now.

    Raises:
        SourceError: as for `read_ref`.
    """
    check_ref(ref)
    with opened_repository(repository) as opened:
        return _resolve(opened, ref)


def merge_base(repository: Path, base: str, head: str) -> str:
    """The commit that two refs have in common, from which both went on.

    Args:
        repository: As for `read_ref`.
        base: A ref: the branch that a change is meant for.
        head: A ref: the change.

    Raises:
        SourceError: as for `read_ref`; `no-merge-base`, where there is none, or where a shallow
            clone has it not.
    """
    check_ref(base)
    check_ref(head)
    with opened_repository(repository) as opened:
        commits = [_resolve(opened, ref) for ref in (base, head)]
        status, output, _ = opened.git.execute(
            ["git", "merge-base", *commits], with_extended_output=True, with_exceptions=False
        )
        if status != 0:
            raise _no_merge_base(opened, base, head)
        return output


class CommitTree:
    """A `Tree` over git's objects; only what was listed can be read, so each is looked up once."""

    def __init__(self, repository: git.Repo, root: bytes, known: KnownObjects) -> None:
        self._repository = repository
        self._known = known
        self._hashes = {"": root}

    def entries(self, folder: str) -> Iterator[Entry]:
        """What lies in `folder`, sorted as git sorts names."""
        for name, type_, found in self._children(folder):
            path = f"{folder}/{name}" if folder else name
            self._hashes[path] = found
            yield Entry(path, type_)

    def read(self, path: str) -> bytes:
        """The content of a blob, as git keeps it: without filters or line-end conversion."""
        wanted = self._hashes[path]
        content = self._known.blobs.get(wanted)
        if content is None:
            content = self._content(path, wanted)
            self._known.keep(self._known.blobs, wanted, content)
        return content

    def _children(self, folder: str) -> Children:
        wanted = self._hashes[folder]
        children = self._known.trees.get(wanted)
        if children is None:
            try:
                items = list(Tree(self._repository, wanted, path=folder))
            except ValueError as error:
                raise _unreadable(folder) from error
            children = tuple(
                (PurePosixPath(item.path).name, _type(item), item.binsha) for item in items
            )
            self._known.keep(self._known.trees, wanted, children)
        return children

    def _content(self, path: str, wanted: bytes) -> bytes:
        try:
            stream = self._repository.odb.stream(wanted)
        except ValueError as error:
            raise _unreadable(path) from error
        if stream.size <= LARGEST_FILE:
            return bytes(stream.read())
        while stream.read(LARGEST_FILE):
            """What is left unread would be taken for the answer to the next question."""
        raise too_large(path)


def _unreadable(path: str) -> SourceError:
    return SourceError(
        "unreadable-file",
        f'git has no content for "{path}"',
        hint="the clone is partial or damaged; fetch again: git fetch --refetch",
    )


def _type(item: IndexObject) -> EntryType:
    if isinstance(item, Tree):
        return EntryType.FOLDER
    if not isinstance(item, Blob):
        return EntryType.OTHER
    return EntryType.LINK if item.mode == Blob.link_mode else EntryType.FILE


@contextmanager
def opened_repository(repository: Path) -> Iterator[git.Repo]:
    """The repository at `repository`, for commands that ask nobody for anything.

    Raises:
        SourceError: `not-a-repository`.
    """
    with closing(_opened(repository)) as opened:
        _set_environment(opened)
        try:
            yield opened
        except GitCommandNotFound as error:
            # git is there; the folder to run it in has gone meanwhile.
            raise _no_repository(repository) from error


def _opened(path: Path, *, search: bool = False) -> git.Repo:
    try:
        return git.Repo(path, search_parent_directories=search)
    except GitError as error:
        raise _no_repository(path) from error


def _set_environment(repository: git.Repo) -> None:
    repository.git.update_environment(**_ENVIRONMENT)
    if "GIT_DIR" in os.environ:
        # In a git hook it may name another repository. Otherwise it is left unset, so that git
        # finds the repository itself, and checks whose it is.
        repository.git.update_environment(GIT_DIR=str(repository.git_dir))


def _no_repository(path: Path) -> SourceError:
    return SourceError("not-a-repository", f'"{path}" is not a git repository')


def checked_folder(folder: str) -> PurePosixPath:
    """`folder`, which is a path inside a repository.

    Raises:
        SourceError: `missing-directory`.
    """
    path = PurePosixPath(folder)
    if path.is_absolute() or ".." in path.parts:
        raise SourceError(
            "missing-directory",
            f'"{folder}" is not a path inside the repository',
            hint='name the folder from the top of the repository, such as "catalog"',
        )
    return path


def _resolve(repository: git.Repo, ref: str) -> str:
    """The commit that `ref` names."""
    command = ["git", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"]
    status, output, complaint = repository.git.execute(
        command, with_extended_output=True, with_exceptions=False
    )
    if status == 0:
        return output
    if "dubious ownership" in complaint:
        raise SourceError(
            "untrusted-repository",
            f'git does not trust "{repository.working_dir}", which belongs to another user',
            hint="if it is yours, add it to git's safe.directory setting",
        )
    raise SourceError(
        "unknown-ref",
        f'there is no commit "{ref}" in the repository',
        hint=_nearest_ref(repository, ref),
    )


def _nearest_ref(repository: git.Repo, ref: str) -> str:
    if _is_shallow(repository):
        return _UNSHALLOW
    return did_you_mean(ref, sorted(found.name for found in repository.refs))


def _no_merge_base(repository: git.Repo, base: str, head: str) -> SourceError:
    message = f'"{base}" and "{head}" have no commit in common'
    if _is_shallow(repository):
        return SourceError("no-merge-base", f"{message} in this clone", hint=_UNSHALLOW)
    hint = "compare branches of one history"
    return SourceError("no-merge-base", message, hint=hint)


def _is_shallow(repository: git.Repo) -> bool:
    return (Path(repository.common_dir) / "shallow").exists()


def _root(repository: git.Repo, commit: str, folder: PurePosixPath) -> IndexObject:
    """The tree that a commit has in `folder`."""
    try:
        tree = git.Commit(repository, bytes.fromhex(commit)).tree
        found = tree.join(folder.as_posix()) if folder.parts else tree
    except KeyError:
        raise SourceError(
            "missing-directory", f'there is no folder "{folder}" in commit {commit[:12]}'
        ) from None
    except ValueError as error:
        raise _unreadable(folder.as_posix()) from error
    if not isinstance(found, Tree):
        raise SourceError("not-a-directory", f'"{folder}" is not a folder in commit {commit[:12]}')
    return found

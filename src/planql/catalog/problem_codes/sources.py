"""Reasons why there is nothing to judge: no directory, no repository, no such ref."""

from typing import Final

from planql.catalog.problem_codes.base import ProblemCode

SOURCES: Final = (
    ProblemCode(
        "missing-directory",
        "The catalog's directory exists.",
        "There is nothing to read.",
        "planql validate catlog",
        "planql validate catalog",
        "Correct the path. With a ref, name the folder from the top of the repository.",
    ),
    ProblemCode(
        "not-a-directory",
        "A catalog is named by its directory.",
        "One file is not a catalog: its references lead to others.",
        "planql validate catalog/catalog.json",
        "planql validate catalog",
        "Name the directory that holds `catalog.json`.",
    ),
    ProblemCode(
        "not-a-repository",
        "A ref is read from a git repository.",
        "Refs and commits are kept by git.",
        "a directory without .git",
        "a clone of the repository",
        "Name the top of the repository, or load the directory without a ref.",
    ),
    ProblemCode(
        "invalid-ref",
        "A ref names one commit: no option, no range, no path.",
        "What looks like an option would be obeyed by git, not looked up.",
        "--upload-pack=x   main..next   main:catalog",
        "main   v1.2   HEAD~1   4bb9ea9",
        "Name a branch, a tag or a commit.",
    ),
    ProblemCode(
        "unknown-ref",
        "A ref names a commit that the repository has.",
        "There is nothing to read.",
        "mian",
        "main",
        "Correct the name, or fetch: a shallow clone has only the newest commits.",
    ),
    ProblemCode(
        "no-merge-base",
        "The two sides of a comparison have a commit in common.",
        "What a branch changes is told from the commit at which it began; a shallow clone has not "
        "that commit, and then a change of a published price would go unseen.",
        "git clone --depth 1 …   planql validate --base origin/main",
        "git fetch --unshallow   planql validate --base origin/main",
        "Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` for the checkout "
        "action of a workflow.",
    ),
    ProblemCode(
        "untrusted-repository",
        "The repository belongs to the user who reads it, or is listed as safe.",
        "git refuses the repositories of other users, whose settings could run programs.",
        "a repository checked out by another user",
        "git config --global --add safe.directory /path/to/repository",
        "Add it to git's `safe.directory` if you trust it.",
    ),
    ProblemCode(
        "git-missing",
        "Reading a ref needs the git program.",
        "The objects of a repository are read by git itself.",
        "git is not on the path",
        "git 2.30 or newer is on the path",
        "Install git, or load the directory without a ref.",
    ),
)

"""Environments of the programs that tests start."""

import os


def unmeasured() -> dict[str, str]:
    """This process's, without what has coverage measured, which takes commands twice the time.

    For programs that are tried as a whole, and whose parts have tests of their own.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}

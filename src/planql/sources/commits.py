"""A commit, as people see it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that touched what was asked about.

    Attributes:
        hash: Its full name.
        committed_at: When it was made; for a merge, when what it merged came to the branch.
        author: The name of its author; no address.
        subject: The first line of its message.
    """

    hash: str
    committed_at: datetime
    author: str
    subject: str

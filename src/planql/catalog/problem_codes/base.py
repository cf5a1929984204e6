"""What is said about one kind of mistake."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemCode:
    """One kind of mistake, for the person who made it.

    Attributes:
        code: The name in reports: `tier-order`.
        title: The rule, in one sentence.
        why: What goes wrong without the rule.
        wrong: What the mistake looks like, as JSON.
        right: The same, mended.
        mend: What to do.
    """

    code: str
    title: str
    why: str
    wrong: str
    right: str
    mend: str

"""Charges that were probably renamed: one is gone, another like it is new.

Keys are for good: invoice lines, discounts and overrides name a charge by its key.
"""

from collections.abc import Iterator, Sequence

from planql.catalog.diff.terms import Fact
from planql.catalog.rate_plans import Charge, ChargeBase
from planql.problems import nearest

Noted = tuple[Fact | None, Fact | None, str]
_IN_NAME = {"key", "name", "description", "metadata"}


def with_rename_notes(pairs: Sequence[tuple[Fact | None, Fact | None]]) -> Iterator[Noted]:
    """Every pair with a note: which charge a new or a gone one may have been meant for."""
    gone = [old.subject for old, new in pairs if old and not new and _is_charge(old)]
    come = [new.subject for old, new in pairs if new and not old and _is_charge(new)]
    for old, new in pairs:
        note = ""
        if old and not new and _is_charge(old):
            note = _note("renamed to", _likest(old.subject, come))
        elif new and not old and _is_charge(new):
            note = _note("renamed from", _likest(new.subject, gone))
        yield old, new, note


def _is_charge(fact: Fact) -> bool:
    return isinstance(fact.subject, ChargeBase)


def _note(what: str, key: str | None) -> str:
    return f'{what} "{key}"? did you mean to keep the key: keys are for good' if key else ""


def _likest(charge: Charge, others: Sequence[Charge]) -> str | None:
    """The key of the other charge with the same content, else with a similar key."""
    same = [other.key for other in others if _content(other) == _content(charge)]
    return next(iter(same), None) or nearest(charge.key, [other.key for other in others])


def _content(charge: Charge) -> dict[str, object]:
    return {name: value for name, value in charge if name not in _IN_NAME}

"""What a comparison of two catalogs answers: objects, and what changed in each.

Owns: the records, their order (most important first), the percentage of a change.
Does not own: finding changes (`planql.catalog.diff.comparing`), printing them (`planql.cli`).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan
from planql.entity import Entity


class ChangeClass(StrEnum):
    """What a change means to a customer, most important first."""

    BREAKING = "breaking"
    """Changes what was promised: refused."""
    PRICE_UP = "price_up"
    """Some usage costs more than before, none less."""
    PRICE_DOWN = "price_down"
    """Some usage costs less than before, none more."""
    NEUTRAL = "neutral"
    """Matters, but is no price by itself, or raises some and lowers others."""
    COSMETIC = "cosmetic"
    """Words only."""

    @property
    def rank(self) -> int:
        """Place in the order of importance, from 0."""
        return list(ChangeClass).index(self)


class Direction(StrEnum):
    """Where a change moves what customers pay, whether or not it is allowed."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Measure(StrEnum):
    """What a value is, for whoever prints it."""

    AMOUNT = "amount"
    """Money in major units of the change's currency."""
    QUANTITY = "quantity"
    """Units of what is counted."""
    PERCENTAGE = "percentage"
    """0 to 100."""
    COUNT = "count"
    """A whole number: days, hours, cycles."""
    TEXT = "text"
    """Anything else, in words."""


class Event(StrEnum):
    """What happened to a document."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    PUBLISHED = "published"
    """A draft became a published version."""


@dataclass(frozen=True, slots=True)
class Side:
    """A value on one side of the comparison, and where it is written.

    Attributes:
        text: The value as plain text; numbers as they were written.
        path: The document's path; "" when it stands in no file.
        line: From 1; of the object around it when the value is a default that is not written.
        pointer: JSON pointer into the document.
    """

    text: str
    path: str
    line: int
    pointer: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed in a document.

    Attributes:
        what: In the words of pricing: "unit price of tier up to 100".
        kind: Its class.
        direction: What it does to what customers pay, also when it is breaking.
        old: None when there was no such thing.
        new: None when there is no such thing any more.
        charge: Key of the charge it belongs to; "" for none.
        measure: What the values are.
        currency: Of amounts; "" elsewhere.
        percent: The new number over the old one, less one, times 100, exact; of amounts of a
            period whose length changed, for the same length of time. None where one of them is
            missing or 0 before, or the two cannot be compared.
        note: What else a reader should know; "" for nothing.
        pointer: JSON pointer into the document of the head: to the new value, or to what held the
            old one.
    """

    what: str
    kind: ChangeClass
    direction: Direction
    old: Side | None
    new: Side | None
    charge: str = ""
    measure: Measure = Measure.TEXT
    currency: str = ""
    percent: Fraction | None = None
    note: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class ObjectDiff:
    """One document that differs.

    Attributes:
        noun: Name of its kind of document: "rate-plan".
        key: Its key; "" for `catalog.json`.
        version: Of a rate plan; 0 elsewhere.
        event: What happened to it.
        event_kind: Class of the event itself; that of a change is with the change.
        base: The document before; for a new version the predecessor that it is compared with.
        head: The document now; None when it was removed.
        follows: For a new version, the version it is compared with; 0 elsewhere.
        changes: Most important first, then in the order of the record.
        frozen_by: The published or archived version for whose sake the document must not change
            what it costs: itself, or the first one that uses it; None when it may.
    """

    noun: str
    key: str
    version: int
    event: Event
    event_kind: ChangeClass
    base: Document[Entity] | None
    head: Document[Entity] | None
    follows: int = 0
    changes: tuple[Change, ...] = ()
    frozen_by: RatePlan | None = None

    @property
    def kind(self) -> ChangeClass:
        """The most important class of the event and of its changes."""
        kinds = [self.event_kind, *(change.kind for change in self.changes)]
        return min(kinds, key=lambda kind: kind.rank)


@dataclass(frozen=True, slots=True)
class CatalogDiff:
    """Everything that differs between two catalogs.

    Attributes:
        objects: Most important first, then by kind of document, key and version.
    """

    objects: tuple[ObjectDiff, ...] = ()

    @property
    def is_breaking(self) -> bool:
        """Whether something changed that must not."""
        return any(found.kind is ChangeClass.BREAKING for found in self.objects)

    def counts(self) -> dict[ChangeClass, int]:
        """How many events and changes there are of every class; a new plan counts as one."""
        found = Counter(kind for each in self.objects for kind in _kinds(each))
        return {kind: found[kind] for kind in ChangeClass}


def _kinds(found: ObjectDiff) -> Iterable[ChangeClass]:
    if found.event is not Event.CHANGED:
        yield found.event_kind
    yield from (change.kind for change in found.changes)

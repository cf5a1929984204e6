"""A term: how one member of a document is told, weighed and frozen.

Owns: `Term` (a row of the vocabulary), `Fact` (one thing that a document says), `Context` (where
it says it).
Does not own: which member has which term (`planql.catalog.diff.vocabulary`), how members with
structure are told (`planql.catalog.diff.telling`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from planql.catalog.diff.effects import Effect, no_effect
from planql.catalog.diff.records import Direction, Measure
from planql.catalog.diff.texts import value_text
from planql.entity import Entity
from planql.periods import Interval
from planql.problems import escape_pointer

Path = tuple[str, ...]
"""What identifies a fact on both sides: keys of charges and bounds of tiers, never an index."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where in a document a member stands.

    Attributes:
        vocabulary: The term of a member, by the kind of entity and the member's name.
        path: What identifies the place on both sides.
        pointer: JSON pointer to the place on this side.
        about: What the words of a fact end with: " of tier up to 100".
        charge: Key of the charge around it; "" outside.
        charge_type: Type of that charge; "" outside.
        basis: What numbers count; numbers of another basis cannot be compared.
        currency: Of the amounts; "" where there is none.
        cycle: The billing period of what is per period; None where nothing is.
    """

    vocabulary: "Vocabulary"
    path: Path = ()
    pointer: str = ""
    about: str = ""
    charge: str = ""
    charge_type: str = ""
    basis: tuple[str, ...] = ()
    currency: str = ""
    cycle: Interval | None = None

    def into(self, part: str | int, name: str = "", about: str = "") -> "Context":
        """The place of a member or an item, which is identified by `name` if not by `part`."""
        return Context(  # spelt out, for `replace` is slow and this is called for every member
            self.vocabulary,
            (*self.path, name or str(part)),
            self.pointer + escape_pointer(part),
            about + self.about,
            self.charge,
            self.charge_type,
            self.basis,
            self.currency,
            self.cycle,
        )


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a document says.

    Attributes:
        term: How it is told and weighed.
        at: Where it is said.
        words: What it is, in the words of pricing.
        value: Compared for equality.
        text: The value as it is shown.
        number: What is weighed; None where the value is no number.
        is_default: Whether leaving it out would say the same.
        subject: The part of the document that the fact stands for, when it stands for one.
    """

    term: "Term"
    at: Context
    words: str
    value: object
    text: str
    number: Fraction | None = None
    is_default: bool = False
    subject: Any = None

    @property
    def basis(self) -> tuple[str, ...]:
        """What the number counts."""
        is_money = self.term.measure is Measure.AMOUNT
        return (*self.at.basis, self.at.currency if is_money else "")

    @property
    def cycle(self) -> Interval | None:
        """The billing period that the number is for; None when it is not per period."""
        return self.at.cycle if self.at.charge_type in self.term.periodic else None


Tell = Callable[["Term", Any, Context, bool], Iterator[Fact]]
"""From the value of a member to facts; the flag says whether leaving it out would say the same."""
Vocabulary = Callable[[type[Entity], str], "Term"]
Frozen = Callable[[Fact | None, Fact | None, date | None], bool]
"""Whether a change from one fact to another is refused in a frozen document, as of a day."""
Weigh = Callable[[Any, Any], Direction]
"""Which way a price moves from one subject to another."""


def always(old: Fact | None, new: Fact | None, as_of: date | None) -> bool:  # noqa: ARG001 - a Frozen
    """Part of the price: it never changes."""
    return True


def never(old: Fact | None, new: Fact | None, as_of: date | None) -> bool:  # noqa: ARG001 - a Frozen
    """Free to change in place."""
    return False


def unless_added(old: Fact | None, new: Fact | None, as_of: date | None) -> bool:  # noqa: ARG001 - a Frozen
    """What is there stays as it is; more may come."""
    return old is not None


def unless_archived(old: Fact | None, new: Fact | None, as_of: date | None) -> bool:  # noqa: ARG001 - a Frozen
    """A published version may be archived, and an archived one published; neither is a draft."""
    return new is None or new.value == "draft"


def when_past(old: Fact | None, new: Fact | None, as_of: date | None) -> bool:
    """A day that has come stays, and no other day becomes one; without `as_of` every day has."""
    days = [fact.value for fact in (old, new) if fact is not None]
    return as_of is None or any(isinstance(day, date) and day <= as_of for day in days)


def leaf(term: "Term", value: object, at: Context, is_default: bool) -> Iterator[Fact]:
    """A plain value, one fact."""
    words, number = term.words + at.about, term.number(value)
    yield Fact(term, at, words, value, value_text(value), number, is_default)


def number_of(value: object) -> Fraction | None:
    """The number that a plain value is; a boolean is 0 or 1."""
    return Fraction(value) if isinstance(value, Decimal | int) else None


@dataclass(frozen=True, slots=True)
class Term:
    """How one member of a document is told, weighed and frozen.

    Attributes:
        words: What it is called; of a table, with `{}` for the name of the entry.
        measure: What its values are.
        effect: What a change of its number does to the price.
        frozen: Which changes of it are refused in a frozen document.
        is_cosmetic: Whether it is only words.
        tell: How its value becomes facts.
        number: The number that is weighed.
        periodic: The types of charge of which the number is per billing period; "" is the plan.
        covers: Whether a change of it makes changes below it not worth telling.
        weigh: Which way the price moves when the subject of the fact is replaced.
        shared: Of tiers: the members that hold for every part of a tier.
        on_entry: Of tiers: the members that are due when the tier is entered, so that they belong
            to the first part of it.
        note: What a reader should know of every change of it; "" for nothing.
    """

    words: str = ""
    measure: Measure = Measure.TEXT
    effect: Effect = no_effect
    frozen: Frozen = always
    is_cosmetic: bool = False
    tell: Tell = leaf
    number: Callable[[Any], Fraction | None] = number_of
    periodic: frozenset[str] = field(default=frozenset())
    covers: bool = False
    weigh: Weigh | None = None
    shared: frozenset[str] = field(default=frozenset())
    on_entry: frozenset[str] = field(default=frozenset())
    note: str = ""

"""From two states of one document to the changes between them.

Owns: which facts differ, the class, the direction and the percentage of each change.
Does not own: what a document says (`planql.catalog.diff.telling`), which documents are compared
(`planql.catalog.diff.catalogs`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from planql.catalog.diff.cycles import cycle_ratio
from planql.catalog.diff.records import Change, ChangeClass, Direction, Measure, Side
from planql.catalog.diff.renames import with_rename_notes
from planql.catalog.diff.telling import ORDER, members
from planql.catalog.diff.terms import Context, Fact, Path
from planql.catalog.diff.tiers import Facts, with_stand_ins
from planql.catalog.diff.vocabulary import term_of
from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan
from planql.entity import Entity
from planql.problems import escape_pointer

Pair = tuple[Fact | None, Fact | None]
"""A fact before and after; None where there is none. At least one is there."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared.

    Attributes:
        base: The document before.
        head: The document now.
        is_frozen: Whether the price in it must not change.
        as_of: The day on which this is asked; None: every day has come.
        left_out: Members at the top that are not compared.
    """

    base: Document[Entity]
    head: Document[Entity]
    is_frozen: bool = False
    as_of: date | None = None
    left_out: frozenset[str] = frozenset()

    def changes(self) -> tuple[Change, ...]:
        """What changed, most important first, then in the order of the record."""
        before, after = self._facts(self.base.entity), self._facts(self.head.entity)
        pairs = with_rename_notes(list(_differing(before, after)))
        changes = [
            self._change(old, new, note or _note(old, new), _pointer(old, new, after))
            for old, new, note in pairs
        ]
        return tuple(sorted(changes, key=lambda change: change.kind.rank))

    def _facts(self, entity: Entity) -> Facts:
        told = members(entity, _context(entity))
        return {fact.at.path: fact for fact in told if fact.at.path[0] not in self.left_out}

    def _change(self, old: Fact | None, new: Fact | None, note: str, pointer: str) -> Change:
        fact = _telling(old, new)
        direction = _direction(old, new)
        return Change(
            what=fact.words,
            kind=self._class(old, new, direction),
            direction=direction,
            old=_side(old, self.base),
            new=_side(new, self.head),
            charge=fact.at.charge,
            measure=fact.term.measure,
            currency=fact.at.currency if fact.term.measure is Measure.AMOUNT else "",
            percent=_percent(old, new),
            note=note,
            pointer=pointer,
        )

    def _class(self, old: Fact | None, new: Fact | None, direction: Direction) -> ChangeClass:
        term = _telling(old, new).term
        is_change = old is None or new is None or old.value != new.value
        if self.is_frozen and is_change and term.frozen(old, new, self.as_of):
            return ChangeClass.BREAKING
        if direction is not Direction.NONE:
            return ChangeClass.PRICE_UP if direction is Direction.UP else ChangeClass.PRICE_DOWN
        return ChangeClass.COSMETIC if term.is_cosmetic else ChangeClass.NEUTRAL


def _context(entity: Entity) -> Context:
    """What holds for a whole document."""
    if isinstance(entity, RatePlan):
        cycle = entity.billing_cycle.as_interval()
        return Context(term_of, currency=entity.currency, cycle=cycle)
    return Context(term_of)


def _differing(old: Facts, new: Facts) -> Iterator[Pair]:
    """The facts that differ: those there are now in order, then those that are gone."""
    before, after = with_stand_ins(old, new), with_stand_ins(new, old)
    covered: set[Path] = set()
    for path in (*after, *(path for path in before if path not in after)):
        pair = before.get(path), after.get(path)
        if _differs(*pair) and not _is_below(path, covered):
            if _telling(*pair).term.covers:
                covered.add(path)
            yield pair


def _differs(old: Fact | None, new: Fact | None) -> bool:
    if old is None or new is None:
        return not _telling(old, new).is_default
    if old.at.path[-1] == ORDER and set(_names(old)) != set(_names(new)):
        return False  # what came and went is told by itself
    return old.value != new.value or _numbers_moved(old, new)


def _names(fact: Fact) -> Iterable[object]:
    return fact.value if isinstance(fact.value, tuple) else ()


def _numbers_moved(old: Fact, new: Fact) -> bool:
    """Whether the same number is for another length of time: 10.00 a month, 10.00 a year."""
    numbers = _numbers(old, new)
    return old.cycle != new.cycle and numbers is not None and numbers[0] != numbers[1]


def _is_below(path: Path, covered: Iterable[Path]) -> bool:
    return any(path[: len(above)] == above for above in covered)


def _telling(old: Fact | None, new: Fact | None) -> Fact:
    """The fact that says what changed: the new one if there is one."""
    return next(fact for fact in (new, old) if fact is not None)


def _direction(old: Fact | None, new: Fact | None) -> Direction:
    term = _telling(old, new).term
    if term.weigh and old and new:
        return term.weigh(old.subject, new.subject) if old.basis == new.basis else Direction.NONE
    numbers = _numbers(old, new)
    return term.effect(*numbers) if numbers else Direction.NONE


def _numbers(old: Fact | None, new: Fact | None) -> tuple[Fraction | None, Fraction | None] | None:
    """Both numbers, for the same length of time; None when they cannot be compared."""
    if old is None or new is None:
        return old.number if old else None, new.number if new else None
    if old.basis != new.basis:
        return None
    if old.cycle is None or new.cycle is None or new.number is None:
        return old.number, new.number
    ratio = cycle_ratio(old.cycle, new.cycle)
    return (old.number, new.number / ratio) if ratio else None


def _percent(old: Fact | None, new: Fact | None) -> Fraction | None:
    if old is None or new is None or old.term.measure is Measure.TEXT:
        return None
    before, after = _numbers(old, new) or (None, None)
    return (after / before - 1) * 100 if before and after is not None else None


def _note(old: Fact | None, new: Fact | None) -> str:
    if old is not None and new is not None and old.cycle != new.cycle:
        return "for another length of time: the billing cycle changed"
    return _telling(old, new).term.note


def _pointer(old: Fact | None, new: Fact | None, after: Facts) -> str:
    """Where in the head the new value stands, or what is left of what held the old one."""
    if new is not None:
        return new.at.pointer
    path = _telling(old, new).at.path
    holders = (after.get(path[:length]) for length in range(len(path) - 1, 0, -1))
    holder = next((fact for fact in holders if fact is not None), None)
    return holder.at.pointer if holder else escape_pointer(path[0])


def _side(fact: Fact | None, document: Document[Entity]) -> Side | None:
    if fact is None:
        return None
    return Side(fact.text, document.path, line_of(document, fact.at.pointer), fact.at.pointer)


def line_of(document: Document[Entity], pointer: str) -> int:
    """The line of what a pointer names, or of the object around it when it is not written."""
    while pointer and pointer not in document.lines:
        pointer = pointer.rpartition("/")[0]
    return document.lines.get(pointer, 1)

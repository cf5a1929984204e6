"""How members with structure are told: parts, lists, tables, tiers, charges.

Each function here is a `Tell`: it takes the value of a member and yields facts. All of them walk
entities generically, so a new member of a document is told without a line of code.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from planql.catalog.diff.terms import Context, Fact, Tell, Term, leaf, never
from planql.catalog.diff.texts import value_text
from planql.catalog.rate_plans import Charge, OneTimeCharge, UsageCharge
from planql.charge_models import ChargeModel
from planql.charge_models.tiers import TierBase
from planql.entity import Entity

ORDER: Final = "*order"
"""Last part of the path of the fact about the order of a list."""

OPEN: Final = Fraction(10) ** 40
"""The bound of the open tier, above any quantity."""

Enter = Callable[[Context, Any], Context]
"""What an item of a list means for what is said inside it."""


def members(entity: Entity, at: Context) -> Iterator[Fact]:
    """What an entity says, in the order of its members."""
    for name, field in type(entity).model_fields.items():
        value = getattr(entity, name)
        if value is None:
            continue  # what is left out says nothing
        term = at.vocabulary(type(entity), name)
        is_default = not field.is_required() and value == field.get_default(
            call_default_factory=True
        )
        yield from term.tell(term, value, at.into(field.alias or name), is_default)


def nothing(term: Term, value: object, at: Context, is_default: bool) -> Iterator[Fact]:  # noqa: ARG001 - a Tell
    """A member that identifies its holder, or that nobody reads."""
    return iter(())


def part(term: Term, value: Entity, at: Context, is_default: bool) -> Iterator[Fact]:  # noqa: ARG001 - a Tell
    """An entity inside, told by its members."""
    yield from members(value, at)


def model(term: Term, value: ChargeModel, at: Context, is_default: bool) -> Iterator[Fact]:
    """A charge model: which one, then its prices."""
    for fact in leaf(term, value.type, at, is_default):
        yield replace(fact, subject=value)
    yield from members(value, at)


def table(term: Term, value: Mapping[str, object], at: Context, is_default: bool) -> Iterator[Fact]:
    """A table: a fact for each entry."""
    for name, entry in value.items():
        named = replace(term, words=term.words.format(name))
        yield from leaf(named, entry, at.into(name), is_default)


def money_table(
    term: Term, value: Mapping[str, Decimal], at: Context, is_default: bool
) -> Iterator[Fact]:
    """A table of amounts, each in the currency it is called by."""
    for fact in table(term, value, at, is_default):
        yield replace(fact, at=replace(fact.at, currency=fact.at.path[-1]))


def items(term: Term, value: tuple[str, ...], at: Context, is_default: bool) -> Iterator[Fact]:  # noqa: ARG001 - a Tell
    """A list of names: a fact for each, and one about their order."""
    for index, item in enumerate(value):
        place = at.into(index, name=item)
        yield Fact(term, place, term.words + at.about, item, item, Fraction(1))
    yield from _order(term, value, at)


def keyed(
    identity: Callable[[Any], str], title: str = "{}", enter: Enter = lambda at, _: at
) -> Tell:
    """A list of entities, each identified by something in it and told by its members.

    Args:
        identity: What identifies an item on both sides; of repeated ones the order does.
        title: What an item is called, with `{}` for what identifies it.
        enter: What an item means for what is said inside it.
    """

    def tell(term: Term, value: Iterable[Entity], at: Context, is_default: bool) -> Iterator[Fact]:  # noqa: ARG001 - a Tell
        seen = Counter[str]()
        for index, item in enumerate(value):
            name = identity(item)
            seen[name] += 1
            own = name if seen[name] == 1 else f"{name}#{seen[name]}"
            called = title.format(name)
            inside = enter(at.into(index, own, f" of {called}" if called else ""), item)
            words = called or term.words
            yield Fact(term, inside, words, own, name, term.number(item), subject=item)
            yield from members(item, inside)
        unimportant = replace(term, frozen=never, is_cosmetic=True)
        yield from _order(unimportant, [identity(item) for item in value], at)

    return tell


def tier_name(tier: TierBase) -> str:
    """What identifies a tier: "tier up to 100", "open tier"."""
    return "open tier" if tier.up_to is None else f"tier up to {_plain(tier.up_to)}"


def tier_bound(tier: TierBase) -> Fraction:
    """Where a tier ends, inclusive; the open one above any quantity."""
    return OPEN if tier.up_to is None else Fraction(tier.up_to)


def enter_charge(at: Context, charge: Charge) -> Context:
    """What a charge counts and bills, and how often."""
    own = charge.billing_cycle.as_interval() if charge.billing_cycle else at.cycle
    meter = charge.meter if isinstance(charge, UsageCharge) else ""
    return replace(
        at,
        charge=charge.key,
        charge_type=charge.type,
        basis=(charge.type, meter),
        cycle=None if isinstance(charge, OneTimeCharge) else own,
    )


def _order(term: Term, names: Iterable[Hashable], at: Context) -> Iterator[Fact]:
    """The order of a list; on one side alone it says nothing."""
    names = tuple(names)
    words = f"order of {term.words or 'items'}s{at.about}"
    ordered = replace(term, number=lambda _: None, covers=False, weigh=None)
    yield Fact(ordered, at.into(ORDER), words, names, value_text(names), is_default=True)


def _plain(number: Decimal) -> str:
    """A bound without superfluous zeros, so that "100" and "100.0" are one bound."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

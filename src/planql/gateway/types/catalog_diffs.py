"""`CatalogDiff`: what changed between two catalogs, in the words of pricing."""

from decimal import Decimal
from enum import Enum
from typing import Final

import strawberry
from strawberry import enum_value

from planql.catalog import diff, snapshot
from planql.catalog.documents import Document
from planql.entity import Entity
from planql.gateway.scalars import CurrencyCode
from planql.gateway.types.sources import Source, source_of
from planql.money import plain


@strawberry.enum(description="What a change means to a customer, most important first.")
class ChangeClass(Enum):
    """`planql.catalog.diff.ChangeClass`."""

    BREAKING = enum_value(
        "breaking", description="Changes what was promised: it is refused and never served."
    )
    PRICE_UP = enum_value("price_up", description="Customers may pay more.")
    PRICE_DOWN = enum_value("price_down", description="Customers may pay less.")
    NEUTRAL = enum_value(
        "neutral", description="Matters, but is no price by itself, or raises some and lowers some."
    )
    COSMETIC = enum_value("cosmetic", description="Words only.")


@strawberry.enum(description="Where a change moves what customers pay.")
class ChangeDirection(Enum):
    """`planql.catalog.diff.Direction`."""

    UP = enum_value("up", description="They may pay more.")
    DOWN = enum_value("down", description="They may pay less.")
    NONE = enum_value("none", description="Neither, or both.")


@strawberry.enum(description="What happened to a document.")
class DocumentEvent(Enum):
    """`planql.catalog.diff.Event`."""

    ADDED = enum_value("added", description="It is new.")
    REMOVED = enum_value("removed", description="It is gone.")
    CHANGED = enum_value("changed", description="It says something else.")
    PUBLISHED = enum_value("published", description="A draft became a published version.")


@strawberry.enum(description="What the values of a change are.")
class ChangeMeasure(Enum):
    """`planql.catalog.diff.Measure`."""

    AMOUNT = enum_value("amount", description="Money in major units of a currency.")
    QUANTITY = enum_value("quantity", description="Units of what is counted.")
    PERCENTAGE = enum_value("percentage", description="A percentage, 0 to 100.")
    COUNT = enum_value("count", description="A whole number: days, hours, cycles.")
    TEXT = enum_value("text", description="Anything else, in words.")


_NO_DOCUMENT: Final = "Null when it is not there."


@strawberry.type(description="A value on one side of a comparison.")
class ChangedValue:
    """`planql.catalog.diff.Side`."""

    value: str = strawberry.field(description="As it is written; numbers are plain decimals.")
    source: Source = strawberry.field(
        description="Where it is written; what is around it, when it is a default."
    )


@strawberry.type(description="One thing that changed in a document.")
class CatalogChange:
    """`planql.catalog.diff.Change`."""

    what: str = strawberry.field(
        description="In the words of pricing: `unit price of tier up to 100`."
    )
    class_: ChangeClass = strawberry.field(name="class", description="What it means to a customer.")
    direction: ChangeDirection = strawberry.field(
        description="Where it moves what customers pay, also when it is breaking."
    )
    charge: str | None = strawberry.field(
        description="Key of the charge that it belongs to; null for none."
    )
    measure: ChangeMeasure = strawberry.field(description="What the values are.")
    currency: CurrencyCode | None = strawberry.field(description="Of amounts; null elsewhere.")
    old: ChangedValue | None = strawberry.field(description="Null when there was no such thing.")
    new: ChangedValue | None = strawberry.field(description="Null when it is not there any more.")
    percent: Decimal | None = strawberry.field(
        description="The change in percent; null where there is none."
    )
    note: str | None = strawberry.field(
        description="What else a reader should know; null for nothing."
    )


@strawberry.type(description="A document that differs between two catalogs.")
class DocumentDiff:
    """`planql.catalog.diff.ObjectDiff`."""

    kind: str = strawberry.field(description="Its kind of document: `rate-plan`.")
    key: str = strawberry.field(description="Its key; empty for `catalog.json`.")
    version: int | None = strawberry.field(description="Of a rate plan; null elsewhere.")
    event: DocumentEvent = strawberry.field(description="What happened to it.")
    follows: int | None = strawberry.field(
        description="For a new version, the one that it is compared with; null elsewhere."
    )
    class_: ChangeClass = strawberry.field(
        name="class", description="The most important class of the event and of its changes."
    )
    base: Source | None = strawberry.field(
        description="The document before; for a new version the one that it follows. "
        + _NO_DOCUMENT
    )
    head: Source | None = strawberry.field(description=f"The document now. {_NO_DOCUMENT}")
    changes: list[CatalogChange] = strawberry.field(description="Most important first.")


@strawberry.type(description="How many changes of a class there are.")
class ChangeCount:
    """An entry of `CatalogDiff.counts`."""

    class_: ChangeClass = strawberry.field(name="class", description="The class.")
    count: int = strawberry.field(description="How many; a new document counts as one.")


@strawberry.type(description="One of two catalogs that are compared.")
class ComparedCatalog:
    """A side of a comparison."""

    commit: str | None = strawberry.field(
        description="The git commit; null when the catalog was read from a directory."
    )
    digest: str = strawberry.field(description="SHA-256 over all its files.")


@strawberry.type(description="What changed between two catalogs, in the words of pricing.")
class CatalogDiff:
    """`planql.catalog.diff.CatalogDiff`."""

    base: ComparedCatalog = strawberry.field(description="The catalog before.")
    head: ComparedCatalog = strawberry.field(description="The catalog now.")
    is_breaking: bool = strawberry.field(
        description="Whether something changed that must not: then `head` is never served."
    )
    counts: list[ChangeCount] = strawberry.field(
        description="How many events and changes there are of every class."
    )
    documents: list[DocumentDiff] = strawberry.field(
        description="Every document that differs, most important first."
    )


def diff_view(
    found: diff.CatalogDiff, base: snapshot.Catalog, head: snapshot.Catalog
) -> CatalogDiff:
    """A difference as the schema shows it."""
    return CatalogDiff(
        base=ComparedCatalog(commit=base.commit, digest=base.digest),
        head=ComparedCatalog(commit=head.commit, digest=head.digest),
        is_breaking=found.is_breaking,
        counts=[
            ChangeCount(class_=ChangeClass(kind.value), count=count)
            for kind, count in found.counts().items()
        ],
        documents=[_document(each, base.commit, head.commit) for each in found.objects],
    )


def _document(found: diff.ObjectDiff, base: str | None, head: str | None) -> DocumentDiff:
    # A new version is compared with one that the head has, too.
    before = head if found.follows else base
    return DocumentDiff(
        kind=found.noun,
        key=found.key,
        version=found.version or None,
        event=DocumentEvent(found.event.value),
        follows=found.follows or None,
        class_=ChangeClass(found.kind.value),
        base=source_of(found.base, before) if found.base else None,
        head=source_of(found.head, head) if found.head else None,
        changes=[
            _change(each, _value(each.old, found.base, before), _value(each.new, found.head, head))
            for each in found.changes
        ],
    )


def _change(
    change: diff.Change, old: ChangedValue | None, new: ChangedValue | None
) -> CatalogChange:
    return CatalogChange(
        what=change.what,
        class_=ChangeClass(change.kind.value),
        direction=ChangeDirection(change.direction.value),
        charge=change.charge or None,
        measure=ChangeMeasure(change.measure.value),
        currency=CurrencyCode(change.currency) if change.currency else None,
        old=old,
        new=new,
        percent=None if change.percent is None else Decimal(plain(change.percent)),
        note=change.note or None,
    )


def _value(
    side: diff.Side | None, document: Document[Entity] | None, commit: str | None
) -> ChangedValue | None:
    if side is None or document is None:
        return None
    return ChangedValue(value=side.text, source=source_of(document, commit, side.pointer))

"""The difference of two catalogs for programs; its schema is schema/diff.schema.json."""

import json
from typing import Annotated, Literal

from pydantic import Field

from planql.catalog.diff import (
    CatalogDiff,
    Change,
    ObjectDiff,
    Side,
)
from planql.catalog.snapshot import Catalog
from planql.entity import Entity, Items
from planql.money import plain

ClassName = Literal["breaking", "price_up", "price_down", "neutral", "cosmetic"]


class SideReport(Entity):
    """A value on one side, and where it is written."""

    value: str
    """As it was written; numbers are plain decimals."""
    path: str
    """The file; empty when there is none."""
    line: Annotated[int, Field(ge=1)]
    """From 1; that of the object around it when the value is a default that is not written."""
    pointer: str
    """JSON pointer of the value inside the file."""


class ChangeReport(Entity):
    """One thing that changed."""

    charge: str
    """Key of the charge that it belongs to; empty for none."""
    what: str
    """In the words of pricing."""
    class_: ClassName = Field(alias="class")
    """What it means to a customer."""
    direction: Literal["up", "down", "none"]
    """Where it moves what customers pay, also when it is breaking."""
    old: SideReport | None
    """Null when there was no such thing."""
    new: SideReport | None
    """Null when there is no such thing any more."""
    measure: Literal["amount", "quantity", "percentage", "count", "text"]
    """What the values are."""
    currency: str
    """Of amounts; empty elsewhere."""
    percent: str | None
    """The change in percent, a plain decimal; null where there is none."""
    note: str
    """What else a reader should know; empty for nothing."""


class ObjectReport(Entity):
    """One document that differs."""

    kind: str
    """Its kind of document."""
    key: str
    """Its key; empty for catalog.json."""
    version: int | None
    """Of a rate plan; null elsewhere."""
    event: Literal["added", "removed", "changed", "published"]
    """What happened to it."""
    follows: int | None
    """For a new version, the one that it is compared with; null elsewhere."""
    class_: ClassName = Field(alias="class")
    """The most important class of the event and of its changes."""
    path: str
    """The file, or what it was."""
    changes: Items[ChangeReport]
    """Most important first."""


class SnapshotReport(Entity):
    """One of the two catalogs."""

    commit: str | None
    """Null when it was read from a directory."""
    digest: str
    """Equal digests are equal catalogs."""


class DiffReport(Entity):
    """What `planql diff --format json` prints."""

    base: SnapshotReport
    """The catalog before."""
    head: SnapshotReport
    """The catalog now."""
    counts: dict[ClassName, int]
    """How many events and changes there are of every class."""
    objects: Items[ObjectReport]
    """Every document that differs, most important first."""


def diff_document(diff: CatalogDiff, base: Catalog, head: Catalog) -> str:
    """The difference as one JSON document."""
    report = DiffReport(
        base=SnapshotReport(commit=base.commit, digest=base.digest),
        head=SnapshotReport(commit=head.commit, digest=head.digest),
        counts={kind.value: number for kind, number in diff.counts().items()},
        objects=tuple(map(_object, diff.objects)),
    )
    return json.dumps(report.model_dump(mode="json", by_alias=True), indent=2, ensure_ascii=False)


def _object(found: ObjectDiff) -> ObjectReport:
    document = found.head or found.base
    members = {
        "kind": found.noun,
        "key": found.key,
        "version": found.version or None,
        "event": found.event.value,
        "follows": found.follows or None,
        "class": found.kind.value,
        "path": document.path if document else "",
        "changes": tuple(map(_change, found.changes)),
    }
    return ObjectReport.model_validate(members)


def _change(change: Change) -> ChangeReport:
    members = {
        "charge": change.charge,
        "what": change.what,
        "class": change.kind.value,
        "direction": change.direction.value,
        "old": _side(change.old),
        "new": _side(change.new),
        "measure": change.measure.value,
        "currency": change.currency,
        "percent": None if change.percent is None else plain(change.percent),
        "note": change.note,
    }
    return ChangeReport.model_validate(members)


def _side(side: Side | None) -> SideReport | None:
    if side is None:
        return None
    return SideReport(value=side.text, path=side.path, line=side.line, pointer=side.pointer)

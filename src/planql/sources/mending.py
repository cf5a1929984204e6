"""Reading on past a mistake: a document with its mistakes taken out, so that rules find the rest.

A price that is a number instead of a text should not hide that the same plan names a meter that
does not exist. What is wrong is left out where it may be, and otherwise replaced by a stand-in;
what a rule then says about a stand-in is no mistake of the author, and is not reported.

Owns: taking mistakes out, and which reports follow from that.
Does not own: judging the rest (`planql.catalog.checks`).
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final

from planql.entity.shapes import Shape
from planql.problems import Mistake, escape_pointer, nearest

StandIns = Mapping[str, object]

DocumentPlace = tuple[str, str]
"""A document's path, and a pointer into it."""

_CHARGE: Final[StandIns] = {
    "key": "unknown",
    "name": "-",
    "type": "one_time",
    "model": {"type": "flat", "amount": "0"},
}
_CHARGE_MEMBERS: Final[StandIns] = {
    "name": "-",
    "meter": "unknown",
    "model": {"type": "flat", "amount": "0"},
}
_MEMBER_OF_CHARGE: Final = 3
"""Parts of the path to a member of a charge: `charges`, its index, the member."""

_STAND_INS: Final[Mapping[str, StandIns]] = {
    "catalog": {"format": 1, "name": "-", "time_zone": "UTC"},
    "agent-type": {"name": "-"},
    "product": {"name": "-"},
    "meter": {"event": "-", "aggregation": {"type": "count"}, "unit": "-"},
    "rate-plan": {
        "status": "draft",
        "product": "unknown",
        "name": "-",
        "currency": "CLF",
        "billing_cycle": "annual",
        "effective_from": "0001-01-01",
        "charges": [_CHARGE],
    },
    "migration": {
        "rate_plan": "unknown",
        "from": 1,
        "to": 2,
        "announced_on": "9999-12-31",
        "at": "next_period",
    },
    "cost": {
        "meter": "unknown",
        "rows": [{"effective_from": "0001-01-01", "unit_costs": {"USD": "0"}}],
    },
    "scenario": {"name": "-"},
    "discount": {"percentage": "1", "amounts": {"USD": "1"}, "units": "1"},
}
"""What takes the place of a required member; keys and versions have none: they are identity."""

_CONSEQUENCES: Final[Mapping[str, frozenset[str]]] = {
    "/currency": frozenset({"amount-too-fine", "discount-currency"}),
    "/billing_cycle": frozenset({"charge-cycle"}),
    "/effective_from": frozenset({"effective-from-order", "migration-too-early", "cost-currency"}),
    "/products": frozenset({"cost-currency"}),
    "/quantities": frozenset({"missing-quantity"}),
    "/amounts": frozenset({"discount-currency", "no-amounts"}),
    "/charges": frozenset({"discount-charges"}),
    "/scope": frozenset({"discount-charges", "free-units-scope"}),
    "/code": frozenset({"unused-document"}),
}
"""What was left out or replaced -> the rules that compare it with something elsewhere."""


@dataclass(slots=True)
class Mended:
    """A document while its mistakes are taken out.

    Attributes:
        value: The document; changed in place.
        unsure: Pointers to what was left out or replaced.
    """

    kind: str
    shape: Shape
    value: object
    unsure: set[str] = field(default_factory=set)

    def take_out(self, mistakes: Iterable[Mistake]) -> None:
        """Take mistakes out as far as that is possible."""
        for mistake in mistakes:
            parts = _parts(mistake.pointer)
            if mistake.code == "unknown-member":
                self._take_out_name(parts)
            elif self.kind == "rate-plan" and parts[:1] == ["charges"] and len(parts) > 1:
                self._take_out_of_charge(parts)
            else:
                self._take_out(self.value, self.shape, parts, _STAND_INS.get(self.kind, {}), "")

    def _take_out_name(self, parts: Sequence[str]) -> None:
        """Take out a member that is not known.

        The one that was probably meant is not missing. Deep inside the document it is unclear
        which that is, so nothing is said of the object that holds it.
        """
        _holder(self.value, parts).pop(parts[-1], None)
        if len(parts) == 1:
            meant = nearest(parts[0], self._root().members)
            self.unsure |= (
                {escape_pointer(meant)} if meant and not _at(self.value, [meant]) else set()
            )
        elif parts[0] != "charges" or len(parts) > _MEMBER_OF_CHARGE:
            self.unsure.add(escape_pointer(*parts[:-1]))

    def _root(self) -> Shape:
        """The shape of the document, of its type where there are several."""
        return self.shape.at(str(_at(self.value, ["type"]))) if self.shape.tags else self.shape

    def _take_out_of_charge(self, parts: Sequence[str]) -> None:
        """Take a mistake out of a charge, or the charge out, when it is unclear which it is."""
        charges, index = _items(self.value, "charges"), int(parts[1])
        shape, charge = self.shape.at("charges").at(index), charges[index]
        kind = charge.get("type") if isinstance(charge, dict) else None
        if kind in shape.tags and parts[2:3] != ["key"]:
            self._take_out(charge, shape, parts[2:], _CHARGE_MEMBERS, escape_pointer(*parts[:2]))
        else:
            charges[index] = deepcopy(_CHARGE)
            self.unsure.add(escape_pointer(*parts[:2]))

    def _take_out(
        self, node: object, shape: Shape, parts: Sequence[str], stand_ins: StandIns, pointer: str
    ) -> None:
        """Take a mistake out of the object `node`; `parts` lead to it from there."""
        if not isinstance(node, dict):
            return
        shape = shape.at(str(node.get("type"))) if shape.tags else shape
        required = [name for name in shape.members if name not in shape.optional_members]
        for name in parts[:1] or [name for name in required if name not in node]:
            node.pop(name, None)
            if name in stand_ins and name in required:
                node[name] = deepcopy(stand_ins[name])
            self.unsure.add(pointer + escape_pointer(name))


def follows(places: Iterable[DocumentPlace], unsure: Mapping[str, Iterable[str]]) -> bool:
    """Whether a mistake is about what was left out or replaced, going by any of its places.

    Args:
        places: Where the mistake is, and what it is related to.
        unsure: Path of a document -> pointers to what was left out or replaced in it.
    """
    return any(
        _is_inside(pointer, place) for path, pointer in places for place in unsure.get(path, ())
    )


def consequences(unsure: Sequence[str]) -> frozenset[str]:
    """The codes of rules that compare something elsewhere with what was left out or replaced."""
    always = ["unchanged-version" for _ in unsure]
    return frozenset(always).union(*(_CONSEQUENCES.get(place, ()) for place in unsure))


def _is_inside(pointer: str, place: str) -> bool:
    return pointer == place or pointer.startswith(place + "/")


def _parts(pointer: str) -> list[str]:
    """The member names and indexes of a JSON pointer."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def _at(value: object, parts: Sequence[str]) -> object:
    """The value at the end of `parts`; None when something on the way was taken out."""
    for part in parts:
        if isinstance(value, list):
            value = value[int(part)] if int(part) < len(value) else None
        else:
            value = value.get(part) if isinstance(value, dict) else None
    return value


def _items(value: object, member: str) -> list[object]:
    """The list that a member of a document is."""
    found = _at(value, [member])
    return found if isinstance(found, list) else []


def _holder(value: object, parts: Sequence[str]) -> dict[str, object]:
    """The object that has the member at the end of `parts`; an empty one when it is gone."""
    found = _at(value, parts[:-1])
    return found if isinstance(found, dict) else {}

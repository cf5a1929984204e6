"""What pydantic reports, in planql's words."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import Discriminator, Field, StringConstraints, Tag, ValidationError

from planql.entity import (
    Amount,
    CurrencyCode,
    Entity,
    Items,
    Key,
    Text,
    mistakes_of,
    parse_entity,
    parse_json,
    read_entity,
)
from planql.errors import InvalidInput
from planql.problems import Mistake


class Percentage(Entity):
    """A member of a union whose tag is the name of one of its members, too."""

    type: Literal["percentage"]
    percentage: Amount
    flat: Amount | None = None


class Fixed(Entity):
    """The other member of the union."""

    type: Literal["fixed"]
    amounts: dict[CurrencyCode, Amount]


class Group(Entity):
    """A recursive member of a union that is told apart by a function."""

    parts: Items["Node"] = Field(alias="and", min_length=1)


class Leaf(Entity):
    """The end of the recursion."""

    name: Text


def _kind(value: object) -> str:
    return "group" if isinstance(value, dict) and "and" in value else "leaf"


Node = Annotated[
    Annotated[Group, Tag("group")] | Annotated[Leaf, Tag("leaf")], Discriminator(_kind)
]
Model = Annotated[Percentage | Fixed, Discriminator("type")]


class Plan(Entity):
    """A document with every shape there is."""

    key: Key
    version: Annotated[int, Field(ge=1, le=9)] = 1
    format: Literal[1] = 1
    status: Literal["draft", "published"] = "draft"
    open: bool = True
    code: Annotated[str, StringConstraints(max_length=3)] = ""
    metadata: dict[str, str] = Field(default_factory=dict)
    models: Items[Model] = ()
    tree: Node | None = None


def mistakes(**members: object) -> list[Mistake]:
    """The mistakes in a plan that is right but for some members."""
    with pytest.raises(ValidationError) as refused:
        Plan.model_validate({"key": "pro", **members})
    return mistakes_of(refused.value, Plan.__pydantic_core_schema__)


CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases/entity/mistakes.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
PERCENTAGE = {"type": "percentage", "percentage": "5"}


@pytest.mark.parametrize("case", CASES, ids=[f"{case['members']}" for case in CASES])
def test_says_what_is_wrong(case: dict[str, Any]) -> None:
    """One mistake, in words that fit any document, at the pointer of its value."""
    members = parse_json(json.dumps(case["members"]))
    assert isinstance(members, dict)
    (found,) = mistakes(**members)
    assert not found.at_key
    for part in ("code", "message", "pointer", "hint"):
        assert getattr(found, part) == case[part]


def test_points_at_the_name_of_an_unknown_member() -> None:
    """An unknown member is reported at its name, with the one that was meant."""
    (found,) = mistakes(opn=False)
    assert (found.code, found.pointer, found.at_key) == ("unknown-member", "/opn", True)
    assert found.hint == 'did you mean "open"?'


def test_lists_the_members_when_none_is_meant() -> None:
    """A member that is like no other gets the list of those there are, by the names in files."""
    (found,) = mistakes(tree={"and": [{"name": "a"}, {"name": "b"}], "xyz": 1})
    assert (found.pointer, found.hint) == ("/tree/xyz", 'known here: "and"')
    (found,) = mistakes(models=[PERCENTAGE | {"xyz": 1}])
    assert (found.pointer, found.hint) == (
        "/models/0/xyz",
        'known here: "type", "percentage", "flat"',
    )


def test_points_at_the_name_of_a_wrong_key() -> None:
    """A currency that is none is reported at its name, a wrong amount at its value."""
    first, second = mistakes(models=[{"type": "fixed", "amounts": {"EURO": "5", "USD": 5}}])
    assert (first.code, first.pointer, first.at_key) == (
        "unknown-currency",
        "/models/0/amounts/EURO",
        True,
    )
    assert (second.code, second.pointer, second.at_key) == (
        "number-not-text",
        "/models/0/amounts/USD",
        False,
    )


def test_reports_a_misspelt_member_once() -> None:
    """A required member whose name is misspelt is not missing as well; another one is."""
    found = mistakes(models=[{"type": "percentage", "percentge": "5"}])
    assert [(mistake.code, mistake.pointer) for mistake in found] == [
        ("unknown-member", "/models/0/percentge")
    ]
    found = mistakes(models=[{"type": "percentage", "note": "5"}])
    assert [mistake.code for mistake in found] == ["missing-member", "unknown-member"]


def test_does_not_call_a_list_short_whose_items_are_wrong() -> None:
    """A list that has items enough is not too short because of the mistakes in them."""
    found = mistakes(tree={"and": [{"name": "a"}, {"name": 5}]})
    assert [(mistake.code, mistake.pointer) for mistake in found] == [
        ("not-text", "/tree/and/1/name")
    ]


def test_reads_an_entity() -> None:
    """A value without mistakes is the entity, its lists immutable."""
    plan = parse_entity(
        Plan, '{"key": "pro", "models": [{"type": "percentage", "percentage": "5"}]}'
    )
    assert plan == read_entity(Plan, {"key": "pro", "models": [PERCENTAGE]})
    assert isinstance(plan.models, tuple)


def test_refuses_an_entity_with_its_first_mistake() -> None:
    """Code, message, pointer and hint of the first mistake are those of the error."""
    with pytest.raises(InvalidInput) as refused:
        read_entity(Plan, {"key": "pro", "opn": 1, "status": "x"})
    error = refused.value
    assert (error.code, error.pointer) == ("unknown-value", "/status")
    assert error.message == '"x" is not one of "draft", "published"'


def test_refuses_an_entity_that_is_no_json() -> None:
    """A text that is not JSON is refused before anything else."""
    with pytest.raises(InvalidInput) as refused:
        parse_entity(Plan, b"{")
    assert refused.value.code == "json-syntax"


def test_an_entity_cannot_be_changed() -> None:
    """What is read from a file is frozen."""
    with pytest.raises(ValidationError):
        Plan(key="pro").key = "other"  # type: ignore[misc]

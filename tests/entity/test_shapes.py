"""What an entity expects at a place of a document."""

from planql.catalog.meters import Meter
from planql.catalog.rate_plans import RatePlan
from planql.entity.shapes import is_name, shape_of, walk

PLAN = shape_of(RatePlan.__pydantic_core_schema__)
METER = shape_of(Meter.__pydantic_core_schema__)


def test_knows_the_members_of_an_object_by_their_names_in_files() -> None:
    """Members are called as in documents, not as in the code."""
    assert PLAN.members[:3] == ("$schema", "key", "version")
    assert {"trial", "$schema"} <= PLAN.optional_members
    assert "key" not in PLAN.optional_members


def test_goes_through_lists_unions_and_optional_members() -> None:
    """Items, the tags of unions and the members of both have their shapes."""
    charge = PLAN.at("charges").at(0)
    assert charge.tags == ("one_time", "recurring", "usage")
    assert "meter" in charge.at("usage").members
    tiers = charge.at("usage").at("model").at("volume").at("tiers")
    assert tiers.at(3).members == ("up_to", "flat_amount", "unit_amount")
    assert PLAN.at("trial").members == ("days", "bill_usage")
    assert PLAN.at("status").choices == ("draft", "published", "archived")


def test_goes_through_shapes_that_hold_themselves() -> None:
    """A filter holds filters, as deep as a document goes."""
    inner = METER.at("filter").at("and").at("and").at(0).at("or").at("or").at(1)
    assert inner.tags == ("and", "or", "condition")


def test_expects_nothing_at_an_unknown_place() -> None:
    """Of what no entity has nothing is known, however far one goes."""
    unknown = PLAN.at("colour").at(0).at("x")
    assert (unknown.members, unknown.tags, unknown.choices) == ((), (), ())
    assert PLAN.at("charges").at(0).at("free").members == ()
    assert PLAN.at("metadata").at("team").members == ()


def test_tells_tags_from_members() -> None:
    """A location without the tags of unions is the path in the document."""
    location = ("charges", 0, "usage", "model", "percentage", "percentage")
    path = [part for _, part in walk(PLAN, location)]
    assert path == ["charges", 0, "model", "percentage"]


def test_tells_names_from_values() -> None:
    """A mistake in the name of a member is marked behind it."""
    assert is_name(("amounts", "EURO", "[key]"))
    assert not is_name(("amounts", "EURO"))
    assert not is_name(())
    assert [part for _, part in walk(PLAN, ("metadata", "a", "[key]"))] == ["metadata", "a"]

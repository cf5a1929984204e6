"""Documents as they were read, and what paths say about them."""

import pytest

from planql.catalog.document_kinds import DOCUMENT_KINDS, kind_named, read_name
from planql.catalog.documents import Document, DocumentName, Documents
from planql.catalog.meters import Meter
from planql.catalog.products import AgentType, Product
from planql.discounts import PercentageDiscount
from planql.entity import read_entity

PRODUCT = Document(read_entity(Product, {"key": "support", "name": "Support"}), "a")
AGENT_TYPE = Document(read_entity(AgentType, {"key": "support", "name": "Support"}), "b")
DISCOUNT = Document(
    read_entity(PercentageDiscount, {"key": "l", "type": "percentage", "percentage": "5"}), "c"
)


def test_documents_are_found_by_kind() -> None:
    """Every document is of one kind, discounts of every type of the same."""
    documents = Documents((PRODUCT, AGENT_TYPE, DISCOUNT))
    assert documents.of(Product) == documents.products == (PRODUCT,)
    assert documents.agent_types == (AGENT_TYPE,)
    assert documents.discounts == (DISCOUNT,)
    assert documents.of(Meter) == documents.meters == ()
    assert documents.rate_plans == ()
    assert documents.migrations == ()
    assert documents.costs == ()
    assert documents.scenarios == ()
    assert documents.settings is None


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("catalog.json", DocumentName("catalog", "")),
        ("agent-types/support.json", DocumentName("agent-type", "support")),
        ("products/support.json", DocumentName("product", "support")),
        ("meters/a.b.json", DocumentName("meter", "a.b")),
        ("rate-plans/support-pro/v12.json", DocumentName("rate-plan", "support-pro", 12)),
        ("discounts/launch.json", DocumentName("discount", "launch")),
        ("costs/hosting.json", DocumentName("cost", "hosting")),
        ("scenarios/typical.json", DocumentName("scenario", "typical")),
    ],
)
def test_a_path_names_its_document(path: str, name: DocumentName) -> None:
    """Kind, key and version can be told from where a file lies, and the other way round."""
    assert read_name(path) == name
    assert kind_named(name.kind).path_of(name.key, name.version) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "meters/.json",
        "meters/a/b.json",
        "meters/a.json.bak",
        "meters/a.yaml",
        "Meters/a.json",
        "rate-plans/pro.json",
        "rate-plans/pro/2.json",
        "rate-plans/pro/v0.json",
        "rate-plans/pro/v01.json",
        "rate-plans/pro/v-1.json",
        "rate-plans/pro/v1234567890.json",
        "sub/catalog.json",
    ],
)
def test_other_paths_name_none(path: str) -> None:
    """What lies elsewhere, or is called otherwise, is no document."""
    assert read_name(path) is None


def test_folders_on_the_way_to_documents() -> None:
    """Rate plans lie one folder deeper than the others."""
    assert kind_named("rate-plan").may_lie_in("rate-plans")
    assert kind_named("rate-plan").may_lie_in("rate-plans/pro")
    assert not kind_named("rate-plan").may_lie_in("rate-plans/pro/old")
    assert not kind_named("meter").may_lie_in("meters/old")
    assert not kind_named("catalog").may_lie_in("meters")


def test_every_kind_has_its_own_name_folder_and_schema() -> None:
    """No two kinds share a folder."""
    assert len({kind.folder for kind in DOCUMENT_KINDS}) == len(DOCUMENT_KINDS)
    assert kind_named("rate-plan").schema_file == "rate-plan.schema.json"
    assert kind_named("catalog").folder == ""
    with pytest.raises(StopIteration):
        kind_named("colour")

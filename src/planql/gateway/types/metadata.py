"""`MetadataEntry`: what a company keeps beside a document."""

from collections.abc import Mapping

import strawberry


@strawberry.type(description="A name and a text that the company keeps beside a document.")
class MetadataEntry:
    """One entry."""

    name: str = strawberry.field(description="The entry's name, unique in its document.")
    value: str = strawberry.field(description="The entry's text.")


def metadata_entries(metadata: Mapping[str, str]) -> list[MetadataEntry]:
    """The entries, in the order written."""
    return [MetadataEntry(name=name, value=value) for name, value in metadata.items()]

"""An event as a JSON document: the careful reading, which puts every mistake at its place."""

from pydantic import ConfigDict, Field

from planql.entity import Entity, Instant, Text


class EventDocument(Entity):
    """A CloudEvent; attributes that are not listed here are let through unread."""

    model_config = ConfigDict(extra="ignore")

    id: Text
    """Its name, unique within its source."""
    source: str = ""
    """Who says so."""
    type: Text
    """What happened; meters choose events by it."""
    subject: str = ""
    """Key of the customer."""
    time: Instant
    """When it happened."""
    recorded_at: Instant | None = None
    """When it became known; at its time, when left out."""
    data: dict[str, object] = Field(default_factory=dict)
    """What meters read."""

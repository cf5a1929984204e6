"""What is sold, and the kinds of AI agent it is sold for."""

from pydantic import Field

from planql.entity import Entity, Items, Key, SchemaReference, Text


class Activity(Entity):
    """Something an agent does (an action) or achieves (an outcome)."""

    key: Key
    """Stable name, unique among the agent type's actions or outcomes."""
    name: Text
    """Shown to people."""
    description: Text | None = None
    """Says more, in a sentence or two."""


class AgentType(Entity):
    """A kind of AI agent: what it does and what it achieves."""

    schema_reference: SchemaReference = None
    key: Key
    """Stable name; the file is called `<key>.json`."""
    name: Text
    """Shown to people."""
    description: Text | None = None
    """Says more, in a sentence or two."""
    actions: Items[Activity] = ()
    """What the agent does."""
    outcomes: Items[Activity] = ()
    """What the agent achieves."""
    metadata: dict[str, str] = Field(default_factory=dict)
    """Anything the company wants to keep beside it."""


class Product(Entity):
    """What is sold."""

    schema_reference: SchemaReference = None
    key: Key
    """Stable name; the file is called `<key>.json`."""
    name: Text
    """Shown to customers."""
    description: Text | None = None
    """Shown to customers."""
    agent_type: Key | None = None
    """The kind of agent it is for."""
    features: Items[Text] = ()
    """Lines of the pricing page."""
    metadata: dict[str, str] = Field(default_factory=dict)
    """Anything the company wants to keep beside it."""

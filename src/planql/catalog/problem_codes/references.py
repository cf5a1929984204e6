"""Mistakes about keys that name other documents."""

from typing import Final

from planql.catalog.problem_codes.base import ProblemCode

REFERENCES: Final = (
    ProblemCode(
        "unknown-reference",
        "A key that names another document names one that exists.",
        "A charge whose meter does not exist would bill nothing, month after month.",
        '{"type": "usage", "meter": "tokns"}',
        '{"type": "usage", "meter": "tokens"}',
        "Correct the key (the hint offers the nearest one), or add the document it names.",
    ),
    ProblemCode(
        "wrong-agent-type",
        "A usage charge's meter measures the agent type of the plan's product, or none.",
        "A plan for the support agent would be billed by what the sales agent does.",
        'product: {"agent_type": "support"}   meter: {"measures": {"agent_type": "sales"}}',
        'product: {"agent_type": "support"}   meter: {"measures": {"agent_type": "support"}}',
        "Use a meter of the product's agent type, or correct `measures` or `agent_type`.",
    ),
)

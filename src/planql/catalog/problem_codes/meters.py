"""Mistakes about meters, their filters and what they measure."""

from typing import Final

from planql.catalog.problem_codes.base import ProblemCode

METERS: Final = (
    ProblemCode(
        "filter-value",
        "A filter compares with a string, a number, a boolean, or a list of them.",
        "Nothing in an event is equal to null or to an object; `exists` asks for presence.",
        '{"property": "region", "operator": "eq", "value": null}',
        '{"property": "region", "operator": "exists"}',
        "Write a value that an event can have.",
    ),
    ProblemCode(
        "filter-operator",
        "A filter's value is of the kind its operator compares with.",
        "A comparison that can never be true would count no usage, and bill nothing.",
        '{"property": "region", "operator": "in", "value": "eu"}',
        '{"property": "region", "operator": "in", "value": ["eu"]}',
        "`in` and `not_in` take a list, `gt gte lt lte` a number, `contains` a text, `eq` and "
        "`ne` one value, `exists` none.",
    ),
    ProblemCode(
        "measures-one",
        "`measures` names an action or an outcome of the agent type, not both.",
        "A meter counts one thing; with both nobody knows which.",
        '{"agent_type": "support", "action": "reply", "outcome": "resolved"}',
        '{"agent_type": "support", "outcome": "resolved"}',
        "Keep `action` or `outcome`; make a second meter for the other.",
    ),
    ProblemCode(
        "repeated-activity",
        "The keys of an agent type's actions differ, and so do those of its outcomes.",
        "A meter says by the key what it measures.",
        '"outcomes": [{"key": "resolved", …}, {"key": "resolved", …}]',
        '"outcomes": [{"key": "resolved", …}, {"key": "escalated", …}]',
        "Give one of them another key. The report names the other place.",
    ),
)

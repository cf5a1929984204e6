"""From usage events to quantities.

Owns: usage events and how they are read exactly, their identity, daily totals, filters at work,
groups, and the quantity a meter measures in a period.
Does not own: what a meter or a filter is (`planql.catalog`), the arithmetic of an aggregation
(`planql.aggregations`), prices (`planql.rating`), keeping events (`planql.stores`).

Kinds of time: an event's `time` is when the usage happened and decides where it counts;
`recorded_at` is when it became known and decides nothing here. Periods are half-open instants.

Invariants: an event counts once; the order in which events come in changes nothing but ties; no
event is dropped without being listed; no quantity is rounded except by its meter's rounding.

Source: RULES 3 (docs/rules/metering.md).
"""

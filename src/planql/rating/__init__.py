"""From a measured quantity to a line that explains itself.

Owns: the order of the steps (`pipeline`), a charge prepared for speed (`prepared`), lines and
their steps, prices per event, how discounts and minimums act on amounts.
Does not own: measuring (`planql.metering`), the arithmetic of each model
(`planql.charge_models`), which discounts apply when (`planql.billing`).

Invariants: the steps of a line sum to its amount; every amount is rounded once, at the end of its
line; nothing here reads a clock or does I/O.

Source: RULES 4, 5 and 6 (docs/rules/rating.md).
"""

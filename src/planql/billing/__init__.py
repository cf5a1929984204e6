"""Subscriptions become invoices: one computation for previews and for what is issued.

Owns: stories, a subscription's timeline, proration, what is due when, credits, durations and
budgets of discounts, minimum commitments, late usage, balances, invoices and their JSON.
Does not own: measuring (`planql.metering`), prices and the order of their steps
(`planql.rating`), numbering and storing invoices (`planql.stores`), payment.

Kinds of time: an instant is when something happens (UTC), a local day is what is billed (in the
customer's zone), a billing period is a stretch of local days between two boundaries, `as_of` is
up to when everything is known.

::

    Story -> walk (timeline) -> runs -> pieces -> occasions -> account (lines) -> due (invoices)

Invariants: a pure function of catalog, subscriptions, usage and `as_of`; every day of a recurring
charge is charged once, net of credits; credits never exceed what was charged; the sums of an
invoice are those of its lines.

Source: RULES 2, 6, 7 and 8 (docs/rules/).
"""

"""What prices would earn and cost, day by day, before anyone saves them.

Owns: spreading invoices over days, the cost of usage and of subscription days, margins, the
subscription of a scenario, assumed usage, curves of a price.
Does not own: what is due (`planql.billing`), prices (`planql.rating`), drawing and printing.

Kinds of time: a local day is what a column holds, in the customer's zone; a range of days and a
billing period are half-open. Kinds of numbers: revenue is whole minor units of a currency,
quantities are in units of 10**-12 and costs in units of 10**-24 major units, exact and never
rounded.

::

    subscriptions + usage -> due_invoices -> lines -> days -> rows -> totals
                                                        ^
                               unit costs x usage ------'

Invariants: a simulation runs the billing engine and spreads its lines, so its days sum to the
invoices; a longer or shorter range changes no day; an unknown cost is None with its reason,
never 0.

Source: RULES 9 (docs/rules/simulation.md).
"""

"""What a change of the catalog does to money: two catalogs over the same customers.

::

    diff -> touched plans ---.            .-> before --.
    scenarios ---------------+-> simulate |            +-> comparisons -> headlines
    recorded usage ----------'            '-> after ---'

Owns: which plans a change touches, which version stands for which side, comparing what customers
pay and cost on both, sums over customers.
Does not own: any price or cost (`planql.simulation` computes all of them), reading customers
(`planql.stores`), drawing and printing.

Kinds of time: ranges of days are half-open and begin with a month; what is "per month" is an
average over the whole months of a comparison. Kinds of numbers: exact, in major units, one
currency at a time; currencies never meet.

Invariants: both sides see the same customers, usage and days, so only prices and costs differ; a
figure that is not known is None with its reason, never 0; customers sum to the totals; exchanging
the sides negates every difference.

Source: RULES 7.9, 9, 10 (docs/rules/impact.md).
"""

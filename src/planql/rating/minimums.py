"""Minimums: what is missing to the least amount of a charge or a plan.

Source: RULES 5, step 8 (docs/rules/rating.md). Lago: 7 EUR of usage with a minimum of 10 EUR is
topped up by 3 EUR.
"""

from fractions import Fraction


def top_up(minimum: Fraction, net: Fraction) -> Fraction:
    """What has to be added to `net` to reach `minimum`; 0 when it does, never less.

    Both in major units at the currency's digits; `net` is after the charge's own discounts. A
    net amount below zero counts as it is, so that net + top-up is the minimum.
    """
    return max(minimum - net, Fraction(0))

"""The words of an impact that text and Markdown share; nothing in them is escaped."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from planql.cli.reporters.nouns import counted
from planql.impact.figures import Difference
from planql.impact.results import Bucket, Headline
from planql.money import currency_digits, fixed, grouped, plain, round_amount, round_half_away
from planql.periods import Period

NONE: Final = "\N{EN DASH}"
"""What stands where there is no figure."""

_BAR: Final = 30
"""Characters of the longest bar."""
_EIGHTHS: Final = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def amount(value: Fraction | None, currency: str) -> str:
    """An amount at the digits of its currency; a dash for none."""
    if value is None:
        return NONE
    rounded = round_amount(value, currency)
    return ("-" if rounded < 0 else "") + grouped(fixed(abs(rounded), currency_digits(currency)))


def signed(value: Fraction | None, currency: str) -> str:
    """A change of an amount, with its sign."""
    text = amount(value, currency)
    return f"+{text}" if value is not None and round_amount(value, currency) > 0 else text


def percent(value: Fraction | None) -> str:
    """A percentage to one decimal; a dash for none."""
    return NONE if value is None else fixed(round_half_away(value, 1), 1)


def signed_percent(value: Fraction | None) -> str:
    """A change in percent, with its sign."""
    text = percent(value)
    return f"+{text}" if value is not None and round_half_away(value, 1) > 0 else text


def months_text(months: Sequence[Period]) -> str:
    """The months, at least one: "2026-12 to 2027-11"."""
    first, last = (f"{month.start:%Y-%m}" for month in (months[0], months[-1]))
    return first if first == last else f"{first} to {last}"


def headline(found: Headline) -> str:
    """The total change in one sentence."""
    difference, currency = found.per_month, found.currency
    before, after = (
        amount(each.revenue, currency) for each in (difference.before, difference.after)
    )
    share = signed_percent(difference.revenue_percentage)
    percentage = "" if share == NONE else f", {share} %"
    who = {"scenarios": "of the scenarios", "customers": "of recorded usage"}[found.of]
    return (
        f"{counted(found.customers, 'customer')} {who}: revenue {before} → {after} {currency} "
        f"a month ({signed(difference.revenue, currency)}{percentage}), "
        f"margin {_margins(difference)}"
    )


def _margins(difference: Difference) -> str:
    if difference.margin is None:
        return "unknown"
    before, after = (
        amount(each.margin, each.currency) for each in (difference.before, difference.after)
    )
    return f"{before} → {after}"


def bucket_text(bucket: Bucket) -> str:
    """What a bucket holds: "0", "+5 to +10", "over +100", "under -100"."""
    lower, upper = bucket.lower, bucket.upper
    if upper is None:
        return f"over {_bound(lower)}"
    if lower is None:
        return f"under {_bound(upper)}"
    return "0" if lower == upper else f"{_bound(lower)} to {_bound(upper)}"


def _bound(value: Fraction | None) -> str:
    number = value or Fraction(0)
    return ("+" if number > 0 else "") + grouped(plain(number))


def bar(part: Fraction, width: int = _BAR) -> str:
    """A bar as long as `part` of `width` characters, to an eighth of one."""
    eighths = round(max(part, Fraction(0)) * width * len(_EIGHTHS))
    whole, rest = divmod(eighths, len(_EIGHTHS))
    return "█" * whole + _EIGHTHS[rest]

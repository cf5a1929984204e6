"""Exact numbers as the rules want them: read, rounded once, shared out, printed.

Written from the text of the rules alone, with fractions, so that it shares nothing with the
program it judges.
"""

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

Doc = dict[str, Any]

_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
DIGITS = dict.fromkeys(_NONE.split(), 0) | dict.fromkeys(_THREE.split(), 3)
PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class RefusedError(Exception):
    """The rules say that this input is an error."""


def load(text: str) -> Doc:
    """Return a JSON object, its fractional numbers kept exact."""
    document: Doc = json.loads(text, parse_float=Decimal)
    return document


def number(text: object) -> Fraction:
    """Return a decimal string of a catalog or story as an exact number."""
    if not isinstance(text, str) or not PLAIN.fullmatch(text):
        raise RefusedError(f"not a decimal string: {text!r}")
    return Fraction(text)


def price(text: object) -> Fraction:
    """Return a price or amount: at most 12 decimals and not negative."""
    value = number(text)
    if value < 0 or (value * 10**12).denominator != 1:
        raise RefusedError(f"not a price: {text!r}")
    return value


def event_number(value: object) -> Fraction | None:
    """Return a property of an event as an exact number, or None when it cannot be read."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        return Fraction(value)
    if isinstance(value, str) and PLAIN.fullmatch(value):
        return Fraction(value)
    return None


def digits(currency: str) -> int:
    """Return how many decimals the currency has."""
    return DIGITS.get(currency, 2)


def round_half_away(value: Fraction, places: int) -> Fraction:
    """Return the value at so many decimals, a half going away from zero."""
    scale = Fraction(10**places) if places >= 0 else Fraction(1, 10**-places)
    whole = int(abs(value) * scale + Fraction(1, 2))
    return (whole if value >= 0 else -whole) / scale


def round_money(value: Fraction, currency: str) -> Fraction:
    """Return the value in whole minor units of the currency."""
    return round_half_away(value, digits(currency))


def money(text: object, currency: str) -> Fraction:
    """Return an amount that must be whole minor units."""
    value = price(text)
    if round_money(value, currency) != value:
        raise RefusedError(f"finer than {currency}: {text!r}")
    return value


def share(total: Fraction, weights: Sequence[Fraction], currency: str) -> list[Fraction]:
    """Split whole minor units by weight: largest remainder, ties in input order."""
    unit = Fraction(1, 10 ** digits(currency))
    units = total / unit
    exact = [units * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    left = int(units - sum(parts))
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in order[:left]:
        parts[n] += 1
    return [part * unit for part in parts]


def plain(value: Fraction) -> str:
    """Return the value in plain notation, 12 decimals when it has no finite expansion."""
    places = next((n for n in range(60) if (value * 10**n).denominator == 1), 12)
    scaled = round_half_away(value, places) * 10**places
    text = f"{abs(int(scaled)):0{places + 1}d}"
    sign = "-" if scaled < 0 else ""
    return sign + (f"{text[:-places]}.{text[-places:]}" if places else text)

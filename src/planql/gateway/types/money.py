"""`Money`: an amount and its currency, which never part."""

import re
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Annotated, Final

import strawberry
from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency

from planql.errors import InvalidInput
from planql.gateway.compiled.purity import FROM_SNAPSHOT
from planql.gateway.numerals import numeral
from planql.gateway.scalars import CurrencyCode
from planql.money import CURRENCY_DIGITS, plain

_LOCALE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")

LocaleName = Annotated[
    str,
    strawberry.argument(
        description='Language and country of the reader: `"en-US"`, `"de-DE"`, `"ja-JP"`.'
    ),
]


def _formatted(root: strawberry.Parent["Money"], locale: LocaleName = "en-US") -> str:
    """The amount in the reader's language; never rounded."""
    text = plain(root.amount)
    # Else Babel computes with 28 digits; it may add the decimals of a currency.
    with localcontext(prec=len(text) + max(CURRENCY_DIGITS.values())):
        return format_currency(
            Decimal(text), root.currency, locale=_locale(locale), decimal_quantization=False
        )


@strawberry.type(description="An amount of money in major units (dollars, not cents), exact.")
class Money:
    """An amount in a currency."""

    amount: Fraction = strawberry.field(
        description="The amount. Unit prices may have more decimals than the currency."
    )
    currency: CurrencyCode = strawberry.field(description="The currency of the amount.")
    formatted: str = strawberry.field(
        resolver=_formatted,
        description="The amount as people write it, with all its decimals: `$1,234.50`.",
        metadata=FROM_SNAPSHOT,
    )


def _locale(name: str) -> Locale:
    try:
        if _LOCALE.fullmatch(name):
            return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        pass
    message = f'"{name[:40]}" is not a locale that planql knows'
    raise InvalidInput("unknown-locale", message)


def money(amount: Decimal | Fraction, currency: str) -> Money:
    """`amount` of `currency`."""
    # What is computed is printed once at most; what is written in the catalog, again and again.
    exact = amount if isinstance(amount, Fraction) else numeral(amount)
    return Money(amount=exact, currency=CurrencyCode(currency))


def optional_money(amount: Decimal | Fraction | None, currency: str) -> Money | None:
    """`amount` of `currency`, if there is one."""
    return None if amount is None else money(amount, currency)

"""The field types of numbers: decimal strings, exact to the digit, with their JSON Schemas."""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Final

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from planql.entity.json_text import JsonNumber
from planql.entity.refusals import describe, refusal
from planql.errors import InvalidInput
from planql.money import DECIMALS, parse_decimal


def decimal_text(*, positive: bool = False, negative: bool = False) -> Callable[[object], Decimal]:
    """A validator for decimal strings; `negative` allows numbers below 0, `positive` refuses 0."""

    def read(value: object) -> Decimal:
        if isinstance(value, str):
            return _bounded(_parsed(value), value, positive=positive, negative=negative)
        if isinstance(value, Decimal) and not isinstance(value, JsonNumber):
            return value
        if isinstance(value, int | float | JsonNumber) and not isinstance(value, bool):
            raise refusal(
                "number-not-text",
                f"{value} is a JSON number, where a decimal string belongs",
                f'write it in quotes: "{value}"',
            )
        raise refusal(
            "not-a-decimal",
            f"{describe(value)} is not a decimal string",
            'write digits in quotes, such as "12.50"',
        )

    return read


def _parsed(text: str) -> Decimal:
    try:
        return parse_decimal(text)
    except InvalidInput as error:
        raise refusal(error.code, error.message, error.hint) from None


def _bounded(number: Decimal, text: str, *, positive: bool, negative: bool) -> Decimal:
    if text.startswith("-") and not negative:
        raise refusal("negative-number", f'"{text}" is negative; it must be 0 or more')
    if positive and number == 0:
        raise refusal("zero-not-allowed", f'"{text}" must be greater than 0')
    return number


def _decimal_schema(pattern: str, description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "description": description})


_NUMBER: Final = rf"(0|[1-9][0-9]{{0,29}})(\.[0-9]{{1,{DECIMALS}}})?"
_UNSIGNED: Final = f"^{_NUMBER}$"
_SIGNED: Final = f"^-?{_NUMBER}$"
_POSITIVE: Final = rf"^(?!0(\.0+)?$){_NUMBER}$"
_GROWTH: Final = rf"^(-(0|[1-9][0-9]?)|(0|[1-9][0-9]{{0,29}}))(\.[0-9]{{1,{DECIMALS}}})?$"
_SHARE: Final = rf"^(100(\.0{{1,{DECIMALS}}})?|(?!0(\.0+)?$)[1-9]?[0-9](\.[0-9]{{1,{DECIMALS}}})?)$"
_AS_TEXT: Final = PlainSerializer(lambda value: f"{value:f}", return_type=str)

Amount = Annotated[
    Decimal,
    BeforeValidator(decimal_text()),
    _AS_TEXT,
    _decimal_schema(_UNSIGNED, "money in major units, 0 or more, as a decimal string"),
]
"""Money in major units, 0 or more, at most 12 decimals."""

SignedAmount = Annotated[
    Decimal,
    BeforeValidator(decimal_text(negative=True)),
    _AS_TEXT,
    _decimal_schema(_SIGNED, "money in major units, of either sign, as a decimal string"),
]
"""Money in major units, of either sign."""

Quantity = Annotated[
    Decimal,
    BeforeValidator(decimal_text()),
    _AS_TEXT,
    _decimal_schema(_UNSIGNED, "a quantity, 0 or more, as a decimal string"),
]
"""A quantity, 0 or more, at most 12 decimals."""

SignedQuantity = Annotated[
    Decimal,
    BeforeValidator(decimal_text(negative=True)),
    _AS_TEXT,
    _decimal_schema(_SIGNED, "a quantity of either sign, as a decimal string"),
]
"""A quantity of either sign: corrections make usage negative."""

PositiveQuantity = Annotated[
    Decimal,
    BeforeValidator(decimal_text(positive=True)),
    _AS_TEXT,
    _decimal_schema(_POSITIVE, "a quantity above 0, as a decimal string"),
]
"""A quantity above 0."""


def _read_percentage(value: object) -> Decimal:
    return decimal_text()(value)


def _read_share(value: object) -> Decimal:
    number = decimal_text(positive=True)(value)
    if number > 100:  # noqa: PLR2004 - the whole is 100 %
        raise refusal("percentage-range", f'"{number}" is over 100 percent')
    return number


Percentage = Annotated[
    Decimal,
    BeforeValidator(_read_percentage),
    _AS_TEXT,
    _decimal_schema(_UNSIGNED, "a percentage, 0 or more, as a decimal string: 2.9 is 2.9 %"),
]
"""A percentage, 0 or more: "2.9" is 2.9 %."""

Share = Annotated[
    Decimal,
    BeforeValidator(_read_share),
    _AS_TEXT,
    _decimal_schema(_SHARE, "a percentage above 0, at most 100, as a decimal string"),
]
"""A percentage of a whole: above 0, at most 100."""


def _read_growth(value: object) -> Decimal:
    number = decimal_text(negative=True)(value)
    if number <= -100:  # noqa: PLR2004 - the whole is 100 %
        raise refusal("growth-range", f'"{number}" percent leaves nothing to grow from')
    return number


GrowthPercentage = Annotated[
    Decimal,
    BeforeValidator(_read_growth),
    _AS_TEXT,
    _decimal_schema(_GROWTH, "a change in percent, above -100, as a decimal string"),
]
"""A change in percent, of either sign, above -100: "-20" is a fall by a fifth."""

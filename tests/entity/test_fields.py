"""The field types that documents share."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from planql.entity import (
    Amount,
    CurrencyCode,
    Instant,
    JsonNumber,
    Key,
    LocalDate,
    Percentage,
    PositiveQuantity,
    Quantity,
    Share,
    SignedAmount,
    SignedQuantity,
    Text,
    describe,
    parse_instant,
)

DECIMALS: dict[str, Any] = {
    "amount": Amount,
    "signed amount": SignedAmount,
    "quantity": Quantity,
    "signed quantity": SignedQuantity,
    "positive quantity": PositiveQuantity,
    "percentage": Percentage,
    "share": Share,
}
FIELDS: dict[str, Any] = DECIMALS | {
    "key": Key,
    "text": Text,
    "currency": CurrencyCode,
    "date": LocalDate,
    "instant": Instant,
}


def refusal(field: str, value: object) -> str:
    """The code with which a field refuses a value."""
    adapter: TypeAdapter[object] = TypeAdapter(FIELDS[field])
    with pytest.raises(ValidationError) as refused:
        adapter.validate_python(value)
    (details,) = refused.value.errors()
    return details["type"]


@pytest.mark.parametrize("field", DECIMALS)
def test_reads_decimal_strings(field: str) -> None:
    """A decimal string is the number to the digit, and is printed as it was written."""
    adapter: TypeAdapter[Decimal] = TypeAdapter(DECIMALS[field])
    number = adapter.validate_python("12.50")
    assert (number, str(number)) == (Decimal("12.50"), "12.50")
    assert adapter.dump_python(number) == "12.50"
    assert adapter.validate_python(number) == number


@pytest.mark.parametrize("field", DECIMALS)
@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1, "number-not-text"),
        (JsonNumber("0.1"), "number-not-text"),
        (True, "not-a-decimal"),
        (None, "not-a-decimal"),
        ([], "not-a-decimal"),
        ("1,5", "not-a-decimal"),
        ("1e3", "not-a-decimal"),
        ("0.1234567890123", "too-many-decimals"),
        ("1" * 31, "number-too-large"),
    ],
)
def test_refuses_what_is_not_a_decimal_string(field: str, value: object, code: str) -> None:
    """Numbers, other spellings and too many digits are refused by all of them alike."""
    assert refusal(field, value) == code


@pytest.mark.parametrize(
    ("field", "negative", "zero"),
    [
        ("amount", "negative-number", None),
        ("signed amount", None, None),
        ("quantity", "negative-number", None),
        ("signed quantity", None, None),
        ("positive quantity", "negative-number", "zero-not-allowed"),
        ("percentage", "negative-number", None),
        ("share", "negative-number", "zero-not-allowed"),
    ],
)
def test_signs_and_zero(field: str, negative: str | None, zero: str | None) -> None:
    """Which decimals may be below 0 or 0; a minus before a 0 counts as below."""
    adapter: TypeAdapter[Decimal] = TypeAdapter(DECIMALS[field])
    for text, code in [("-1", negative), ("-0", negative), ("0", zero), ("0.00", zero)]:
        if code:
            assert refusal(field, text) == code
        else:
            assert adapter.validate_python(text) == Decimal(text)


def test_a_share_is_at_most_the_whole() -> None:
    """100 percent can be taken off, a little more cannot."""
    assert TypeAdapter(Share).validate_python("100") == 100
    assert refusal("share", "100.01") == "percentage-range"
    assert TypeAdapter(Percentage).validate_python("100.01") == Decimal("100.01")


@pytest.mark.parametrize("key", ["a", "0", "support-pro", "a_b-1", "a" * 80])
def test_takes_keys(key: str) -> None:
    """Lower-case letters, digits, hyphens and underscores, up to 80."""
    assert TypeAdapter(Key).validate_python(key) == key


@pytest.mark.parametrize("key", ["", "-a", "_a", "A", "a b", "ä", "a\n", "a/b", "a" * 81, 5, None])
def test_refuses_other_keys(key: object) -> None:
    """What is no file name on every machine is no key."""
    assert refusal("key", key) == "invalid-key"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("text", 5, "not-text"),
        ("text", "", "blank-text"),
        ("text", " \t\u00a0", "blank-text"),
        ("currency", "usd", "unknown-currency"),
        ("currency", "XAU", "unknown-currency"),
        ("currency", ["USD"], "unknown-currency"),
        ("date", "2026-02-29", "not-a-date"),
        ("date", "2026-W10-1", "not-a-date"),
        ("date", "20260301", "not-a-date"),
        ("date", "2026-03-01T00:00:00Z", "not-a-date"),
        ("date", 20260301, "not-a-date"),
        ("date", datetime(2026, 3, 1, tzinfo=UTC), "not-a-date"),
        ("instant", "2026-03-01T00:00:00", "not-an-instant"),
        ("instant", "2026-03-01", "not-an-instant"),
        ("instant", "2026-03-01T24:00:00Z", "not-an-instant"),
        ("instant", "2026-03-01T00:00:00+25:00", "not-an-instant"),
        ("instant", 0, "not-an-instant"),
        ("instant", datetime(2026, 3, 1), "not-an-instant"),  # noqa: DTZ001 - the mistake itself
    ],
)
def test_refuses_other_forms(field: str, value: object, code: str) -> None:
    """Text is not blank, a currency is a code, a date is a date, an instant has its offset."""
    assert refusal(field, value) == code


def test_reads_texts_currencies_and_dates() -> None:
    """What is written in the right form is taken as it is."""
    assert TypeAdapter(Text).validate_python(" Pro ") == " Pro "
    assert TypeAdapter(CurrencyCode).validate_python("JPY") == "JPY"
    assert TypeAdapter(LocalDate).validate_python("2024-02-29") == date(2024, 2, 29)
    assert TypeAdapter(LocalDate).validate_python(date(2024, 2, 29)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-01T00:00:00Z", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01t00:00:00z", datetime(2026, 3, 1, tzinfo=UTC)),
        (
            "2026-03-01T05:30:00.123456+05:30",
            datetime(2026, 3, 1, 5, 30, 0, 123456, timezone(timedelta(hours=5, minutes=30))),
        ),
        ("2026-03-01T23:59:59.999999999Z", datetime(2026, 3, 1, 23, 59, 59, 999999, UTC)),
    ],
)
def test_reads_instants(text: str, instant: datetime) -> None:
    """Date, time and offset; digits past the microsecond are cut, never rounded up."""
    assert TypeAdapter(Instant).validate_python(text) == instant == parse_instant(text)
    assert TypeAdapter(Instant).validate_python(instant) == instant


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        ('a "b"\n', r'"a \"b\"\n"'),
        ("ü" * 81, f'"{"ü" * 80}…"'),
        ({}, "an object"),
        ([], "a list"),
        ((), "a list"),
        (12, "12"),
        (JsonNumber("1.50"), "1.50"),
    ],
)
def test_describes_values_as_json_writes_them(value: object, words: str) -> None:
    """A value in a message is short, on one line, and looks as it does in the file."""
    assert describe(value) == words

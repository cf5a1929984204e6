"""Content negotiation: which media type an answer has, by the request's `Accept`.

Source: RFC 9110 12.5.1 and GraphQL over HTTP, "Media Types".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from http import HTTPStatus
from typing import Final

from planql.gateway.codes import ErrorCode
from planql.gateway.refusals import Refusal


class MediaType(StrEnum):
    """What the endpoint can answer with, the default first."""

    JSON = "application/json"
    GRAPHQL = "application/graphql-response+json"
    HTML = "text/html"


API_TYPES: Final = (MediaType.JSON, MediaType.GRAPHQL)
"""What a program can be answered with."""

_QUALITY: Final = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_RANGES_READ: Final = 40
_USUAL_CHARACTERS: Final = 200


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One item of an `Accept` header: `text/*;q=0.5`; quality is in thousandths."""

    main: str
    sub: str
    quality: int = 1000
    parameters: dict[str, str] = field(default_factory=dict)

    def specificity(self, media_type: MediaType) -> int | None:
        """How exactly the range names the type: 0 `*/*`, 1 `type/*`, 2 in full; None not at all."""
        if self.parameters.get("charset", "utf-8") not in {"utf-8", "utf8"}:
            return None
        main, _, sub = media_type.value.partition("/")
        matches = {("*", "*"): 0, (main, "*"): 1, (main, sub): 2}
        return matches.get((self.main, self.sub))


def negotiate(accept: bytes, offers: tuple[MediaType, ...]) -> MediaType:
    """The offered type that a header `accept` likes best; the first one when it has no wish.

    The most specific range that names a type gives its quality. Among equals the more specific
    wins, then the one named earlier, then the one offered earlier.

    Raises:
        Refusal: 406, when none is acceptable.
    """
    # Clients send the same few wishes again and again.
    return (_usual if len(accept) <= _USUAL_CHARACTERS else _negotiated)(accept, offers)


def _negotiated(header: bytes, offers: tuple[MediaType, ...]) -> MediaType:
    accept = header.decode("latin-1")
    if not accept.strip():
        return offers[0]
    ranges = list(parse_accept(accept))
    ranked = [(rank, offer) for offer in offers if (rank := _rank(offer, ranges)) is not None]
    if not ranked:
        names = ", ".join(offer.value for offer in offers)
        message = f'nothing in "Accept: {accept[:200]}" can be answered with; there is {names}'
        raise Refusal(HTTPStatus.NOT_ACCEPTABLE, ErrorCode.NOT_ACCEPTABLE, message)
    return max(ranked, key=lambda pair: pair[0])[1]


_usual = lru_cache(maxsize=256)(_negotiated)


def _rank(offer: MediaType, ranges: list[MediaRange]) -> tuple[int, int, int] | None:
    """Quality, specificity and earliness of the range that decides about `offer`."""
    named = [
        (specificity, -position, media_range.quality)
        for position, media_range in enumerate(ranges)
        if (specificity := media_range.specificity(offer)) is not None
    ]
    if not named:
        return None
    specificity, earliness, quality = max(named)
    return (quality, specificity, earliness) if quality else None


def parse_accept(header: str) -> Iterator[MediaRange]:
    """The ranges of an `Accept` header; what cannot be read is passed over."""
    for item in header.split(",", _RANGES_READ)[:_RANGES_READ]:
        name, *parts = (part.strip().lower() for part in item.split(";"))
        main, slash, sub = name.partition("/")
        parameters = dict(_parameters(parts))
        quality = parameters.pop("q", "1")
        if main and slash and sub and _QUALITY.fullmatch(quality):
            whole, _, decimals = quality.partition(".")
            thousandths = int(whole) * 1000 + int(decimals.ljust(3, "0"))
            yield MediaRange(main, sub, thousandths, parameters)


def _parameters(parts: list[str]) -> Iterator[tuple[str, str]]:
    for part in parts:
        name, equals, value = part.partition("=")
        if equals:
            yield name.strip(), value.strip().strip('"')

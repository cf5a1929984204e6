"""Parsing contents, and keeping what was parsed."""

import hashlib
import json

from tests.sources.building import METER

from planql.catalog.document_kinds import kind_named
from planql.sources.parsing import Parsed, ParsedCache

METERS = kind_named("meter")


def parse(cache: ParsedCache, event: str) -> Parsed:
    """A meter of some event, parsed with a cache."""
    content = json.dumps({**METER, "event": event}).encode()
    return cache.parse(METERS, content, hashlib.sha256(content).digest())


def test_parses_a_content_once() -> None:
    """The same content gives the same entity, whatever file it stands in."""
    cache = ParsedCache()
    assert parse(cache, "a") is parse(cache, "a")
    assert parse(cache, "a") is not parse(cache, "b")


def test_tells_kinds_apart() -> None:
    """The same content is another document in the folder of another kind."""
    content = b'{"key": "a", "name": "A"}'
    cache, digest = ParsedCache(), hashlib.sha256(content).digest()
    product = cache.parse(kind_named("product"), content, digest)
    meter = cache.parse(METERS, content, digest)
    assert product.mistakes == ()
    assert {found.mistake.code for found in meter.mistakes} == {"missing-member"}


def test_forgets_what_came_first_when_full() -> None:
    """A cache holds at most its capacity."""
    cache = ParsedCache(capacity=2)
    first, second = parse(cache, "a"), parse(cache, "b")
    parse(cache, "c")
    assert parse(cache, "b") is second
    assert parse(cache, "a") is not first

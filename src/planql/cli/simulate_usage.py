"""The usage that `planql simulate` assumes: scenarios of the catalog, and what is given inline."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Final

import click

from planql.catalog.scenarios import AssumedUsage, Scenario
from planql.cli.named_values import decimal, decimals, named_values, quantity
from planql.cli.simulate_options import SimulateOptions
from planql.entity import JsonNumber, parse_json, read_entity
from planql.errors import InvalidInput
from planql.money import plain
from planql.simulation.priced_plans import PricedPlan, require_declared
from planql.simulation.side_by_side import scenarios_for

INLINE: Final = "inline"
"""Key of the scenario that is given inline."""


def chosen_scenarios(options: SimulateOptions, priced: PricedPlan) -> list[Scenario]:
    """The scenarios of a plan: those that are named, and the one given inline.

    Where neither is, every scenario of the catalog that is for the plan; where there is none, one
    without any usage.

    Raises:
        UnknownReference: there is no such scenario.
        InvalidInput: what is given inline breaks a rule.
    """
    chosen = [priced.catalog.scenario(key) for key in options.scenario]
    inline = _inline(options)
    if inline is not None:
        chosen.append(inline)
    chosen = chosen or scenarios_for(priced.plan, priced.catalog) or [_scenario(options, ())]
    if options.customers is None:
        return chosen
    return [each.model_copy(update={"customers": options.customers}) for each in chosen]


def quantities(options: SimulateOptions, plans: Sequence[PricedPlan]) -> Mapping[str, Decimal]:
    """What `--quantity` sets.

    Raises:
        InvalidInput: `unknown-quantity`, when no charge of any plan declares the name.
    """
    given = named_values("--quantity", options.quantity)
    require_declared(given, plans)
    return {name: quantity("--quantity", text) for name, text in given.items()}


def _inline(options: SimulateOptions) -> Scenario | None:
    """The scenario that the options describe; None when they do not."""
    if options.weekdays and not options.usage_per_month:
        raise click.UsageError("--weekdays is only for --usage-per-month")
    if options.growth and not (options.usage_per_month or options.level):
        raise click.UsageError("--growth is only for --usage-per-month and --level")
    usage = tuple(_assumed(options))
    return _scenario(options, usage) if usage else None


def _scenario(options: SimulateOptions, usage: Sequence[AssumedUsage]) -> Scenario:
    name = "As given" if usage else "Without usage"
    return Scenario(key=INLINE, name=name, usage=tuple(usage), customers=options.customers or 1)


def _assumed(options: SimulateOptions) -> Iterator[AssumedUsage]:
    """The usage given inline, meter by meter."""
    values = named_values("--event-value", options.event_value)
    properties = _properties(options)
    shapes = list(chain(_monthly(options), _daily(options), _levels(options)))
    meters = [meter for meter, _ in shapes]
    for option, named in (("--event-value", values), ("--property", properties)):
        for meter in named:
            if meter not in meters:
                raise click.UsageError(f'{option} names "{meter}", of which no usage is given')
    for meter, shape in shapes:
        document: dict[str, object] = {"meter": meter, "quantity": shape}
        if meter in values:
            document["event_value"] = values[meter]
        if meter in properties:
            document["properties"] = properties[meter]
        yield read_entity(AssumedUsage, document)


def _properties(options: SimulateOptions) -> dict[str, dict[str, object]]:
    """What the events of each meter say."""
    found: dict[str, dict[str, object]] = {}
    for name, text in named_values("--property", options.property_).items():
        meter, dot, member = name.partition(".")
        if not (dot and member):
            raise click.UsageError(f'--property "{name}" is not of the form METER.NAME=VALUE')
        found.setdefault(meter, {})[member] = _value(text)
    return found


def _value(text: str) -> object:
    """A number, true or false as JSON has them; anything else is text."""
    try:
        value = parse_json(text.encode())
    except InvalidInput:
        return text
    return value if isinstance(value, bool | int | JsonNumber) else text


def _monthly(options: SimulateOptions) -> Iterator[tuple[str, Mapping[str, object]]]:
    given = named_values("--usage-per-month", options.usage_per_month)
    for meter, text in given.items():
        total = quantity(f"--usage-per-month {meter}", text)
        shape: dict[str, object] = {"type": "monthly", "total": f"{total:f}", **_growth(options)}
        if options.weekdays is not None:
            weights = decimals("--weekdays", options.weekdays.split(","))
            shape["weekdays"] = [f"{weight:f}" for weight in weights]
        yield meter, shape


def _levels(options: SimulateOptions) -> Iterator[tuple[str, Mapping[str, object]]]:
    for meter, text in named_values("--level", options.level).items():
        level = quantity(f"--level {meter}", text)
        yield meter, {"type": "level", "quantity": f"{level:f}", **_growth(options)}


def _growth(options: SimulateOptions) -> dict[str, object]:
    if options.growth is None:
        return {}
    return {"growth_percentage": plain(decimal("--growth", options.growth))}


def _daily(options: SimulateOptions) -> Iterator[tuple[str, Mapping[str, object]]]:
    for meter, text in named_values("--daily", options.daily).items():
        series = _series(f"--daily {meter}", text)
        yield meter, {"type": "daily", "quantities": [f"{each:f}" for each in series]}


def _series(option: str, text: str) -> tuple[Decimal, ...]:
    """A list of numbers, or those of a file."""
    file = Path(text)
    if file.suffix.lower() not in {".csv", ".json"}:
        return decimals(option, text.split(","))
    content = file.read_text(encoding="utf-8-sig", errors="replace")
    texts = _json_cells(option, content) if file.suffix.lower() == ".json" else _csv_cells(content)
    return decimals(option, texts)


def _csv_cells(content: str) -> list[str]:
    """The last column of a CSV file, such as that beside dates; a heading is passed over."""
    cells = [row[-1] for row in csv.reader(content.splitlines()) if row]
    has_heading = bool(cells) and not any(letter.isdigit() for letter in cells[0])
    return cells[1:] if has_heading else cells


def _json_cells(option: str, content: str) -> list[str]:
    """The numbers of a JSON list, as text or as numbers."""
    try:
        found = json.loads(content, parse_float=str, parse_int=str)
    except ValueError as error:
        raise InvalidInput("json-syntax", f"{option}: the file is not JSON: {error}") from None
    if not (isinstance(found, list) and all(isinstance(each, str) for each in found)):
        raise InvalidInput("wrong-type", f"{option}: the file is not a JSON list of quantities")
    return found

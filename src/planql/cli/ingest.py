"""`planql ingest`: usage events from a file into the database."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from planql.cli.catalog_options import catalog_option, require_catalog
from planql.cli.format_options import format_option
from planql.cli.progress_bars import bars
from planql.cli.store_options import opened, store_option
from planql.metering.acceptance import Acceptance
from planql.metering.events import parse_lines
from planql.stores.ingestion import Ingested, ingest

_SHOWN: Final = 20
"""How many refused events are named as text."""


@click.command("ingest")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@catalog_option
@store_option
@format_option
@click.pass_context
def command(context: click.Context, file: Path, catalog: Path, store: str, format_: str) -> None:
    """Record the usage events in FILE, CloudEvents as JSON lines, exactly once.

    Events recorded before are duplicates and change nothing. Events that cannot be read are
    listed with their line and reason, and the others are kept; the exit code is then 1.
    """
    acceptance = Acceptance(d.entity for d in require_catalog(catalog, None).meters.values())
    report = Ingested()
    with (
        opened(store) as database,
        bars() as progress,
        progress.open(file, "rb", description="Recording") as lines,
    ):
        for part in ingest(database, acceptance, parse_lines(lines), datetime.now(UTC)):
            report += part
    click.echo(_json(report) if format_ == "json" else _text(report))
    context.exit(1 if report.rejected else 0)


def _json(report: Ingested) -> str:
    document = {
        "stored": report.stored,
        "duplicates": [{"source": event.source, "id": event.id} for event in report.duplicates],
        "rejected": [
            {
                "position": bad.position,
                "code": bad.code,
                "pointer": bad.pointer,
                "reason": bad.reason,
            }
            for bad in report.rejected
        ],
    }
    return json.dumps(document, ensure_ascii=False)


def _text(report: Ingested) -> str:
    refused = [
        f"event {bad.position}: {bad.code} at {bad.pointer or '/'}: {bad.reason}"
        for bad in report.rejected[:_SHOWN]
    ]
    if len(report.rejected) > _SHOWN:
        refused.append(f"and {len(report.rejected) - _SHOWN} more")
    summary = (
        f"{report.stored} recorded, {len(report.duplicates)} duplicates, "
        f"{len(report.rejected)} refused"
    )
    return "\n".join([*refused, summary])

"""The sheet that a chart is drawn on, and the file that it becomes.

The same data gives the same SVG, byte for byte: no date, no random names.
"""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Final, Literal

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from planql.charts.style import DOTS_PER_INCH, HEIGHT, SETTINGS, WIDTH

ImageFormat = Literal["svg", "png"]
"""What a chart can be written as."""

LONGEST_TEXT: Final = 90
"""Most characters of a name on a chart."""

_ROW: Final = 120
"""About how many letters fit in a row of a legend."""
_SAMPLE: Final = 7
"""What the colour beside a name takes, in letters."""
_COLUMNS: Final = 4

_METADATA: Final[dict[str, dict[str, str | None]]] = {
    "svg": {"Date": None, "Creator": "planql"},
    "png": {"Software": "planql"},
}


@contextmanager
def drawing() -> Iterator[None]:
    """The look of charts in force, whatever the user's own settings of matplotlib.

    A letter that the font lacks becomes a box, silently.
    """
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(SETTINGS)
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def sheet(title: str, rows: int = 1) -> Figure:
    """An empty sheet of slide size, higher for more rows of panels."""
    height = HEIGHT * (1 + 0.55 * (rows - 1))
    figure = Figure(figsize=(WIDTH, height))
    figure.suptitle(shortened(title), x=0.012, horizontalalignment="left")
    return figure


def image(figure: Figure, form: ImageFormat) -> bytes:
    """The sheet as a file's bytes."""
    file = BytesIO()
    figure.savefig(file, format=form, dpi=DOTS_PER_INCH, metadata=_METADATA[form])
    return file.getvalue()


def legend(figure: Figure, entries: Sequence[Artist]) -> None:
    """What the colours mean, below the charts, where it covers nothing; in one row if it fits."""
    length = sum(len(str(entry.get_label())) + _SAMPLE for entry in entries)
    columns = len(entries) if length <= _ROW else _COLUMNS
    figure.legend(handles=list(entries), loc="outside lower left", ncols=columns)


def shortened(text: str, most: int = LONGEST_TEXT) -> str:
    """A name that fits; a leading underscore, which matplotlib would hide, after a blank."""
    visible = f" {text}" if text.startswith("_") else text
    return visible if len(visible) <= most else visible[: most - 1] + "…"

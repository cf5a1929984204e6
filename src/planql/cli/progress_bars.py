"""Progress bars for what takes long."""

from rich.console import Console
from rich.progress import Progress


def bars() -> Progress:
    """Progress bars on standard error when it is a terminal; nothing anywhere else."""
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)

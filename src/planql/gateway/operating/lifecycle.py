"""Whether the server is on its way out."""

from dataclasses import dataclass


@dataclass(slots=True)
class Lifecycle:
    """Of one process.

    Attributes:
        is_stopping: Whether it was told to stop: requests are answered, and should go elsewhere.
    """

    is_stopping: bool = False

    def stop(self) -> None:
        """Begin to stop."""
        self.is_stopping = True

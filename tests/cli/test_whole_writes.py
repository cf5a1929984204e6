"""Answers are written at once, and nothing is held longer than it must be."""

import asyncio
from collections.abc import Callable, Iterable

import pytest

from planql.cli.whole_writes import WholeWrites


class Connection(asyncio.Transport):
    """A connection that remembers what is done with it."""

    def __init__(self) -> None:
        super().__init__({"peername": ("192.0.2.7", 7)})
        self.done: list[object] = []
        self.is_over = False

    def writelines(self, list_of_data: Iterable[object]) -> None:
        """Remember a call of the system."""
        self.done.append(list(list_of_data))

    def close(self) -> None:
        """Remember the end."""
        self.done.append("close")
        self.is_over = True

    def is_closing(self) -> bool:
        """Whether it was closed."""
        return self.is_over

    def pause_reading(self) -> None:
        """Remember that."""
        self.done.append("pause")

    def resume_reading(self) -> None:
        """Remember that."""
        self.done.append("resume")


async def write_and_flush(whole: WholeWrites) -> None:
    """An answer that is complete within a turn."""
    whole.write(b"head")
    whole.writelines([b"bo", b"dy"])
    whole.flush()


async def write_and_wait(whole: WholeWrites) -> None:
    """A part of an answer; the rest comes in another turn."""
    whole.write(b"head")
    await asyncio.sleep(0)
    whole.write(b"body")
    await asyncio.sleep(0)


async def write_and_close(whole: WholeWrites) -> None:
    """An answer after which the connection ends, and something too late."""
    whole.write(b"head")
    whole.close()
    whole.write(b"late")
    await asyncio.sleep(0)


async def write_much(whole: WholeWrites) -> None:
    """More than is held."""
    whole.write(b"head")
    whole.write(MUCH)
    whole.write(b"rest")
    await asyncio.sleep(0)


MUCH = bytes(1_000_000)


@pytest.mark.parametrize(
    ("act", "done"),
    [
        (write_and_flush, [[b"head", b"bo", b"dy"]]),
        (write_and_wait, [[b"head"], [b"body"]]),
        (write_and_close, [[b"head"], "close"]),
        (write_much, [[b"head", MUCH], [b"rest"]]),
    ],
)
def test_what_is_written_leaves_together(
    act: Callable[[WholeWrites], "asyncio.Future[None]"], done: list[object]
) -> None:
    """When it is complete, when the turn is over, when it is much, and before the end."""
    connection = Connection()

    async def run() -> None:
        await act(WholeWrites(connection, asyncio.get_running_loop()))

    asyncio.run(run())
    assert connection.done == done


def test_everything_else_is_the_connections_own() -> None:
    """What it knows, whether it ends, and whether it reads."""
    connection = Connection()
    with asyncio.Runner() as runner:
        whole = WholeWrites(connection, runner.get_loop())
        assert whole.get_extra_info("peername") == ("192.0.2.7", 7)
        assert whole.get_extra_info("x", "none") == "none"
        assert not whole.is_closing()
        whole.pause_reading()
        whole.resume_reading()
    assert connection.done == ["pause", "resume"]

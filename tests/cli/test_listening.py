"""The socket that a server listens on."""

import os
import socket

import pytest

from planql.cli.listening import address_of, handed_over
from planql.cli.main import main
from planql.errors import InvalidInput


def test_a_listening_socket_is_taken_over() -> None:
    """Whoever handed it over may close its own end; nothing that is started inherits it."""
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        handed_over(os.dup(listening.fileno())) as found,
    ):
        assert address_of(found) == address_of(listening)
        assert not found.get_inheritable()


def test_anything_else_is_refused() -> None:
    """A descriptor that is not open, a file, and a socket that does not listen."""
    reading, writing = os.pipe()
    with socket.socket() as idle, socket.socket(socket.AF_UNIX) as local:
        for descriptor in (9_999, os.dup(reading), os.dup(idle.fileno()), os.dup(local.fileno())):
            with pytest.raises(InvalidInput, match="listens for TCP"):
                handed_over(descriptor)
    os.close(reading)
    os.close(writing)


def test_a_socket_for_others_needs_a_key(capsys: pytest.CaptureFixture[str]) -> None:
    """An address that other machines reach is refused in development, whoever opened it."""
    with socket.create_server(("0.0.0.0", 0)) as listening:  # noqa: S104 - refused
        assert main(["serve", "--fd", str(os.dup(listening.fileno()))]) == 2
    assert "every caller is an administrator" in capsys.readouterr().err

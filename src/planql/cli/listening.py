"""The socket that a server listens on: its own, or one that is handed to it."""

import ipaddress
import os
import socket

from planql.cli.operating_options import Operation
from planql.errors import InvalidInput, SourceError
from planql.gateway.access import Access


def require_reachable_by_known(host: str, access: Access) -> None:
    """Refuse an address that other machines can reach while every caller is an administrator.

    Raises:
        InvalidInput: `not-loopback`.
    """
    try:
        is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if access.is_development and not is_loopback:
        raise InvalidInput(
            "not-loopback",
            f'"{host}" can be reached by other machines, and without API keys or tokens every '
            "caller is an administrator",
            hint="listen on 127.0.0.1 or ::1, or configure a key: planql key new --for admin ops",
        )


def opened_socket(operation: Operation, access: Access) -> socket.socket:
    """The socket to listen on.

    Raises:
        PlanqlError: there is none, or others reach it while every caller is an administrator.
    """
    if operation.descriptor is not None:
        return handed_over(operation.descriptor)
    require_reachable_by_known(operation.host, access)
    return listen(operation.host, operation.port)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at an address.

    Raises:
        SourceError: `cannot-listen`.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise SourceError(
            "cannot-listen",
            f"cannot listen on {host}, port {port}: {error}",
            hint="name another port with --port; 0 takes a free one",
        ) from None


def handed_over(descriptor: int) -> socket.socket:
    """The listening socket that whoever started this process left open.

    Several processes may have the same: what one of them has not accepted is accepted by another,
    so that none of the waiting connections is lost when one of them goes.

    Raises:
        InvalidInput: `not-a-socket`.
    """
    mistake = InvalidInput(
        "not-a-socket",
        f"file descriptor {descriptor} is no socket that listens for TCP",
        hint="systemd hands over the first socket of a unit as --fd 3",
    )
    try:
        os.set_inheritable(descriptor, False)  # noqa: FBT003 - its only form
        found = socket.socket(fileno=descriptor)
    except OSError:
        raise mistake from None
    is_listening = found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    if not is_listening or found.family not in {socket.AF_INET, socket.AF_INET6}:
        found.close()
        raise mistake
    return found


def address_of(listening: socket.socket) -> str:
    """Where a socket listens, as a URL."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

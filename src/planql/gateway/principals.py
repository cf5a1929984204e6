"""Who asks: the four kinds of principal, each a plain value.

::

    Anonymous       nobody said who they are         the public catalog
    Customer(key)   a token signed for a customer    that, and what is theirs
    Server(name)    a program of the company         everything but administration
    Admin(name)     whoever runs planql              everything

How a request shows who asks is `planql.gateway.authentication`; what each kind sees is
`planql.gateway.visibility`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final


class Role(StrEnum):
    """A kind of principal; each has a schema of its own."""

    ANONYMOUS = "anonymous"
    CUSTOMER = "customer"
    SERVER = "server"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Someone who did not say who they are."""

    role: ClassVar[Role] = Role.ANONYMOUS


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer, by a token that the company signed.

    Attributes:
        key: The customer's key: the `sub` of the token, never an argument.
    """

    role: ClassVar[Role] = Role.CUSTOMER
    key: str


@dataclass(frozen=True, slots=True)
class Server:
    """A program of the company, by an API key.

    Attributes:
        name: What the key is called; not the key.
    """

    role: ClassVar[Role] = Role.SERVER
    name: str


@dataclass(frozen=True, slots=True)
class Admin:
    """Whoever runs planql, by an API key.

    Attributes:
        name: What the key is called; not the key.
    """

    role: ClassVar[Role] = Role.ADMIN
    name: str


Principal = Anonymous | Customer | Server | Admin

TRUSTED: Final = (Role.SERVER, Role.ADMIN)
"""Who may see what a competitor or a customer may not: drafts, costs, margins, all customers."""
UNTRUSTED: Final = (Role.ANONYMOUS, Role.CUSTOMER)
"""Who sees what anyone may see, and what is their own."""
EVERYONE: Final = tuple(Role)
"""Every kind of principal."""

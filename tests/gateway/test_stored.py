"""A request does not wait for the database for ever."""

import asyncio
from threading import Event

import pytest
from graphql import GraphQLError

from planql.errors import DatabaseUnreachable
from planql.gateway.execution import told
from planql.gateway.stored import in_time


def test_work_has_its_time() -> None:
    """What comes in time is the result; what does not is given up, and the request answered."""
    goes_on = Event()

    async def ask() -> None:
        assert await in_time(lambda: 42, 10) == 42
        with pytest.raises(DatabaseUnreachable, match=r"within 0\.05 seconds"):
            await in_time(goes_on.wait, 0.05)
        goes_on.set()

    asyncio.run(ask())


def test_a_database_that_does_not_answer_is_no_mistake_of_the_caller() -> None:
    """Wherever it is met, the code says that the same request may be answered in a moment."""
    unreachable = DatabaseUnreachable("the database does not answer")
    [error] = told([GraphQLError("unused", original_error=unreachable)], "request-1")
    assert error["message"] == "the database does not answer"
    assert error["extensions"] == {"code": "STORE_UNREACHABLE"}

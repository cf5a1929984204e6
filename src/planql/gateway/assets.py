"""What pages load: the files of one folder, kept by browsers and asked for again each time."""

import mimetypes
import stat
from http import HTTPStatus
from pathlib import Path
from typing import Final

from planql.gateway.answers import Answer
from planql.gateway.calls import Call
from planql.gateway.compiled.etags import is_among, strong_etag
from planql.gateway.pages import GRAPHIQL_POLICY
from planql.gateway.refusals import not_found
from planql.gateway.requests import require_reading

PREFIX: Final = "/assets/"
"""Where they are."""

_UNKNOWN: Final = "application/octet-stream"


class Assets:
    """The files of a folder, each read once, and again when it has changed.

    Args:
        folder: It may not be there yet: then its files are not found.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[str, bytes]] = {}

    async def answer(self, call: Call) -> Answer:
        """The answer to one request.

        Raises:
            Refusal: 404 or 405.
        """
        require_reading(call, "files")
        name = call.path.removeprefix(PREFIX)
        etag, content = self._read(name)
        headers = {
            "cache-control": "no-cache",
            # A worker has the policy of its own file, not that of the page.
            "content-security-policy": GRAPHIQL_POLICY,
            "content-type": _type_of(name),
            "etag": etag,
        }
        if is_among(etag, call.header(b"if-none-match")):
            return Answer(HTTPStatus.NOT_MODIFIED, (b"",), headers=headers)
        return Answer(HTTPStatus.OK, (content,), headers=headers)

    def _read(self, name: str) -> tuple[str, bytes]:
        """The tag and the content of a file in the folder itself, which is no link.

        Raises:
            Refusal: 404.
        """
        # One name for each file: another way to write it would keep it again, or lead elsewhere.
        if Path(name).name != name:
            raise not_found()
        file = self._folder / name
        try:
            found = file.lstat()
        except (OSError, ValueError):
            raise not_found() from None
        if not stat.S_ISREG(found.st_mode):
            raise not_found()
        etag = strong_etag(name, str(found.st_mtime_ns), str(found.st_size))
        known = self._known.get(name)
        if known is None or known[0] != etag:
            known = self._known[name] = (etag, file.read_bytes())
        return known


def _type_of(name: str) -> str:
    found = mimetypes.guess_type(name)[0] or _UNKNOWN
    return f"{found}; charset=utf-8" if found.startswith("text/") else found

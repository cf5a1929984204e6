"""The files that pages load: of one folder, by name, and asked for by their tags."""

import os
from pathlib import Path

import pytest
from tests.gateway.calling import a_call

from planql.gateway.answers import Answer
from planql.gateway.assets import Assets
from planql.gateway.refusals import Refusal


async def get(folder: Path, name: str, tag: str = "", method: str = "GET") -> Answer:
    """The answer to a request for a file, from files that were not read before."""
    headers = {"if-none-match": tag} if tag else {}
    return await Assets(folder).answer(a_call(method, f"/assets/{name}", headers))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files, and things that are none of them."""
    found = tmp_path / "assets"
    (found / "inner").mkdir(parents=True)
    (found / "inner" / "b.js").write_text("b", encoding="utf-8")
    (found / "a.js").write_text("a", encoding="utf-8")
    (found / "a.unknown").write_text("a", encoding="utf-8")
    (tmp_path / "secret.js").write_text("secret", encoding="utf-8")
    (found / "link.js").symlink_to(tmp_path / "secret.js")
    return found


@pytest.mark.anyio
@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "b.js",
        "inner",
        "inner/b.js",
        "../secret.js",
        "./a.js",
        "link.js",
        "a.js\0",
        "/etc/hosts",
    ],
)
async def test_nothing_but_the_files_of_the_folder_is_found(folder: Path, name: str) -> None:
    """No other folder, no link, and no way to write a name."""
    with pytest.raises(Refusal, match="nothing at this address"):
        await get(folder, name)


@pytest.mark.anyio
async def test_files_are_only_read(folder: Path) -> None:
    """Any other method is refused."""
    with pytest.raises(Refusal, match="read with GET"):
        await get(folder, "a.js", method="PUT")


@pytest.mark.anyio
async def test_a_file_has_the_type_of_its_name(folder: Path) -> None:
    """Text is in UTF-8; what is not known is no more than bytes."""
    for name, media_type in (
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.unknown", "application/octet-stream"),
    ):
        answer = await get(folder, name)
        assert (answer.parts, answer.headers["content-type"]) == ((b"a",), media_type)


@pytest.mark.anyio
async def test_who_has_a_file_is_not_sent_it_again(folder: Path) -> None:
    """Until it changes: then it is read again, and has another tag."""
    assets, call = Assets(folder), a_call("GET", "/assets/a.js")
    first = await assets.answer(call)
    again = await get(folder, "a.js", first.headers["etag"])
    assert (again.status, again.parts) == (304, (b"",))
    assert (await assets.answer(call)).parts[0] is first.parts[0]
    (folder / "a.js").write_text("b", encoding="utf-8")
    os.utime(folder / "a.js", ns=(1, 1))
    assert (await assets.answer(call)).parts == (b"b",)
    assert (await get(folder, "a.js", first.headers["etag"])).status == 200

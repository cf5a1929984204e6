"""The image: its build steps run in a fresh place, and what they make serves."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
from tests.servers.processes import CATALOG, serving

from planql.cli.documents import PAGES

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def sent_to_docker(target: Path) -> Path:
    """A copy of what `.dockerignore` lets through."""
    built = shutil.ignore_patterns(".venv", "dist", "node_modules", "__pycache__")
    for name in (line[1:] for line in IGNORED if line.startswith("!")):
        source, copy = ROOT / name, target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, ignore=built)
        else:
            shutil.copy(source, copy)
    return target


def test_what_the_script_builds_serves(tmp_path: Path) -> None:
    """It leaves one folder with the locked packages only, from which the API and its pages come."""
    project, prefix, home = sent_to_docker(tmp_path / "src"), tmp_path / "planql", tmp_path / "home"
    home.mkdir()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    before = sorted(project.rglob("*"))
    environment = {
        **os.environ,
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "PYTHON": sys.executable,
    }
    command: list[str | Path] = ["sh", project / "scripts" / "build_image.sh", prefix]
    built = subprocess.run(
        command,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    assert sorted(project.rglob("*")) == before
    assert [*temporary.iterdir(), *home.glob(".cache"), *home.glob(".npm")] == []
    shutil.rmtree(project)
    packages = {path.name for path in (prefix / "lib").glob("python*/site-packages/*")}
    assert packages >= {"planql", "psycopg", "opentelemetry", "prometheus_client"}
    assert packages.isdisjoint({"pip", "pytest", "hatchling", "mypy", "matplotlib"})
    nowhere = tmp_path / "empty"
    nowhere.mkdir()
    store = f"sqlite:///{tmp_path / 'planql.sqlite3'}"
    options = ("--catalog", CATALOG, "--port", 0, "--store", store, "--trusted-documents")
    pricing = (PAGES / "pricing.graphql").read_text(encoding="utf-8")
    with serving(
        *options, planql=[str(prefix / "bin" / "planql")], PATH="/usr/bin:/bin"
    ) as process:
        with httpx.Client(base_url=process.address) as client:
            answer = client.post("/graphql", json={"query": pricing})
            assert answer.json()["data"]["catalog"]["name"] == "Quillhaven"
            answer = client.post("/graphql", json={"query": "{ catalog { name } }"})
            assert answer.json()["errors"][0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"
            assert client.get("/readyz").json() == {"status": "ready"}
            assert len(client.get("/operations").json()) > 10
            page = client.get("/graphql", headers={"accept": "text/html"})
            assert page.status_code == 200
            [script] = re.findall(r'src="(/assets/[^"]+)"', page.text)
            assert client.get(script).status_code == 200
        assert process.stop() == 0


def test_the_dockerfile_runs_the_script_and_no_root() -> None:
    """A base pinned by digest, a copy, one script; then a user without rights, and a probe."""
    steps = [line.split()[0] for line in DOCKERFILE.splitlines() if re.match(r"[A-Z]+ ", line)]
    assert steps == [
        *("FROM", "COPY", "RUN", "ENV", "USER", "WORKDIR"),
        *("VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT"),
    ]
    assert re.search(r"^FROM [a-z0-9.:-]+@sha256:[0-9a-f]{64}$", DOCKERFILE, re.MULTILINE)
    assert "RUN sh /src/scripts/build_image.sh /opt/planql && rm -rf /src\n" in DOCKERFILE
    assert re.search(r"^USER [1-9][0-9]+:[1-9][0-9]+$", DOCKERFILE, re.MULTILINE)
    assert "/healthz" in DOCKERFILE

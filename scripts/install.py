"""Create a virtual environment and install planql with exactly the locked dependencies.

Runs on a bare Python: nothing but the standard library is imported.
"""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)


def main(target: Path) -> None:
    """Make `target` a virtual environment that can run and test planql."""
    if sys.version_info < OLDEST:
        sys.exit(f"planql needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    if not (target / "bin" / "python").exists():
        venv.create(target, with_pip=True)
    python = str(target / "bin" / "python")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

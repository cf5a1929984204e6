"""Run every benchmark, one after the other: each script beside this one answers one question.

Name some to run only those: `run.py load_catalog`. A benchmark exits with 1 when what it measured
exceeds its limit; then so does this.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(names: list[str]) -> int:
    """Run the benchmarks called `names`, or all; 1 when one exceeds its limit."""
    scripts = [HERE / f"{name}.py" for name in names] or sorted(HERE.glob("*.py"))
    return int(any([run(script) for script in scripts if script != Path(__file__)]))  # noqa: C419 - run all


def run(script: Path) -> int:
    """Run one benchmark under the question it answers."""
    question = script.read_text(encoding="utf-8").splitlines()[0].strip('"')
    print(f"\n{script.stem}: {question}", flush=True)
    return subprocess.run([sys.executable, script], check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

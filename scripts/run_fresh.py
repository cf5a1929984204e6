"""Run the generated tests, laws and requests, from another seed than always, and say which.

The seed is `PLANQL_SEED`, or else the time. The same seed makes the same tests.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GENERATED = ("tests/laws", "tests/gateway/test_generated_requests.py")


def main() -> int:
    """Run them; the result is the exit code."""
    seed = os.environ.get("PLANQL_SEED") or str(time.time_ns())
    print(f"PLANQL_SEED={seed}", flush=True)
    # The profile of all other runs would begin at the same place each time.
    options = ["-n", "2", "--hypothesis-profile=fresh", f"--hypothesis-seed={seed}"]
    command = [sys.executable, "-m", "pytest", *options, *GENERATED]
    environment = {**os.environ, "PLANQL_SEED": seed}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    print(f"PLANQL_SEED={seed} make fresh  # makes the same tests")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())

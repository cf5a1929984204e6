"""`python -m planql.cli`: what worker processes are started with."""

import sys

from planql.cli.main import main

sys.exit(main())

# Every verb sets up what it needs in .venv: Python 3.11 or newer, git and make are all a machine needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
WEB := web/dist/.built
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-annotate --no-header

.DEFAULT_GOAL := help
.PHONY: help serve test fresh check fix generate bench lock clean

help:  ## list the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

serve: export PLANQL_STORE := sqlite:///planql-demo.sqlite3
serve: $(INSTALLED) $(WEB)  ## run the API with the example catalog, demo data and GraphiQL on 127.0.0.1:8000
	@$(BIN)/planql db upgrade >/dev/null # of a demo that an earlier version made
	$(BIN)/planql demo --catalog catalog
	$(BIN)/planql serve --catalog catalog --port $(or $(PORT),8000)

test: check $(WEB)  ## everything CI runs: checks, then all tests with coverage
	$(BIN)/python scripts/run_tests.py

fresh: $(INSTALLED)  ## run generated tests from another seed: PLANQL_SEED, or the time
	$(BIN)/python scripts/run_fresh.py

check: $(INSTALLED)  ## format, lint, types, layers, generated files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/planql validate catalog
	$(BIN)/planql test catalog
	$(BIN)/python scripts/generate.py --check

fix: $(INSTALLED)  ## format, and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

generate: $(INSTALLED)  ## write the files generated from the code
	$(BIN)/python scripts/generate.py

bench: $(INSTALLED)  ## run the benchmarks and print what they measured
	$(BIN)/python benchmarks/run.py

lock: $(INSTALLED)  ## resolve the dependencies again: of developers, of an image, and of its build
	$(COMPILE) --all-extras --group dev pyproject.toml -o requirements.lock
	$(COMPILE) --extra postgresql --extra otel -c requirements.lock pyproject.toml -o requirements.image.lock
	$(COMPILE) --group build -c requirements.lock -o requirements.build.lock

clean:  ## remove the environment and everything built
	rm -rf $(VENV) web/dist web/node_modules artefacts planql-demo.sqlite3*

$(INSTALLED): requirements.lock pyproject.toml
	$(PYTHON) scripts/install.py $(VENV)
	touch $@

$(WEB): $(INSTALLED) $(wildcard web/package*.json web/*.mjs web/src/* web/src/*/* web/documents/* web/documents/*/*) scripts/build_web.py
	$(BIN)/python scripts/build_web.py
	touch $@

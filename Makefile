# Everything runs in a virtual environment of its own, made on first use.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
DEMO ?= demo_output
PAIRS ?= benchmarks/pairs.jsonl
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help demo test slow check format bench screenshots clean

help: ## say what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 22

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with PYTHON=python3.12"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[notebook]'
	@touch $@

$(READY_DEV): $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

demo: $(READY) ## grade the shipped class of homework 3 and show the gradebook
	@$(BIN)/grader grade rubrics/hw3.yaml submissions_example/hw3 --output $(DEMO) --fresh

test: $(READY_DEV) ## run the tests (under five minutes on two cores)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m 'not slow'

slow: $(READY_DEV) ## run the tests that take longer
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m slow --timeout 900

check: $(READY_DEV) ## format, lint, types, contracts, spelling
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/codespell

format: $(READY_DEV) ## put the code into its format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY_DEV) ## measure judging and running, side by side with others where installed
	@$(BIN)/python -m benchmarks.judging $(PAIRS)
	@$(BIN)/python -m benchmarks.running
	@$(BIN)/python -m benchmarks.starting

screenshots: $(READY) ## take the pictures of the pages (needs Chromium)
	@$(BIN)/python docs/screenshots.py

clean: ## remove what was made
	rm -rf $(VENV) $(DEMO) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage*

# Everything runs in .venv, which the first call makes from the hash-locked requirements.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run
DEV := $(VENV)/.dev

.DEFAULT_GOAL := help
.PHONY: help demo try test check bench docs format lock clean

help: ## say what each command does
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Nutgraf needs Python 3.11 or newer; call make with PYTHON=python3.11 (or later)." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(RUN) ## brief an article in the local Discord, print what was posted, leave nothing running
	$(BIN)/python -m bot.cli demo

try: $(RUN) ## open the local Discord as a page in the browser, with the bot in it
	$(BIN)/python -m bot.cli try

test: $(DEV) ## run all tests
	$(BIN)/python -m pytest --numprocesses 3 --dist worksteal

check: $(DEV) ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(DEV) ## measure: ratios in one run, and the figures behind them
	$(BIN)/python -m bench

docs: $(DEV) ## regenerate the generated files and check that they are committed
	$(BIN)/python -m scripts.generate
	git diff --exit-code --stat -- .env.example docs bot/wording/catalogues

format: $(DEV) ## format and mend what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## renew the locked requirements (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean: ## remove what the commands made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

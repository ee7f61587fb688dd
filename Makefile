# Two commands are all a newcomer needs: make run, make test.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test look sheet bench fresh check lint lock

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1: /'

run: .venv/.run  ## start the bot with the web chat; nothing else is needed
	@$(BIN)/ilgam run

test: .venv/.dev  ## lint, types and all tests, on SQLite and on a PostgreSQL that comes along
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m locales check
	$(BIN)/pytest -q -n 4 --dist loadgroup

look: .venv/.dev  ## browser checks, pictures in var/look (needs chromium)
	$(BIN)/python -m tests.look.look

sheet: .venv/.dev  ## every language's main screens on one picture, var/look/sheet.png (needs chromium)
	$(BIN)/python -m tests.look.sheet

bench: .venv/.bench  ## measure speed (minutes)
	@for name in $$(ls bench/*.py | xargs -n1 basename | sed 's/\.py//' | grep -vE '^(__init__|report|crowd|botserver|outbox|network)$$'); do \
		echo "bench.$$name"; $(BIN)/python -m bench.$$name || exit 1; done

fresh:  ## forget all data (the database, keys and pictures under var/)
	rm -rf var

check: .venv/.run  ## test the settings
	@$(BIN)/ilgam check

lock: .venv/.dev  ## resolve the dependencies anew
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url -c requirements.lock \
		--custom-compile-command "make lock" --extra dev pyproject.toml -o requirements-dev.lock
	printf 'aiofiles\naiogram>=3.20,<4\nmagic-filter\nnetwork-jobs-data\n' | $(BIN)/uv pip compile -q --upgrade --no-deps --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" \
		- -o requirements-bench.lock

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Python 3.11 or newer is needed. Name yours: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "This Python lacks its venv module. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Making .venv (once, a minute or two)"
	@$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python requirements.lock pyproject.toml
	@test -e .venv/.dev || $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/.dev: .venv/bin/python requirements-dev.lock pyproject.toml
	@echo "Installing what the tests need"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

# What only benches compare with. Without what it asks for: it would put an older pydantic into the place of ours.
.venv/.bench: .venv/.dev requirements-bench.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.lock
	@touch $@

# An unknown target is said with what there is.
%:
	@echo "There is no target '$@'. There is:"; $(MAKE) --no-print-directory help; exit 2

.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# Where images of containers set it, each of the many processes would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test check bench lock assets clean

help:  ## List these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.runtime assets  ## Set up what is missing and start Baton with a year of its demo company
	@$(BIN)/baton up --demo --people 4000 --port $(PORT)

test:  ## Install what the tests need, then run all of them (SQLite, PostgreSQL, browser)
	@PYTHON=$(PYTHON) scripts/test

check: $(VENV)/.test assets  ## Linters, types, architecture and the quick tests (under two minutes)
	@scripts/check

bench: $(VENV)/.test assets  ## Measure Baton beside the bare database and print the table
	@$(BIN)/python -m bench

assets: $(VENV)/.assets  ## Build stylesheets and scripts

lock:  ## Write the lock files anew (needs uv and npm)
	@scripts/lock

clean:  ## Remove what was built; data in var/ stays
	rm -rf $(VENV) node_modules src/baton/core/ui/static/ui/dist

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(BIN)/python requirements/runtime.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.test: $(VENV)/.runtime requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/.assets: $(VENV)/.runtime package.json package-lock.json requirements/build.txt $(shell find src/baton -path '*/assets/*' -type f 2>/dev/null)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	scripts/assets
	@touch $@

# make run   the product on this machine        make test   the whole suite
# make help  everything else

SHELL := bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
PORT ?= 8000
VAR_DIR ?= var
export PORT VAR_DIR
BIN := .venv/bin
SPA_SOURCES := $(shell find spa/src spa/public spa/index.html spa/*.json spa/*.ts -type f 2>/dev/null)

.PHONY: help run test test-python test-spa lint format types openapi lock screens bench flask clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/local spa/dist/index.html ## start everything; PORT, HOST and VAR_DIR move it
	@exec $(BIN)/python -m deploy.run

test: test-python test-spa ## the whole suite, in parallel, browser journeys where Chromium is found

test-python: .venv/dev spa/dist/index.html
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

test-spa: .venv/local
	@$(BIN)/python -m deploy.spa test

lint: .venv/dev ## ruff, mypy, import contracts, eslint, tsc
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m deploy.spa lint

format: .venv/dev ## put the Python code into shape
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

openapi: .venv/dev ## write openapi.json and the SPA's types from the code
	@$(BIN)/python -m deploy.openapi
	@$(BIN)/python -m deploy.spa types

screens: .venv/dev spa/dist/index.html ## take the pictures of docs/screens anew
	@SCREENS_DIR=docs/screens $(BIN)/python -m pytest tests/e2e -n 0

bench: .venv/dev ## answers/s through the real server against pgbench with the same SQL
	@$(BIN)/python -m tests.bench.answers

flask: ## operator commands on the running stack: make flask CMD="tenants list"
	@[ -f "$(abspath $(VAR_DIR))/env" ] || { echo "Nothing runs on $(VAR_DIR): make run first, in another window."; exit 1; }
	@set -a && . "$(abspath $(VAR_DIR))/env" && exec $(BIN)/flask $(CMD)

lock: ## resolve pyproject.toml into requirements/*.lock
	@$(PYTHON) -m venv .venv/uv && .venv/uv/bin/pip install --quiet uv
	@for part in "product:--extra speech" "local:--extra speech --extra local" "dev:--extra speech --extra local --extra dev"; do \
	  name=$${part%%:*}; extras=$${part#*:}; echo "· requirements/$$name.lock"; \
	  [ $$name = product ] || extras="$$extras --constraint requirements/product.lock"; \
	  .venv/uv/bin/uv pip compile --quiet pyproject.toml $$extras --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-header --no-annotate --output-file requirements/$$name.lock; done

clean: ## remove what was built and installed; the data in VAR_DIR stay
	rm -rf .venv spa/node_modules spa/dist .mypy_cache .ruff_cache .hypothesis

# The stamps are files in the venv, so removing it forgets them.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v < (3, 14) else f"Lernejo needs Python 3.11 to 3.13, and $(PYTHON) is {v[0]}.{v[1]}: name another one, as in make run PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing: on Debian, apt-get install python3-venv"; rm -rf .venv; exit 1; }

.venv/local .venv/dev: .venv/%: requirements/%.lock | .venv/bin/python
	@echo "· Python: installing the packages of $< (about a minute, once)"
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes --requirement $< | awk -v total=$$(grep -c '^[a-zA-Z]' $<) \
	  '/^(Collecting|Processing|Ignoring)/ {printf "\r  %d of %d fetched", ++n, total; fflush()} /^Installing/ {printf ", unpacking …"; fflush()} END {print ""}'
	@touch $@ && if [ $* = dev ]; then touch .venv/local; fi

spa/dist/index.html: $(SPA_SOURCES) | .venv/local
	@$(BIN)/python -m deploy.spa build
	@touch $@

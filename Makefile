# Two commands do all the set-up: `make warehouse`, then `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV   := .venv
BENCH  := .venv-bench
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
UV     ?= uv
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help warehouse explore test lint format dev bench bench-extract metrics counts statistics generated docs lock clean

help:  ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

warehouse: $(VENV)/.installed  ## install what is pinned, then build, check and publish the warehouse
	@$(BIN)/bicentennial build

explore: $(VENV)/.installed  ## look at the published warehouse in a browser
	@$(BIN)/bicentennial explore

test: $(VENV)/.installed-dev  ## run every test, in as many processes as WORKERS says
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.installed-dev  ## ruff, mypy, sqlfluff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m orchestration lint

format: $(VENV)/.installed-dev  ## put Python into its standard form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

dev: $(VENV)/.installed  ## open Dagster's web UI on loopback
	$(BIN)/python -m orchestration dev

bench: $(VENV)/.installed  ## measure whole builds against bare dbt builds, in pairs
	$(BIN)/bicentennial bench

bench-extract: $(VENV)/.installed  ## measure the finding of figures against other extractors (BICENTENNIAL_DOCUMENTS names the texts)
	@$(MAKE) --no-print-directory $(BENCH)/.installed \
	  || echo "The other extractors could not be installed (no network?): they are left out."
	@$(BIN)/python -m bicentennial.bench_extract

# MetricFlow asks a registry for its newest version each time; the closed port is where it asks in vain.
metrics: $(VENV)/.installed-dev  ## list what `mf query` can be asked for (docs/metrics.md says how)
	@cd dbt_project && ../$(BIN)/dbt --quiet parse \
	  && DBT_TARGET=published HTTPS_PROXY=http://127.0.0.1:9 ../$(BIN)/mf list metrics

counts: $(VENV)/.installed  ## count the rows of the seed tables anew, to be reviewed with the change that moved them
	$(BIN)/python -m bicentennial.counts

statistics: $(VENV)/.installed  ## derive the totals of official statistics anew (BICENTENNIAL_STATISTICS names the files)
	$(BIN)/python -m bicentennial.statistics

generated: warehouse  ## write dbt's sources and the data dictionary anew from their definitions
	$(BIN)/python -m bicentennial.generated

docs: $(VENV)/.installed-dev  ## the documentation site of the published release: guides, data dictionary, lineage, dbt docs
	@$(BIN)/python -m bicentennial.docs

lock: $(VENV)/.installed  ## pin the newest versions that pyproject.toml admits (needs uv)
	$(UV) pip compile pyproject.toml --extra build --extra dev $(LOCK) -o requirements-dev.lock
	$(UV) pip compile pyproject.toml --extra build $(LOCK) -c requirements-dev.lock -o requirements.lock
	$(UV) pip compile --group bench $(LOCK) -o requirements-bench.lock
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

clean:  ## remove the environment and scratch; releases stay, for they cannot all be built again
	rm -rf $(VENV) $(BENCH) data/build data/dagster .mypy_cache .ruff_cache dbt_project/target dbt_project/logs

# Bytecode is compiled here: some machines forbid writing it at run time, and imports then take three times as long.
$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo "Python 3.11, 3.12 or 3.13 is needed; name one: make PYTHON=python3.12"; exit 1; }
	@echo "installing pinned dependencies (once, a minute or so) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib bicentennial ingest expectations orchestration
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib tests
	@touch $@

# What our extractor is compared with, apart: nothing of the project needs it.
$(BENCH)/.installed: requirements-bench.lock
	@echo "installing the other extractors into $(BENCH) (once) ..."
	@test -x $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@$(BENCH)/bin/python -m compileall -q -j 0 $(BENCH)/lib
	@touch $@

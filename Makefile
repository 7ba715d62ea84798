# Everything a checkout needs: make demo builds a graph and asks it, make test runs every test.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORE ?= store
PYTEST_ARGS ?=

RUN := $(VENV)/.run
DEV := $(VENV)/.dev

PAGE := server/page/static/npm.txt
WEB := server/page/web
COMUNICA := tests/clients/comunica

.PHONY: help demo test check page clients format lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

demo: $(RUN) page ## build the graph of seeds/, ask it, export it
	$(BIN)/kg build seeds --store $(STORE)
	@echo; echo "What has Li Shangfu said, and where does it say so?"
	$(BIN)/kg query what-has-someone-said --store $(STORE) --format table
	@echo; echo "Who supports or opposes what?"
	$(BIN)/kg query who-supports-or-opposes-what --store $(STORE) --format table
	@echo; echo "Who holds which office, and how many articles say so?"
	$(BIN)/kg query who-holds-which-office --store $(STORE) --format table
	@echo; echo "What is reported as not having happened, or only proposed or planned?"
	$(BIN)/kg query what-has-not-happened --store $(STORE) --format table
	$(BIN)/kg export --store $(STORE) --output graph.ttl
	@echo; echo "The graph is in $(STORE)/, and as Turtle in graph.ttl; more questions: $(BIN)/kg query --list"

test: $(DEV) page clients ## run every test
	$(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

page: ## build the SPARQL editor of the page, where node is
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(PAGE); \
	else echo "npm is not there: the page has a plain text area for an editor"; fi

clients: ## fetch the programs from npm that tests ask the endpoint with, where node is
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(COMUNICA)/node_modules; \
	else echo "npm is not there: the tests with Comunica are skipped"; fi

check: $(DEV) ## lint, types, and the one-way flow of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV) ## format the code
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

lock: $(DEV) ## pin the newest versions that fit, with hashes
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	    --upgrade pyproject.toml --group pyproject.toml:build --output-file requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	    --upgrade pyproject.toml --group pyproject.toml:build --group pyproject.toml:dev --constraint requirements/run.txt \
	    --output-file requirements/dev.txt

clean: ## remove what the targets made
	rm -rf $(VENV) $(STORE) graph.ttl dist $(WEB)/node_modules $(COMUNICA)/node_modules server/page/static/*.min.* server/page/static/npm.txt .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(PAGE): $(WEB)/package-lock.json $(WEB)/build.mjs
	cd $(WEB) && npm ci --ignore-scripts --no-audit --no-fund --silent && npm run --silent build

$(COMUNICA)/node_modules: $(COMUNICA)/package-lock.json
	cd $(COMUNICA) && npm ci --ignore-scripts --no-audit --no-fund --silent
	touch $@

$(RUN): requirements/run.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(DEV): requirements/dev.txt $(RUN)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

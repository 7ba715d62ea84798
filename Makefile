# Two commands set up a checkout: `make demo` builds a graph and asks it, `make test` runs every test.
# The environment is .venv; each target makes what it needs.

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

.PHONY: help demo test check docs reference picture page clients format lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

demo: $(RUN) page ## install, build the graph of seeds/, ask questions, export it
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
	@echo; echo "The graph is in $(STORE)/, and as Turtle in graph.ttl. More questions: $(BIN)/kg query --list"
	@echo "To open the page, run: $(BIN)/kg serve --store $(STORE)"
	@echo "and then open http://127.0.0.1:8000/ in a browser."

test: $(DEV) page clients ## run every test; PYTEST_ARGS='-k name' selects
	$(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

page: ## build the SPARQL editor of the page, if node is installed
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(PAGE); \
	else echo "npm is not installed: the page has a plain text area instead of an editor"; fi

clients: ## install the SPARQL clients of the tests, if node is installed
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(COMUNICA)/node_modules; \
	else echo "npm is not installed: the tests with Comunica are skipped"; fi

check: $(DEV) docs ## check style, types, the direction of imports, and the documentation
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(DEV) ## build the documentation in site/, strictly; it needs no network to be read
	$(BIN)/python -m docs.generate --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict
	$(BIN)/python -m docs.offline site

reference: $(DEV) ## write docs/reference/ anew from the code
	$(BIN)/python -m docs.generate

picture: $(DEV) page ## take the picture of the page in the README anew, with Chromium
	$(BIN)/python -m docs.picture docs/images/page.png

format: $(DEV) ## format the code
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

lock: $(DEV) ## pin the newest versions that fit, with hashes, in requirements/
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	    --upgrade pyproject.toml --group pyproject.toml:build --output-file requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	    --upgrade pyproject.toml --group pyproject.toml:build --group pyproject.toml:dev --group pyproject.toml:docs \
	    --constraint requirements/run.txt --output-file requirements/dev.txt

clean: ## remove everything that the targets made
	rm -rf $(VENV) $(STORE) graph.ttl dist site $(WEB)/node_modules $(COMUNICA)/node_modules server/page/static/*.min.* server/page/static/npm.txt .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

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

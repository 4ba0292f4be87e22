# `make` alone prints what each target is for.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# --no-compile halves the install; Python compiles what it imports, when it imports it.
PIP    := $(BIN)/python -m pip --disable-pip-version-check -q
LOCKED := $(PIP) install --no-compile --require-hashes
ARGS   ?=

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo screenshots messages test check bench lock clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.setup ## make .venv from the lock and install the project in it (PYTHON=python3.12 to choose)

setup-dev: $(VENV)/.setup-dev ## setup, plus what the tests and checks need

demo: setup ## start a demonstration practice on this machine
	$(BIN)/releve demo $(ARGS)

screenshots: setup-dev ## take the pictures of the README again, from the demonstration
	$(BIN)/python -m tools.screenshots

messages: setup-dev ## bring the catalogues of the screens up to date and compile them (needs gettext)
	$(BIN)/python -m tools.messages

test: setup-dev ## run the tests, then once more on PostgreSQL (ARGS="-k booking" to choose)
	$(BIN)/pytest -n 2 -q $(ARGS)
	$(BIN)/python -m bench.postgres $(BIN)/pytest -n 2 -q -m "not processes and not browser and not pure" $(ARGS) \
	  || test $$? -eq 5 # nothing chosen there

check: setup-dev ## lint, format, types, contracts between rooms, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint src --lint --quiet

bench: setup-dev ## measure the published figures
	$(BIN)/python -m bench $(ARGS)

lock: ## regenerate requirements*.txt from requirements*.in, with hashes (UPGRADE=--upgrade to move versions)
	tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && $(PYTHON) -m venv "$$tools" && \
	"$$tools/bin/pip" install -q pip-tools==7.6.2 && \
	for name in requirements requirements-dev; do \
	  "$$tools/bin/pip-compile" -q $(UPGRADE) --generate-hashes --allow-unsafe --strip-extras --no-header \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o $$name.txt $$name.in || exit 1; \
	done

clean: ## remove the virtual environment, caches and build output; never var/, where the data are
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(VENV)/.setup: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; v = "%d.%d" % sys.version_info[:2]; sys.version_info >= (3, 11) or sys.exit("Relève needs Python 3.11 or later, and $(PYTHON) is Python " + v + ". Choose another: make setup PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(LOCKED) -r requirements.txt
	$(PIP) install --no-index --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.setup-dev: $(VENV)/.setup requirements-dev.txt
	$(LOCKED) -r requirements.txt -r requirements-dev.txt
	@touch $@

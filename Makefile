# SPDX-License-Identifier: EUPL-1.2
# All commands for working on Talka. Needs python3 (3.11 or newer); the rest is made by tools/prepare.py.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: help demo run test test-fast lint format messages docs bench lock prepare-app prepare-test

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

demo: prepare-app ## a living site with example data on http://127.0.0.1:8000 (PORT=… for another port)
	@exec $(BIN)/talka demo --port $(PORT)

run: prepare-app ## the same without example data, for working on Talka
	@exec $(BIN)/talka run --port $(PORT)

test: prepare-test ## everything: style, types, layers, migrations, translations, tests, tests in a browser
	@$(MAKE) --no-print-directory lint
	$(BIN)/pytest -n 2 --dist loadgroup

test-fast: prepare-test ## the tests without a browser
	$(BIN)/pytest -n 2 --dist loadgroup -m "not browser"

lint: prepare-test ## style, types, layers, migrations, translations, documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYTHONPATH=. $(BIN)/mypy
	$(BIN)/lint-imports
	TALKA_MODE=test $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python tools/messages.py check
	@$(MAKE) --no-print-directory docs

format: prepare-test ## put the code into the common style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: prepare-test ## bring the Latvian catalogue up to date with the code
	$(BIN)/python tools/messages.py update

docs: prepare-test ## check the documents: links, decisions
	$(BIN)/python tools/check_docs.py

bench: prepare-test ## measure speed and size on 100,000 proposals
	$(BIN)/python -m bench

lock: ## lock the newest allowed Python packages anew (needs uv)
	uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --universal --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --universal --python-version 3.11 --extra test -c requirements.txt pyproject.toml -o requirements-test.txt

prepare-app:
	@$(PYTHON) tools/prepare.py app

prepare-test:
	@$(PYTHON) tools/prepare.py test

# What a person or a machine does with this project; `make help` lists it.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt

# The pins were tried together on 3.11, so it comes first; `make setup PYTHON=/some/python` chooses another.
PYTHONS := $(or $(PYTHON),python3.11 python3.12 python3.13 python3.14 python3)
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

# One thread a process: threads of two processes that wait for each other are far slower (docs/operations.md).
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1
JOBS ?= 2

##@ Use

demo: setup ## Answer three invented startups from the real registry; needs no PyTorch
	@$(BIN)/matcher init
	@echo "Three startups, invented for this demo; the carriers and their facts are real:"
	@$(BIN)/matcher recommend -k 3 --input data/demo/startups.jsonl

serve: setup ## Serve the pages and the API on 127.0.0.1:8000 until Ctrl-C
	@$(BIN)/matcher serve

##@ Set up

setup: $(VENV)/.installed ## Install the project and its pinned packages into .venv; nothing to do when unchanged

setup-dev: $(VENV)/.installed-dev ## The same with what tests, checks and training need, PyTorch included

setup-bench: $(VENV)/.installed-bench ## The same with the programs that make bench measures beside

setup-browser: ## Install Chromium, a font with Chinese and axe-core for the tests in a browser, where it can be done
	@tests/browser/install.sh

$(VENV)/.installed: pyproject.toml constraints.txt $(BIN)/python
	@echo "Installing pinned packages into $(VENV) ..."
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt $(BIN)/python
	@echo "Installing pinned packages, PyTorch included, into $(VENV) ..."
	@$(INSTALL) --editable '.[dev]'
	@touch $(VENV)/.installed $@

$(VENV)/.installed-bench: pyproject.toml constraints.txt $(VENV)/.installed-dev
	@echo "Installing the programs to measure beside into $(VENV) ..."
	@$(INSTALL) --editable '.[dev,bench]'
	@touch $@

$(BIN)/python:
	@for python in $(PYTHONS); do \
	  if "$$python" -c '$(USABLE)' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$${found:-}" ]; then \
	  echo "Python 3.11 or newer, with its venv module, is needed; tried: $(PYTHONS)." >&2; \
	  echo "Install it, or name it: make setup PYTHON=/path/to/python" >&2; \
	  exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$found" --version) ..."; \
	"$$found" -m venv --clear $(VENV)

##@ Check

test: setup-dev setup-browser ## Run all tests
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

lint: setup-dev ## Check style, format, types and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint ## Lint, then run the quick tests
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --quiet tests/architecture tests/unit

screenshots: setup-dev setup-browser ## Take a picture of every page, in each language and at three widths, into var/screenshots
	@$(BIN)/python -m tests.browser.screenshots $(PAGES)

fuzz: setup-dev ## Ask a server thousands of made-up requests, as everybody who may ask
	@$(BIN)/python -m tests.fuzz

##@ Measure and train

bench: setup-bench ## Measure speed and quality beside known programs, in one run (FLAGS=--quick: two minutes)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m api.bench $(FLAGS)
	@$(BIN)/matcher evaluate

train: setup-dev ## Train the released readers and ranker again from data/, and measure them
	@$(BIN)/python -m models.train_readers
	@$(BIN)/python -m api.calibrate_ranker
	@$(BIN)/python -m api.train_ranker
	@$(BIN)/python -m api.measure_released

##@ Tidy

clean: ## Remove .venv, caches and builds; var/ with its data stays
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## List these targets
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo serve setup setup-dev setup-bench setup-browser test lint check screenshots fuzz bench train clean help

# The front door. `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := build/venv
PYTHON := $(VENV)/bin/python
STAMPS := build/.stamps
SECONDS ?= 60
PREFIX ?= /usr/local

CORE_SOURCES := $(shell find CMakeLists.txt include lib -type f)
BINDING_SOURCES := $(shell find bindings -type f -not -name '*.pyc' -not -path '*/__pycache__/*')

## Main targets

.PHONY: demo
demo: ## report on the bundled purchase log and survey: build/demo/report.html
	@.ci/setup demo
	@cmake --preset dev --log-level=WARNING -DLOYALTY_BUILD_TESTS=OFF -DLOYALTY_BUILD_EXAMPLES=OFF >/dev/null
	@cmake --build --preset dev --target loyalty_lua
	@$(MAKE) -s $(STAMPS)/python build/env.sh
	@$(PYTHON) -m loyalty report --transactions examples/data/cdnow.csv --survey examples/data/survey.csv --out build/demo
	@echo "Report: build/demo/report.html"

.PHONY: test
test: ## everything: C in four forms, sanitizers, Lua, Python, parity, accuracy (quick), consumers
	@.ci/setup test
	@$(MAKE) -s test-c sanitize test-lua test-python

.PHONY: test-c
test-c: dev ## C tests: shared, static, header-only C11 (GCC) and C++17 (clang)
	@ctest --preset dev
	@cmake --preset clang --log-level=WARNING >/dev/null && cmake --build --preset clang && ctest --preset clang

.PHONY: sanitize
sanitize: ## C tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@.ci/setup test
	@cmake --preset asan-ubsan --log-level=WARNING >/dev/null
	@cmake --build --preset asan-ubsan
	@ctest --preset asan-ubsan

.PHONY: test-lua
test-lua: dev build/env.sh ## Lua tests and examples
	@. build/env.sh; tests/lua/run

.PHONY: test-python
test-python: dev $(STAMPS)/python build/env.sh ## Python, parity, quick accuracy and consumer tests
	@. build/env.sh; $(PYTHON) -m pytest -q -n auto --dist loadfile

## Building

.PHONY: setup
setup: ## install what is missing (apt packages, Python packages into build/venv)
	@.ci/setup test

.PHONY: dev
dev: ## build every form, the C tests and the Lua module in build/dev
	@.ci/setup test
	@cmake --preset dev --log-level=WARNING >/dev/null
	@cmake --build --preset dev

.PHONY: python
python: $(STAMPS)/python build/env.sh ## build the Python package into build/venv

$(STAMPS)/python: $(CORE_SOURCES) $(BINDING_SOURCES) pyproject.toml
	@mkdir -p $(STAMPS)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps \
	  --config-settings build-dir=build/python . && touch $@

build/env.sh: .ci/env
	@.ci/env > $@

.PHONY: install
install: ## install headers, libraries, CMake package and pkg-config file under PREFIX (default /usr/local)
	@.ci/setup demo
	@cmake --preset release --log-level=WARNING >/dev/null
	@cmake --build --preset release
	@cmake --install build/release --component library --prefix "$(PREFIX)"

.PHONY: rock
rock: dev ## a Lua rock in build/rock that needs only a C compiler to install
	@bindings/lua/make_rock
	@echo "Rock: build/rock"

## On demand

.PHONY: bench
bench: dev $(STAMPS)/python build/env.sh ## speed against the peers, in turn in one run
	@.ci/setup peers
	@. build/env.sh; tests/bench/run

.PHONY: accuracy
accuracy: $(STAMPS)/python build/env.sh ## full accuracy grids; writes docs/accuracy.md
	@.ci/setup peers
	@. build/env.sh; $(PYTHON) tests/accuracy/report.py

.PHONY: simulate
simulate: $(STAMPS)/python build/env.sh ## recovery and coverage by simulation; writes the tables of docs/
	@. build/env.sh; tests/simulation/run

.PHONY: fuzz
fuzz: ## libFuzzer targets, SECONDS=60 each
	@.ci/setup test
	@tests/fuzz/run $(SECONDS)

.PHONY: lint
lint: ## formatting, ruff, mypy, clang-tidy, cppcheck, luacheck
	@.ci/setup lint
	@.ci/lint

.PHONY: format
format: ## rewrite C and Python sources in the project's style
	@.ci/setup lint
	@.ci/lint --fix

.PHONY: docs
docs: ## check the documentation: links, code blocks, every public function named
	@.ci/setup test
	@$(PYTHON) -m pytest -q tests/python/test_docs.py

.PHONY: clean
clean: ## remove what was built, keep the virtual environments
	@find build -mindepth 1 -maxdepth 1 -not -name venv -not -name peers -exec rm -rf {} +

.PHONY: help
help: ## this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

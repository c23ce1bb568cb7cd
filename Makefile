# `make` alone lists what there is. All that it makes lies in .venv and build.

SCENARIO ?=
ARGS ?=
WORKERS ?= auto
BIN := .venv/bin

# What is set for another Python must not reach this one.
unexport PYTHONPATH PYTHONHOME

# Without a screen, and the same whatever language the machine speaks.
OFFSCREEN := QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8

.NOTPARALLEL:
.PHONY: help setup run quick test pythons check catalogues bench mutants soak screenshots lock clean distclean offscreen tested \
	package installers prove prove-packages prove-locks

help: ## List these targets
	@echo "Signoff: review Pleo export jobs and complete them by hand"
	@echo
	@awk -F ' *:.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  make run SCENARIO=waiting     another sandbox scenario (signoff --help lists them)"
	@echo "  make test ARGS='-k gate'      more arguments for pytest; so has make quick"
	@echo "  make PYTHON=/path setup       a certain Python for a new .venv"

setup: ## Build .venv, so that .venv/bin/signoff is the program
	@sh packaging/setup.sh window

run: setup ## Open the window on the built-in sandbox
	@$(BIN)/signoff --sandbox $(if $(strip $(SCENARIO)),"$(strip $(SCENARIO))")

# No window, no socket, no other process, nothing slow, few examples. ARGS may name one file.
quick: offscreen ## Run the tests that take no time
	$(OFFSCREEN) $(BIN)/pytest --quiet -m "not window and not socket and not process and not slow" \
		--hypothesis-profile quick $(foreach folder,contract faults journeys soak,--ignore tests/$(folder)) \
		-p no:xdist $(ARGS)

# A test that hangs inside Qt's own loop is ended only by a thread: Python sees no signal there.
test: tested ## Run all tests, without a screen
	$(OFFSCREEN) $(BIN)/pytest -n $(WORKERS) --maxprocesses 4 --timeout-method thread --hypothesis-profile full $(ARGS)

pythons: offscreen ## Run the quick tests on each other Python that this machine has
	@sh packaging/other_pythons.sh

check: offscreen ## Check format, lint, types and the import contracts
	@failed=; \
	for tool in "ruff format --check ." "ruff check ." "mypy" "lint-imports"; do \
		echo "$$tool"; \
		$(BIN)/$$tool || failed="$$failed, $$tool"; \
	done; \
	if [ -n "$$failed" ]; then echo "failed: $${failed#, }" >&2; exit 1; fi

catalogues: offscreen ## Bring the languages' catalogues to what the code says
	$(BIN)/python packaging/catalogues.py

bench: offscreen ## Measure speed and memory
	$(OFFSCREEN) $(BIN)/python tests/benchmarks/run.py $(ARGS)

# ARGS names parts of paths: make mutants ARGS='evidence outcomes' tries those modules only.
mutants: tested ## Break the code that sends, a place at a time: the tests must notice
	$(OFFSCREEN) $(BIN)/python tests/mutants/run.py $(ARGS)

soak: offscreen ## Kill completions at TRIALS points of their life (500), then watch for DURATION minutes (30) of faults
	$(OFFSCREEN) $(BIN)/python tests/soak/kill.py --trials $(or $(TRIALS),500) $(ARGS)
	$(OFFSCREEN) $(BIN)/python tests/soak/watch.py --minutes $(or $(DURATION),30)

screenshots: offscreen ## Draw the pictures of the README anew, and look for words that are cut off
	$(OFFSCREEN) $(BIN)/python -m ui.tools.gallery resources/pictures
	$(OFFSCREEN) $(BIN)/python -m ui.tools.cut_words

package: offscreen ## Freeze the program into dist/signoff, with a Python of its own
	@sh packaging/package_environment.sh
	build/package/env/bin/python packaging/freeze.py

installers: package ## Make the Debian package and the AppImage's payload of it
	@sh packaging/system_libraries.sh debian $(BIN)/python || true
	$(BIN)/python packaging/linux/build.py

# What this machine has no tool for, the proofs name and leave out.
prove: package ## Check the frozen program with nothing on PATH, and do the main job in it
	@sh packaging/system_libraries.sh proof $(BIN)/python || true
	@sh packaging/proofs/frozen.sh

prove-packages: prove installers ## Prove the packages on a bare Debian and under wine
	@sh packaging/proofs/debian.sh
	@sh packaging/proofs/wine.sh

prove-locks: offscreen ## See whether the locks can be installed on all six platforms; asks the package index
	@$(BIN)/python packaging/proofs/locks.py

lock: offscreen ## Write the lock files anew from pyproject.toml (UPGRADE=1: newest versions)
	@UPGRADE="$(UPGRADE)" sh packaging/lock.sh

clean: ## Remove what was built, but not .venv
	@rm -rf build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .schemathesis
	@find . \( -path ./.venv -o -path ./.git \) -prune -o -type d -name __pycache__ -exec rm -rf {} +

distclean: clean ## Remove .venv too
	@rm -rf .venv

offscreen:
	@sh packaging/setup.sh offscreen

tested:
	@sh packaging/setup.sh tests

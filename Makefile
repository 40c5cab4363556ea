# What a newcomer needs: `make demo` and `make test`. The rest is for those who work on the kit.
PYTHON ?= python3
# Which build of PyTorch: `make demo TORCH=cpu` leaves out CUDA, which grading never uses. Empty: the default of PyPI.
TORCH ?=
BIN := .venv/bin
export OMP_NUM_THREADS := 1

.PHONY: help demo test test-fast audit attacks fuzz build verify lint lock bench
# Each file of tests runs in one process, the longest first: files wait for student code more than they compute.
SIDE_BY_SIDE := -n 2 --dist loadfile --no-loadscope-reorder

help:  ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/'

demo: .venv/ready  ## grade a class of sample submissions and say where the report lies
	$(BIN)/autograder demo

test: .venv/ready lint  ## everything that must hold; of the banks of variants a tenth, chosen by the commit
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --durations=25

test-fast: .venv/ready  ## the tests that start no process
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not sandbox and not bank and not browser"

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

audit: .venv/ready  ## judge the judge: every right and wrong variant, many seeds, every probe taken out once
	AUTOGRADER_BANK=whole $(BIN)/python -m pytest tests/assignments/test_probes.py
	$(BIN)/autograder audit gradient_descent
	$(BIN)/autograder audit convolution --seeds 5
	$(BIN)/autograder audit digits --seeds 20 --ledger audit.db --page docs/audit.md

attacks: .venv/ready  ## play every hostile submission in each mode that this machine offers
	$(BIN)/python tests/support/attack_table.py --every-mode

fuzz: .venv/ready  ## feed broken frames and notebooks to their readers, by the million (about half an hour)
	$(BIN)/python tests/support/fuzz.py --frames 10000000 --notebooks 100000

bench: .venv/ready  ## measure speed beside nbgrader and Otter, overhead, memory, chaos: about an hour
	for each in ready reference overhead neighbours seeds books engines regrade "endurance --count 2000" "compare --count 21" "chaos --runs 10"; do \
		set -- $$each; script=$$1; shift; $(BIN)/python benchmarks/$$script.py "$$@" || exit 1; done

build: .venv/ready  ## make release/ and solutions/ again from the masters
	$(BIN)/autograder build

verify: .venv/ready
	$(BIN)/autograder verify

lock: .venv/ready  ## pin the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--no-emit-index-url --no-header --no-annotate --upgrade --quiet --output-file requirements.lock

# Bytecode is compiled once here: sandboxed processes cannot write it and would parse every import again.
# The lock constrains: a build of PyTorch that needs no CUDA brings none of the CUDA packages named there.
.venv/ready: requirements.lock pyproject.toml setup.py
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode \
		$(if $(TORCH),--torch-backend $(TORCH)) --constraint requirements.lock --editable '.[dev]'
	touch .venv/ready

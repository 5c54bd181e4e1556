# Everything a newcomer or a maintainer types. Each target makes its own .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-long lint docs-check bench mutants clean

demo: $(VENV)/.app            ## the whole story on real data, in one minute
	$(BIN)/groundup demo

# One BLAS thread for each of two workers: small matrices gain nothing from more.
test: $(VENV)/.test           ## all tests but the long set
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow"

test-long: $(VENV)/.test      ## the long set: processes killed at random moments, data sets made anew
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -m slow

lint: $(VENV)/.lint           ## ruff and pyright
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright

bench: $(VENV)/.bench         ## ratios against the usual choices, measured in one run
	$(BIN)/python -m benchmarks

mutants: $(VENV)/.test        ## small changes to the library itself: does the exam notice?
	OMP_NUM_THREADS=1 $(BIN)/python -m mutation

clean:
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .hypothesis site

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	touch $@

# One stamp for each set of packages; a changed pyproject.toml installs it anew.
$(VENV)/.app: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet -e ".[app,plot]"
	touch $@

$(VENV)/.test: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet -e ".[all]" --group test
	touch $@

$(VENV)/.lint: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --group lint
	touch $@

$(VENV)/.bench: $(VENV)/.test
	$(BIN)/python -m pip install --quiet torch==2.13.0 jax glum pytest-benchmark
	touch $@

docs-check: $(VENV)/.test     ## every example in the docs runs, every link leads somewhere, generated pages are current
	$(BIN)/python scripts/check_docs.py

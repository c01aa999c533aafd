# All that a fresh clone needs: Python 3.11 or newer, and GNU make 3.81 or newer.
#
# Variables, given as `make run CORPUS=folder` or through the environment:
#   CORPUS       the folder of documents for `make run`; our own samples without it
#   TORCH_FLAGS  options for the one `pip install` of PyTorch. pip takes the newest fitting build
#                that its configuration offers; on Linux that is usually the large CUDA one. Where
#                no GPU is, name an index or a folder of CPU builds:
#                TORCH_FLAGS="--index-url URL" or TORCH_FLAGS="--find-links FOLDER"
#   PYTHON       the interpreters to try, in this order
#   ARGS         more arguments for pytest in `make test` and `make unit`
#   BENCH_DATA   the folder with the files that `make bench` measures on
#   BENCH_FILES  the folder with the documents, in `seeds` and `vbpl`, that it also searches
#   BENCH_PASSAGES  how many passages `make bench` makes to measure speed and memory

PYTHON ?= python3 python3.11 python3.12 python3.13
TORCH_FLAGS ?=
ARGS ?=
BENCH_DATA ?= ../shared/eval
BENCH_FILES ?= ../shared/corpus
BENCH_PASSAGES ?= 100000

VENV := .venv
PY := $(VENV)/bin/python
CANCU := $(VENV)/bin/cancu
SAMPLES := corpus/samples/documents

# Set-up speaks on stderr and reads nothing, so that a piped chat has stdin and stdout to itself.
# pip shows its progress to a person, and only its errors to a log.
PIP = $(PY) -m pip install --disable-pip-version-check $$([ -t 2 ] || echo --quiet) -c constraints.txt

.PHONY: help install run test check lint types imports unit format bench hooks clean
.NOTPARALLEL:
.DELETE_ON_ERROR:

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 @\2/p' Makefile | awk -F@ '{ printf "%-16s %s\n", $$1, $$2 }'

install: $(VENV)/.runtime ## make .venv with the program cancu
	@echo "Xong: $(CANCU). (Done.)" >&2

# The chat over the samples keeps its data apart from an office's own, wherever .env puts those;
# only a CANCU_DATA_DIR of the environment itself is taken as it is.
run: $(VENV)/.runtime ## start the assistant: in Telegram with TELEGRAM_BOT_TOKEN, else in this terminal
	@set -e; \
	setting() { $(PY) -c 'import os, sys, dotenv; name = sys.argv[1]; \
	print(os.environ.get(name, dotenv.dotenv_values(".env").get(name)) or "")' "$$1" </dev/null; }; \
	token=$$(setting TELEGRAM_BOT_TOKEN); \
	documents=$$CORPUS; mode=serve; \
	if [ -z "$$token" ]; then documents=$${CORPUS:-$(SAMPLES)}; mode=ask; fi; \
	if [ "$$documents" = "$(SAMPLES)" ] && [ -z "$$CANCU_DATA_DIR" ]; then \
		own=$$(setting CANCU_DATA_DIR); \
		export CANCU_DATA_DIR="$${own:-./data}/mau" CANCU_DATABASE_URL="$${CANCU_DATABASE_URL-}"; \
	fi; \
	if [ -n "$$documents" ]; then \
		echo "Đang đọc văn bản trong $$documents … (Reading the documents.)" >&2; \
		$(CANCU) index "$$documents" </dev/null >&2; \
	fi; \
	exec $(CANCU) $$mode

test: $(VENV)/.dev ## all tests
	@$(PY) -m pytest $(ARGS) </dev/null

check: lint types imports unit ## format, lint, types, import direction, unit tests: under a minute

lint: $(VENV)/.dev ## format and lint
	@$(VENV)/bin/ruff format --check . </dev/null
	@$(VENV)/bin/ruff check . </dev/null

types: $(VENV)/.dev ## mypy --strict
	@$(VENV)/bin/mypy </dev/null

imports: $(VENV)/.dev ## bot imports retrieval imports corpus, never the other way
	@$(VENV)/bin/lint-imports </dev/null

unit: $(VENV)/.dev ## unit tests without the slow ones
	@$(PY) -m pytest tests/unit -n auto -m "not slow" $(ARGS) </dev/null

format: $(VENV)/.dev ## put the code in form
	@$(VENV)/bin/ruff format . </dev/null
	@$(VENV)/bin/ruff check --fix . </dev/null

bench: $(VENV)/.bench ## the measurements behind docs/adr, and the peers for benchmarks/RESULTS.md
	@for file in legal_corpus.jsonl legal_queries.jsonl seed_questions.jsonl; do \
		[ -f "$(BENCH_DATA)/$$file" ] || { \
			echo "Nothing to measure on: $(BENCH_DATA)/$$file is missing." \
				"Name the folder that has it: make bench BENCH_DATA=folder" >&2; exit 1; }; \
	done
	@$(PY) -m benchmarks.lexical_index --corpus "$(BENCH_DATA)/legal_corpus.jsonl" \
		--queries "$(BENCH_DATA)/legal_queries.jsonl" </dev/null
	@mkdir -p data
	@$(PY) -m benchmarks.peers ranking quotes scale --out benchmarks/RESULTS.md \
		--cache data/bench-vectors.db --corpus "$(BENCH_DATA)/legal_corpus.jsonl" \
		--queries "$(BENCH_DATA)/legal_queries.jsonl" \
		--quotes "$(BENCH_DATA)/seed_questions.jsonl" \
		--documents "$(BENCH_FILES)/seeds" "$(BENCH_FILES)/vbpl" </dev/null
	@$(PY) -m benchmarks.embedding --corpus "$(BENCH_DATA)/legal_corpus.jsonl" \
		--queries "$(BENCH_DATA)/legal_queries.jsonl" </dev/null
	@$(PY) -m benchmarks.scale --corpus "$(BENCH_DATA)/legal_corpus.jsonl" \
		--queries "$(BENCH_DATA)/legal_queries.jsonl" --passages $(BENCH_PASSAGES) </dev/null

hooks: $(VENV)/.dev ## let git run `make check` before each commit
	@$(VENV)/bin/pre-commit install </dev/null

clean: ## remove .venv and what tools left; data and .env stay
	@rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache .coverage
	@find bot retrieval corpus prompts tests benchmarks examples -name __pycache__ -prune -exec rm -rf {} +

# One stamp for each kind of installation, renewed when the wanted versions change.

$(VENV)/.created:
	@set -e; why=version; \
	for python in $(PYTHON); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1 || continue; \
		"$$python" -c 'import ensurepip, venv' </dev/null >/dev/null 2>&1 || { why=venv; continue; }; \
		if ! $(PY) -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1; then \
			echo "Đang tạo $(VENV) … (Making $(VENV).)" >&2; \
			"$$python" -m venv --clear $(VENV) </dev/null >&2; \
		fi; \
		touch $@; exit 0; \
	done; \
	if [ $$why = venv ]; then \
		echo "Python ở đây thiếu mô-đun venv; hãy cài gói python3-venv rồi chạy lại." \
			"(This Python lacks the venv module: install python3-venv, then try again.)" >&2; \
	else \
		echo "Cần Python 3.11 trở lên; hãy cài rồi chạy lại." \
			"(Python 3.11 or newer is needed: install it, then try again.)" >&2; \
	fi; exit 1

$(VENV)/.torch: $(VENV)/.created constraints.txt
	@echo "Đang cài PyTorch, lần đầu mất vài phút … (Installing PyTorch, some minutes at first.)" >&2
	@$(PIP) $(TORCH_FLAGS) torch==2.13.0 </dev/null >&2
	@touch $@

$(VENV)/.runtime: $(VENV)/.torch pyproject.toml constraints.txt
	@echo "Đang cài các thư viện … (Installing the libraries.)" >&2
	@$(PIP) -e . </dev/null >&2
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	@echo "Đang cài công cụ kiểm thử … (Installing the tools for tests.)" >&2
	@$(PIP) -e '.[dev]' </dev/null >&2
	@touch $@

$(VENV)/.bench: $(VENV)/.dev
	@echo "Đang cài thư viện để đo … (Installing what the measurements need.)" >&2
	@$(PIP) -e '.[bench]' </dev/null >&2
	@touch $@

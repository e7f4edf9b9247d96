# make run  – set everything up and start Kesan
# make test – install what the tests need and run everything
PORT     ?= 8000
DATA_DIR ?= data
DEMO     ?= 1
PYTHON   ?= python3
HOST     ?= 127.0.0.1
HTMX     := 2.0.11
AXE      := 4.14.1
VNU      := 26.9.27

VENV  := .venv
BIN   := $(VENV)/bin
FLASK := $(BIN)/flask --app app
export DATA_DIR
export BASE_URL ?= http://$(HOST):$(PORT)

.PHONY: run setup test test-tools lint translations check-postgresql clean retrain bench-sentiment bench-reanalysis bench-export bench-explorer bench-results

run: setup
	@$(FLASK) setup
	@if [ "$(DEMO)" = 1 ]; then $(FLASK) demo load; fi
	@HTMX_SOURCE=$${HTMX_SOURCE:-$$(test -f static/vendor/htmx.min.js && echo local || echo cdn)} \
	  $(BIN)/gunicorn -c feedback/serving.py --bind $(HOST):$(PORT) app:app

setup: $(VENV)/.runtime static/vendor/.tried translations

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Kesan needs Python 3.11 or newer (PYTHON=python3.12 make run chooses one)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

# htmx comes from the CDN; a copy is fetched where npm is there, so Kesan also works offline.
static/vendor/.tried: Makefile
	@mkdir -p static/vendor
	@if command -v npm >/dev/null; then \
	  npm pack --silent --pack-destination static/vendor htmx.org@$(HTMX) >/dev/null 2>&1 \
	  && tar -xzf static/vendor/htmx.org-$(HTMX).tgz -C static/vendor --strip-components=2 \
	       package/dist/htmx.min.js \
	  && rm static/vendor/htmx.org-$(HTMX).tgz || echo "htmx will come from the CDN"; \
	fi
	@touch $@

CATALOGUES := $(wildcard feedback/translations/*/LC_MESSAGES/messages.po)
translations: $(CATALOGUES:.po=.mo)
%.mo: %.po | $(VENV)/.runtime
	@$(BIN)/pybabel --quiet compile -i $< -o $@

# Everything the tests need besides Python packages, from Debian's archive; asked only if missing.
test-tools: $(VENV)/.testing tests/vendor/axe-core-$(AXE)/axe.min.js tests/vendor/vnu-jar-$(VNU)/vnu.jar
	@missing=""; \
	test -x /usr/bin/chromium || missing="$$missing chromium"; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	command -v openssl >/dev/null || missing="$$missing openssl"; \
	command -v java >/dev/null || missing="$$missing default-jre-headless"; \
	if [ -n "$$missing" ]; then \
	  as=""; test "$$(id -u)" = 0 || as=sudo; \
	  $$as apt-get update -qq && \
	  $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
	@test -s static/vendor/htmx.min.js || { echo "The browser tests need npm, for htmx"; exit 1; }

$(VENV)/.testing: tests/requirements.txt requirements.txt requirements-transformer.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

# What looks at pages for barriers and for wrong HTML; fetched once per version, then offline.
define fetch
	@rm -rf tests/vendor/$(1)-* && mkdir -p $(@D)
	@npm pack --silent --pack-destination $(@D) $(1)@$(2) >/dev/null 2>&1 \
	&& tar -xzOf $(@D)/$(1)-$(2).tgz package/$(3) > $@.part && mv $@.part $@ && rm $(@D)/$(1)-$(2).tgz \
	|| { echo "The browser tests need npm, for $(1) $(2)"; exit 1; }
endef
tests/vendor/axe-core-$(AXE)/axe.min.js:
	$(call fetch,axe-core,$(AXE),axe.min.js)
tests/vendor/vnu-jar-$(VNU)/vnu.jar:
	$(call fetch,vnu-jar,$(VNU),build/dist/vnu.jar)

# Linters, all tests on SQLite, then those that meet the database again on PostgreSQL.
test: setup test-tools lint
	$(BIN)/python -m pytest -n 2
	$(BIN)/python -m pytest -n 2 --database=postgresql -m "database and not browser"

lint: test-tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check feedback tests app.py
	$(BIN)/mypy

# Make the weights again from the data in DATA=FOLDER and compare them with those in the package.
WEIGHTS := feedback/sentiment/weights
retrain: setup
	@test -d "$(DATA)" || { echo "Say where the training data lies: make retrain DATA=FOLDER"; exit 1; }
	@made=$$(mktemp -d) && trap 'rm -rf "$$made"' EXIT && \
	DATA_DIR=$$made $(FLASK) sentiment train "$(DATA)" --seed 7 --out $$made/model.npz && \
	for file in model.npz report.json; do \
	  cmp $$made/$$file $(WEIGHTS)/$$file || { echo "$$file differs from the one in $(WEIGHTS)"; exit 1; }; \
	done && echo "Weights and report are byte for byte those in $(WEIGHTS)."

# Analysers side by side on the labelled sets in DATA=FOLDER; then analysing many comments anew.
bench-sentiment: $(VENV)/.benchmarks
	@test -d "$(DATA)" || { echo "Say where the labelled sets lie: make bench-sentiment DATA=FOLDER"; exit 1; }
	@$(BIN)/python -m benchmarks.sentiment "$(DATA)"

COMMENTS ?= 100000
bench-reanalysis: setup
	@$(BIN)/python -m benchmarks.reanalysis $(COMMENTS)

# Files of so many invented responses, made by the real service, opened again and compared.
RESPONSES ?= 150000
bench-export: setup
	@$(BIN)/python -m benchmarks.export $(RESPONSES)

# Every filter of the review explorer over so many comments, on DATABASE=sqlite or postgresql.
REVIEWS  ?= 10000 100000 1000000
DATABASE ?= sqlite
bench-explorer: setup
	@$(BIN)/python -m benchmarks.explorer $(DATABASE) $(REVIEWS)

# Managers' pages over invented years; one run fills a database for each of the SIZES.
SIZES ?= 10000 100000 1000000
bench-results: setup test-tools
	@$(BIN)/python -m benchmarks.results $(DATABASE) $(SIZES)

$(VENV)/.benchmarks: benchmarks/requirements.txt requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	@touch $@

# Collect the sentences of code and templates into the catalogues (after changing one).
catalogues:
	$(BIN)/pybabel --quiet extract -F feedback/translations/babel.cfg -k _l -k lazy_gettext \
	  --no-location --no-wrap --sort-output --project=Kesan --version=1 -o feedback/translations/messages.pot .
	@for language in id ms; do \
	  test -f feedback/translations/$$language/LC_MESSAGES/messages.po \
	  && $(BIN)/pybabel --quiet update -N --no-wrap -i feedback/translations/messages.pot -d feedback/translations -l $$language \
	  || $(BIN)/pybabel --quiet init --no-wrap -i feedback/translations/messages.pot -d feedback/translations -l $$language; \
	done
	@sed -i -E '/^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By):/d' \
	  feedback/translations/*/LC_MESSAGES/messages.po

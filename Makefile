# One word for each loop. `make` alone says them.

# The Python that the environment is made with; 3.11 or newer.
PYTHON ?= python3
PORT ?= 8000
DEMO_ARGS ?=
TEST_ARGS ?=
# How many tests run at one time.
WORKERS ?= 2

IN = .venv/bin
APPS = config claims sources
TEMPLATES = $(shell find $(APPS) -name '*.html' -path '*/templates/*')

# What `check --deploy` looks at is an installation as it should be.
PRODUCTION = COUNTERCLAIM_PRODUCTION=on COUNTERCLAIM_ALLOWED_HOSTS=example.org \
	COUNTERCLAIM_SECRET_KEY=only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz \
	DATABASE_URL=postgres://nobody@127.0.0.1/none REDIS_URL=redis://127.0.0.1:6379/0

export PYTHON PORT
.PHONY: help demo test check fix words bench clean

help:
	@echo 'make demo    run it all here: web, workers, database, sample data (PORT, DEMO_ARGS)'
	@echo 'make test    every test, with those in a browser (TEST_ARGS, WORKERS)'
	@echo 'make check   format, lint, types, imports, templates, migrations, API schema'
	@echo 'make fix     mend what the machine can mend'
	@echo 'make words   collect what is to be translated, and compile what was (GNU gettext)'
	@echo 'make bench   the measures that must not slip'
	@echo 'make clean   remove what running left behind, the sample data too'

demo: .venv/.product
	@exec $(IN)/python manage.py demo $(DEMO_ARGS)

test: .venv/.develop
	@sh tests/chromium.sh
	$(IN)/python -m pytest -n $(WORKERS) --dist loadfile $(TEST_ARGS)

check: .venv/.develop
	$(IN)/ruff format --check .
	$(IN)/ruff check .
	$(IN)/mypy $(APPS)
	$(IN)/lint-imports
	@echo 'djade (templates)'; $(IN)/djade --check --target-version 5.2 $(TEMPLATES)
	@echo 'djhtml (templates)'; $(IN)/djhtml --check --tabwidth 2 $(TEMPLATES)
	$(IN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(IN)/python manage.py check --deploy --fail-level WARNING
	$(IN)/python manage.py spectacular --validate --fail-on-warn --file /dev/null

fix: .venv/.develop
	$(IN)/ruff check --fix .
	$(IN)/ruff format .
	@echo 'djade (templates)'; $(IN)/djade --target-version 5.2 $(TEMPLATES)
	@echo 'djhtml (templates)'; $(IN)/djhtml --tabwidth 2 $(TEMPLATES)

words: .venv/.develop
	$(IN)/python manage.py makemessages -l ar --add-location file --no-obsolete --ignore 'tests/*'
	$(IN)/python manage.py compilemessages -l ar --ignore '.venv/*'

bench: .venv/.develop
	$(IN)/python -m tests.bench

clean:
	@[ ! -x $(IN)/python ] || $(IN)/python -m config.embedded remove
	rm -rf .run .pytest_cache .mypy_cache .ruff_cache .import_linter_cache htmlcov .coverage

# The stamps say which lock the environment holds.
.venv/.product .venv/.develop: .venv/.%: requirements/%.txt requirements/uv.txt requirements/install.sh
	@sh requirements/install.sh $*
	@touch $@

# demo     the dashboard over the example application, with traffic
# build    .build/release/fntop, one file that runs without the Swift toolchain
# install  the program, its themes, manual page and completions below PREFIX (/usr/local)
# test     all tests: Swift's, then the built program with real clients and terminals
# test-long  a million random operations on tables, and 50 crashes in the middle of writes
# lint     format, layers, house rules
# format   formats the Swift code
# frames   records the pictures that screens are compared with, and shows what changed
# keys     writes the keys that the program names into the README
# bench    measures the budgets on a release build
# clean    removes what was built

PREFIX ?= /usr/local
SWIFT ?= swift
VENV := .venv
release := --configuration release --static-swift-stdlib --product fntop
strict := FNTOP_STRICT=1

.PHONY: demo build install test test-long lint format frames keys bench clean packages python

demo: build
	@.build/release/fntop demo $(DEMO)

build: packages
	$(SWIFT) build $(release)

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/fntop/themes $(DESTDIR)$(PREFIX)/share/man/man1 \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	    $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -s -m 755 .build/release/fntop $(DESTDIR)$(PREFIX)/bin/fntop
	install -m 644 Themes/*.toml $(DESTDIR)$(PREFIX)/share/fntop/themes
	.build/release/fntop manual > $(DESTDIR)$(PREFIX)/share/man/man1/fntop.1
	.build/release/fntop completions bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/fntop
	.build/release/fntop completions zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_fntop
	.build/release/fntop completions fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/fntop.fish

test: packages python
	$(strict) $(SWIFT) build --build-tests
	$(strict) $(SWIFT) test --skip-build --no-parallel
	FNTOP=.build/debug/fntop $(VENV)/bin/python -m pytest -q Tests/Clients Tests/Terminals

test-long: packages python
	$(strict) $(SWIFT) build --build-tests
	$(strict) MODEL_STEPS=1000000 $(SWIFT) test --skip-build --filter DynamoDBTests.ModelTests
	FNTOP=.build/debug/fntop CRASHES=50 $(VENV)/bin/python -m pytest -q Tests/Clients/test_dynamodb_durability.py

lint: packages
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests
	.ci/check-layers
	.ci/check-rules

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

frames:
	RECORD_FRAMES=1 $(SWIFT) test --filter DashboardTests || true
	git --no-pager diff --stat -- Tests

keys: build
	.ci/readme-keys

bench: build python
	$(SWIFT) build $(subst --product fntop,--product fntop-bench,$(release))
	$(VENV)/bin/python Tests/Benchmarks/bench.py .build/release/fntop

clean:
	rm -rf .build .build-* $(VENV)

packages:
	@.ci/packages

python: $(VENV)/ready

$(VENV)/ready: Tests/requirements.txt
	@echo "Making a virtual environment for the tests in $(VENV)"
	@.ci/virtual-environment $(VENV) Tests/requirements.txt

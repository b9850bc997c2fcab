# Two commands: `make run` shows the daemon at work, `make test` runs every test.
SHELL := /bin/bash

# What Debian 12 with the Swift toolchain lacks.
PACKAGES := libcurl4-openssl-dev libopenblas-serial-dev libxml2-dev libsqlite3-dev libsystemd-dev zlib1g-dev pkg-config ca-certificates
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
SWIFT := swift
# An import that the manifest does not declare breaks the layering: plain `swift build` lets it pass.
STRICT := --explicit-target-dependency-import-check error
RELEASE := .build/release/tallywatch

.PHONY: help setup build run test crash-test lint check-unit deb test-deb clean

help:
	@echo "make run     build and run the daemon on the sample sources (Ctrl-C stops it)"
	@echo "make test    run every test"
	@echo "make build   build $(RELEASE)"
	@echo "make lint    check the layout of the code"
	@echo "make deb     build .build/deb/tallywatch_*.deb; make test-deb installs, upgrades and purges it"
	@echo "make crash-test   kill the daemon 300 times under load"
	@echo "make setup   install the system packages that are missing"

setup:
	@missing=(); for package in $(PACKAGES); do \
		dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing+=($$package); \
	done; \
	if [ $${#missing[@]} -gt 0 ]; then \
		echo "installing $${missing[*]}"; \
		$(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			$(SUDO) apt-get install -y -qq --no-install-recommends "$${missing[@]}"; \
	fi

build: setup
	$(SWIFT) build -c release --product tallywatch

# The samples start afresh each time, so that their alerts are there to be seen.
run: build
	@rm -rf .example
	$(RELEASE) run --config Config/example.yaml

test: setup
	$(SWIFT) build --build-tests $(STRICT)
	$(SWIFT) test --skip-build

# Kills the daemon at random moments; the last line says how often, and what became of the alerts.
crash-test: setup
	$(SWIFT) build --build-tests
	TALLYWATCH_KILLS=$${TALLYWATCH_KILLS:-300} $(SWIFT) test --skip-build --filter CrashTests

# The package depends on nothing but Debian: the Swift runtime is in the binary.
deb: setup
	$(SWIFT) build -c release --static-swift-stdlib --product tallywatch --scratch-path .build/static
	Scripts/make_deb.sh .build/static/release/tallywatch .build/deb

test-deb: deb
	Scripts/test_deb.sh .build/deb/tallywatch_*.deb

lint:
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift

# The unit names the installed binary; here it is checked with the one that was built.
check-unit: build
	@directory=$$(mktemp -d) && trap 'rm -r "$$directory"' EXIT && \
	sed 's#/usr/bin/tallywatch#$(CURDIR)/$(RELEASE)#' systemd/tallywatch.service > "$$directory/tallywatch.service" && \
	systemd-analyze verify --man=no "$$directory/tallywatch.service" && \
	systemd-analyze security --offline=true --threshold=15 systemd/tallywatch.service | tail -n 1

clean:
	rm -rf .build .example

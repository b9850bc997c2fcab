# Two commands: `make run` shows the daemon at work, `make test` runs every test.
SHELL := /bin/bash

# What Debian 12 with the Swift toolchain lacks.
PACKAGES := libcurl4-openssl-dev libopenblas-serial-dev libxml2-dev libsqlite3-dev libsystemd-dev zlib1g-dev pkg-config ca-certificates
# What only tests use; without one of them its tests are skipped, and say so.
TEST_PACKAGES := iproute2 libfaketime nghttp2-server openssl python3-aiosmtpd
# What looks at the package, the unit and the metrics.
CHECK_PACKAGES := fish lintian logrotate man-db prometheus python3-seccomp systemd zsh
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
SWIFT := swift
# An import that the manifest does not declare breaks the layering: plain `swift build` lets it pass.
STRICT := --explicit-target-dependency-import-check error
RELEASE := .build/release/tallywatch
# With the Swift runtime in it.
STATIC := .build/static/release/tallywatch

.PHONY: help setup setup-tests setup-checks build run test crash-test lint check-unit test-unit static deb test-deb clean

help:
	@echo "make run     build and run the daemon on the sample sources (Ctrl-C stops it)"
	@echo "make test    run every test"
	@echo "make build   build $(RELEASE)"
	@echo "make lint    check the layout of the code"
	@echo "make deb     build .build/deb/tallywatch_*.deb; make test-deb installs, upgrades and purges it"
	@echo "make crash-test   kill the daemon 300 times under load"
	@echo "make test-unit    run the daemon in what the systemd unit makes of the system (root only)"
	@echo "make setup   install the system packages that are missing"

setup: WANTED = $(PACKAGES)
setup-tests: WANTED = $(PACKAGES) $(TEST_PACKAGES)
setup-checks: WANTED = $(PACKAGES) $(CHECK_PACKAGES)
setup setup-tests setup-checks:
	@missing=(); for package in $(WANTED); do \
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

test: setup-tests
	$(SWIFT) build --build-tests $(STRICT)
	$(SWIFT) test --skip-build

# Kills the daemon at random moments; the last line says how often, and what became of the alerts.
crash-test: setup-tests
	$(SWIFT) build --build-tests
	TALLYWATCH_KILLS=$${TALLYWATCH_KILLS:-300} $(SWIFT) test --skip-build --filter CrashTests

# The package depends on nothing but Debian: the Swift runtime is in the binary.
deb: static
	Scripts/make_deb.sh $(STATIC) .build/deb

static: setup
	$(SWIFT) build -c release --static-swift-stdlib --product tallywatch --scratch-path .build/static

test-deb: deb setup-checks
	Scripts/test_deb.sh .build/deb/tallywatch_*.deb

lint:
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift

# The unit names the installed binary; here it is checked with the one that was built.
check-unit: static
	@directory=$$(mktemp -d) && trap 'rm -r "$$directory"' EXIT && \
	sed 's#/usr/bin/tallywatch#$(CURDIR)/$(STATIC)#' systemd/tallywatch.service > "$$directory/tallywatch.service" && \
	systemd-analyze verify --man=no "$$directory/tallywatch.service" && \
	systemd-analyze security --offline=true --threshold=15 systemd/tallywatch.service | tail -n 1

# The same, and whether everything works then: with the mounts, the user and the system call filters of the unit.
test-unit: static setup-checks
	/usr/bin/python3 Scripts/test_unit.py $(STATIC)

clean:
	rm -rf .build .example

# Two commands: `make run` shows the daemon at work, `make test` runs every test.
SHELL := /bin/bash

# What Debian 12 with the Swift toolchain lacks.
PACKAGES := libcurl4-openssl-dev libopenblas-serial-dev libxml2-dev libsqlite3-dev libsystemd-dev zlib1g-dev pkg-config ca-certificates
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
SWIFT := swift
# An import that the manifest does not declare breaks the layering: plain `swift build` lets it pass.
STRICT := --explicit-target-dependency-import-check error
RELEASE := .build/release/tallywatch

.PHONY: help setup build run test lint check-unit clean

help:
	@echo "make run     build and run the daemon on the sample sources (Ctrl-C stops it)"
	@echo "make test    run every test"
	@echo "make build   build $(RELEASE)"
	@echo "make lint    check the layout of the code"
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

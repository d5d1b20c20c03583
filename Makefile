# `make demo` and `make test` are all that a fresh machine needs: each installs what is missing first (scripts/setup.sh).

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
# Set-up comes first in every list of prerequisites, and cargo uses all cores by itself.
.NOTPARALLEL:

# Newer tools than the distribution's lie here, where scripts/setup.sh puts them.
TOOLS := $(CURDIR)/target/tools
export PATH := $(TOOLS)/node_modules/node/bin:$(TOOLS)/python/bin:$(TOOLS)/bin:$(PATH)

PREFIX := /usr/local

WEB_SOURCES := $(shell find web texts -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' -not -path 'web/tests/*' 2>/dev/null)

.PHONY: help demo serve build install deb test lint bench fuzz soak web setup-demo setup-build setup-lint setup-bench setup-test browser-packages

help: ## what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

demo: setup-demo ## build everything the demo needs, then serve a synthetic map and print its address
	@echo "demo: builds choro and its map page (the first time about seven minutes on two cores), then imports the built-in boundaries,"
	@echo "demo: makes synthetic values, publishes them and serves the map, whose address is the last line that follows"
	@if [ -d target/demo ]; then $(MAKE) --no-print-directory web; else $(BESIDE); fi
	cargo build --profile demo --locked
	target/demo/choro demo

# The first time the page is built beside the crates: it is done minutes before the only one that holds it is compiled. Should it not
# be, that one fails, and the build behind this one makes up for it.
BESIDE = { $(MAKE) --no-print-directory web & page=$$!; cargo build --profile demo --locked || true; wait $$page; }

serve: setup-demo web ## serve the current release of the workspace in this folder (WORKSPACE=dir for another)
	cargo build --release --locked
	cd $(or $(WORKSPACE),.) && $(CURDIR)/target/release/choro serve

build: setup-build web ## release builds of choro and choro-gdal in target/release, stripped; their symbols are kept beside them
	cargo build --release --locked -p choro -p choro-gdal
	packaging/strip.sh target/release/choro target/release/choro-gdal

install: build ## into PREFIX (/usr/local) below DESTDIR: both programs, the systemd unit, its user, documents
	install -D -m 755 -t "$(DESTDIR)$(PREFIX)/bin" target/release/choro target/release/choro-gdal
	install -d "$(DESTDIR)$(PREFIX)/lib/systemd/system"
	sed 's|/usr/bin/|$(PREFIX)/bin/|; s|/usr/share/|$(PREFIX)/share/|' packaging/choro.service \
	> "$(DESTDIR)$(PREFIX)/lib/systemd/system/choro.service"
	install -D -m 644 packaging/choro.sysusers "$(DESTDIR)$(PREFIX)/lib/sysusers.d/choro.conf"
	install -D -m 644 -t "$(DESTDIR)$(PREFIX)/share/doc/choro" README.md CHANGELOG.md docs/operations.md docs/choro.schema.json

deb: build ## Debian packages of choro (without GDAL) and choro-gdal in target/debian, and what each is made of (CycloneDX)
	type -P cargo-deb >/dev/null || cargo install --locked --root $(TOOLS) cargo-deb
	cargo deb --no-build --locked -p choro --output target/debian/choro.deb
	cargo deb --no-build --locked -p choro-gdal --output target/debian/choro-gdal.deb
	packaging/check-deb.sh target/debian/choro.deb target/debian/choro-gdal.deb
	node scripts/sbom.mjs choro target/debian/choro.cdx.json
	node scripts/sbom.mjs choro-gdal target/debian/choro-gdal.cdx.json

# Integration tests that are not run again on PostgreSQL: their workspaces are SQLite's anyhow (load::site, choro demo), they have
# none (imports of the source, readers and proposals under made-up input), or they look for a long while at what a server shows, which
# has no database.
ONCE := demo layers fuzz openapi any_country field_proposals $(addprefix load::,codings descriptors distinct fairness hangups herd overload slow soak stop)

# Both passes and all packages with one choice of features, or cargo would compile the dependencies anew for each.
TESTED := choro/otlp

test: setup-test web browser-packages ## all tests, the page's first; those on real data need CHORO_TEST_DATA or ../shared/data
	cd web && npm run --silent test
	cargo build --locked --workspace --features $(TESTED)
	cargo test --locked --workspace --features $(TESTED)
	CHORO_TEST_DATABASE=postgres cargo test --locked --workspace --features $(TESTED) --test it -- $(ONCE:%=--skip %::)

# What to do where a tool is not there: say so, and in CI fail.
absent = { echo "lint: $(1) is NOT installed: $(2)"; [ -z "$${CI:-}" ]; }

# cargo-deny stays a person's choice, also in CI: building it took 3.3 minutes of processor time (0.20.2), and scripts/licences.mjs
# holds its most important part.
lint: setup-lint web web/api-types/node_modules/.package-lock.json ## formatting, clippy, types of the page, licences, packages and their known faults, shell scripts, the unit's exposure
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets --features $(TESTED) -- -D warnings
	cargo clippy --locked -p choro-telemetry --all-targets -- -D warnings
	cd web && npm run --silent check
	node scripts/licences.mjs
	node scripts/packages.mjs
	scripts/advisories.sh
	@if command -v cargo-deny >/dev/null; then cargo deny --workspace --all-features check bans licenses sources; \
	else echo "lint: cargo-deny is NOT installed: bans and sources were not checked (cargo install --locked cargo-deny)"; fi
	@if command -v systemd-analyze >/dev/null; then systemd-analyze security --offline=true --threshold=20 packaging/choro.service >/dev/null; \
	else $(call absent,systemd-analyze,the unit was not checked (apt-get install systemd)); fi
	@if command -v shellcheck >/dev/null; then shellcheck scripts/*.sh packaging/*.sh packaging/debian/* .ci/run; \
	else $(call absent,shellcheck,shell scripts were not checked (apt-get install shellcheck)); fi

bench: setup-bench web benches/node_modules/.package-lock.json ## benchmarks (docs/performance.md has more of them that take longer)
	cargo build --release --locked -p choro-gdal
	PATH="$(PATH):/usr/sbin" cargo bench --locked --bench server --bench sizes --bench start --bench micro

fuzz: setup-build ## each reader of files on made-up input, SECONDS for each (15)
	scripts/fuzz.sh $(or $(SECONDS),15) $(TARGETS)

soak: setup-test web ## hours at half of what the server bears, SECONDS of it (7200); prints figures, fails where memory grows
	CHORO_TEST_SOAK=$(or $(SECONDS),7200) cargo test --locked --release --test it load::soak -- --ignored --nocapture

web: web/dist/index.html

# The map page is embedded in choro, so it is built first.
web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run --silent build
	@touch $@

browser-packages: tests/browser/node_modules/.package-lock.json

# Written by `npm ci` itself; newer than package-lock.json when the packages are what it says.
%/node_modules/.package-lock.json: %/package-lock.json
	cd $* && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

setup-demo:
	@scripts/setup.sh demo

setup-build:
	@scripts/setup.sh build

setup-lint:
	@scripts/setup.sh lint

setup-bench:
	@scripts/setup.sh bench

setup-test:
	@scripts/setup.sh test

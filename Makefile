# make demo   the report of every chart in examples/, as PDF in out/demo/
# make test   everything that is checked without leaving Debian, under sanitizers
# The rest are their parts and what a developer needs; CONTRIBUTING.md says when.

AS_OF := 2026-11-22
FUZZ_SECONDS ?= 60

.PHONY: demo test test-peers fuzz bench benches format lint
.NOTPARALLEL:

demo:
	@./packages.sh build
	cmake --workflow --preset release
	@mkdir -p out/demo
	@for chart in $(wildcard examples/*.json examples/*.ndjson examples/*.xml); do \
	  name=$$(basename "$${chart%.*}"); \
	  build/release/legwork report "$$chart" --as-of $(AS_OF) -o "out/demo/$$name.pdf" || exit; \
	done
	@echo "The reports are in $(CURDIR)/out/demo:" && ls out/demo

test:
	@./packages.sh build test
	cmake --workflow --preset dev

# The PDFs of the demo and of the tests, packs and reports as FHIR, and the page, held against other people's programs;
# and a population on Spark.
test-peers: demo
	@./packages.sh peers
	python3 tests/peers/preflight.py out/demo build/dev
	python3 tests/peers/verapdf.py build/release/legwork build/dev
	python3 tests/peers/fhir.py build/release/legwork
	python3 tests/peers/axe.py build/release/legwork
	python3 tests/peers/openapi.py build/release/legwork
	python3 tests/peers/smart.py build/release/legwork
	python3 tests/peers/spark.py build/release/legwork

fuzz:
	@./packages.sh build test fuzz
	cmake --workflow --preset fuzz
	FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run.sh build/fuzz/tests/fuzz

benches:
	@./packages.sh build bench
	cmake --workflow --preset bench

bench: benches
	bench/run.py
	bench/serve.py
	bench/group.py
	bench/population.py

format:
	@./packages.sh test
	git ls-files '*.cpp' '*.hpp' | xargs clang-format-14 -i

lint:
	@./packages.sh build test lint
	cmake --preset dev
	run-clang-tidy-14 -quiet -p build/dev '/(base|fhir|causes|publish|report|press|batch|bulk|plugin|app)/[^/]*\.cpp$$'

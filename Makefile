# aioservice: services for MicroPython, managed in C.
#
# Everything is built below build/. The steps that need more than a line are scripts in tools/.
#
#   V=1              show every command and its output
#   MPY_VERSION=1.26 build against this version of MicroPython, instead of 1.25
#   MPY_DIR=path     build against this MicroPython instead of downloading one; it is only read
#   MANIFEST=path    a further MicroPython manifest, to freeze services into build/aioservice
#   CC=compiler      for the tests of the core

TOP := $(CURDIR)
ifneq ($(words $(TOP)),1)
$(error MicroPython cannot be built below a path with spaces: $(TOP))
endif

# Python modules installed as Debian packages are seen by Debian's own Python only.
PYTHON := $(firstword $(wildcard /usr/bin/python3) python3)

ifeq ($(V),1)
Q =
else
Q = @
endif
ifneq ($(findstring s,$(firstword -$(MAKEFLAGS))),)
export SILENT := 1
endif
export V

.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
.DEFAULT_GOAL := all
FORCE:
.PHONY: FORCE

# Where everything goes that is made of MicroPython. `make test-micropython` has one for each version.
MPY_BUILD ?= build
export MPY_BUILD


##> Building

.PHONY: all
all: $(MPY_BUILD)/aioservice $(MPY_BUILD)/mpy-cross ## build/aioservice, a MicroPython with aioservice inside, and build/mpy-cross

.PHONY: run
run: all quickstart ## build everything and run examples/quickstart
	@cd $(MPY_BUILD)/quickstart && exec ../aioservice main.py

.PHONY: clean
clean: ## delete what was built, but not what was downloaded
	$(Q)find build -mindepth 1 -maxdepth 1 ! -name 'micropython-*' ! -name apt ! -name checkers -exec rm -rf {} + 2>/dev/null || true

.PHONY: distclean
distclean: ## delete build/ and all in it
	$(Q)rm -rf build

# MicroPython itself

ifdef MPY_DIR
MPY := $(abspath $(MPY_DIR))
$(if $(wildcard $(MPY)/py/mpconfig.h),,$(error MPY_DIR=$(MPY_DIR) is no source of MicroPython: it has no py/mpconfig.h))
NEED_BUILD := gcc libc6-dev python3
# That source may change at any time, so MicroPython's own makefiles are asked each time.
MPY_SOURCE := FORCE
else
MPY_VERSION ?= 1.25
MPY := $(TOP)/build/micropython-$(MPY_VERSION)
NEED_BUILD := gcc libc6-dev python3 dpkg-dev
MPY_SOURCE := build/micropython-$(MPY_VERSION)/.version
endif

.PHONY: need-build
need-build:
	@tools/need.sh $(NEED_BUILD)

build/micropython-%/.version: | need-build
	@tools/quiet.sh "get the source of MicroPython $*" build/get-micropython-$*.log tools/get-micropython.sh $* $(@D)

# Files that change only when what they are to hold changes: "the same settings, the same list of sources".
FIRMWARE_FILES := $(sort $(shell find aioservice ports/unix ports/testclock.c -name '*.[ch]' -o -name '*.py' -o -name '*.mk'))
$(MPY_BUILD)/mpy-dir: HOLDS = $(MPY)
$(MPY_BUILD)/inputs: HOLDS = $(MPY) $(MANIFEST) $(FIRMWARE_FILES)
$(MPY_BUILD)/mpy-dir $(MPY_BUILD)/inputs: FORCE
	@mkdir -p $(@D)
	@echo '$(HOLDS)' | cmp -s - $@ || echo '$(HOLDS)' > $@

# A manifest can name any file, so with one MicroPython's makefiles are asked each time, too.
FIRMWARE_DEPS = Makefile $(FIRMWARE_FILES) $(MPY_BUILD)/inputs $(MPY_SOURCE) $(if $(MANIFEST),FORCE) tools/mpy-make.sh

UNIX_SETTINGS = VARIANT_DIR=$(TOP)/ports/unix PYTHON=$(PYTHON) MICROPY_MPYCROSS=$(TOP)/$(MPY_BUILD)/mpy-cross \
    FROZEN_MANIFEST="$(strip $(TOP)/ports/unix/manifest.py $(abspath $(MANIFEST)))"

$(MPY_BUILD)/mpy-cross: $(MPY_SOURCE) $(MPY_BUILD)/mpy-dir tools/mpy-make.sh | need-build
	@tools/quiet.sh "build $@" $@.log \
	    tools/mpy-make.sh $(MPY) mpy-cross mpy-cross $(MPY_BUILD)/cross $@ PYTHON=$(PYTHON)

$(MPY_BUILD)/aioservice: $(FIRMWARE_DEPS) | $(MPY_BUILD)/mpy-cross need-build
	@tools/quiet.sh "build $@" $@.log \
	    tools/mpy-make.sh $(MPY) ports/unix micropython $(MPY_BUILD)/unix $@ $(UNIX_SETTINGS)

# The same with every memory access checked: slower, for tests.
$(MPY_BUILD)/aioservice-asan: $(FIRMWARE_DEPS) | $(MPY_BUILD)/mpy-cross need-build
	@tools/quiet.sh "build $@" $@.log \
	    tools/mpy-make.sh $(MPY) ports/unix micropython $(MPY_BUILD)/unix-asan $@ $(UNIX_SETTINGS) SANITIZE=1

# The same with all features left out.
$(MPY_BUILD)/aioservice-minimal: $(FIRMWARE_DEPS) | $(MPY_BUILD)/mpy-cross need-build
	@tools/quiet.sh "build $@" $@.log \
	    tools/mpy-make.sh $(MPY) ports/unix micropython $(MPY_BUILD)/unix-minimal $@ $(UNIX_SETTINGS) SANITIZE=1 MINIMAL=1

# The same with the features that many tests use without being about them.
SMALL_FEATURES := COPIES HINTS RECORD
export SMALL_FEATURES
$(MPY_BUILD)/aioservice-small: $(FIRMWARE_DEPS) | $(MPY_BUILD)/mpy-cross need-build
	@tools/quiet.sh "build $@" $@.log \
	    tools/mpy-make.sh $(MPY) ports/unix micropython $(MPY_BUILD)/unix-small $@ $(UNIX_SETTINGS) SANITIZE=1 MINIMAL=1 \
	    FEATURES="$(SMALL_FEATURES)"

# With a service frozen into it, as examples/frozen shows.
$(MPY_BUILD)/aioservice-frozen: Makefile examples/frozen/manifest.py $(wildcard examples/frozen/aioservices/services/*.py) \
    $(FIRMWARE_FILES) $(MPY_BUILD)/inputs $(MPY_SOURCE) tools/mpy-make.sh | $(MPY_BUILD)/mpy-cross need-build
	@tools/quiet.sh "build $@" $@.log \
	    tools/mpy-make.sh $(MPY) ports/unix micropython $(MPY_BUILD)/unix-frozen $@ $(UNIX_SETTINGS) \
	    FROZEN_MANIFEST="$(TOP)/ports/unix/manifest.py $(TOP)/examples/frozen/manifest.py"

# Built by CMake, as esp32 and rp2 are.
$(MPY_BUILD)/aioservice-cmake: $(FIRMWARE_DEPS) aioservice/micropython.cmake $(wildcard tests/cmake/*) | $(MPY_BUILD)/mpy-cross need-build
	@tools/need.sh cmake
	@tools/quiet.sh "build $@" $@.log \
	    tools/mpy-make.sh $(MPY) $(TOP)/tests/cmake aioservice $(MPY_BUILD)/cmake $@ $(UNIX_SETTINGS) MICROPY_DIR=$(MPY) \
	    USER_C_MODULES=$(TOP)/aioservice/micropython.cmake FROZEN_MANIFEST=$(TOP)/ports/unix/manifest.py

# The quickstart as it would lie on a board. Its configuration is the user's once it is there.

QUICKSTART_SERVICES := $(patsubst examples/quickstart/services/%.py,$(MPY_BUILD)/quickstart/aioservices/services/%.mpy,\
    $(wildcard examples/quickstart/services/*_service.py))

.PHONY: quickstart
quickstart: $(MPY_BUILD)/quickstart/main.py $(QUICKSTART_SERVICES)
	@cd examples/quickstart && for file in services.config .env; do \
	    test ! -e $$file || test -e $(TOP)/$(MPY_BUILD)/quickstart/$$file || cp $$file $(TOP)/$(MPY_BUILD)/quickstart/; \
	done

$(MPY_BUILD)/quickstart/main.py: examples/quickstart/main.py
	@mkdir -p $(@D)
	@cp $< $@

$(MPY_BUILD)/quickstart/aioservices/services/%.mpy: examples/quickstart/services/%.py $(MPY_BUILD)/mpy-cross
	@mkdir -p $(@D)
	$(Q)$(MPY_BUILD)/mpy-cross -s aioservices/services/$*.py -o $@ $<


##> Testing

# run_tests.py builds what it needs by the prepare- targets: a failed build is a failed test, and counted.
RUN_TESTS = +@$(PYTHON) tools/run_tests.py
export TOP
export MPY
export AIOSERVICE := $(TOP)/$(MPY_BUILD)/aioservice
export AIOSERVICE_ASAN := $(TOP)/$(MPY_BUILD)/aioservice-asan
export AIOSERVICE_MINIMAL := $(TOP)/$(MPY_BUILD)/aioservice-minimal
export AIOSERVICE_SMALL := $(TOP)/$(MPY_BUILD)/aioservice-small
export AIOSERVICE_CMAKE := $(TOP)/$(MPY_BUILD)/aioservice-cmake
export FROZEN := $(TOP)/$(MPY_BUILD)/aioservice-frozen
export MPY_CROSS := $(TOP)/$(MPY_BUILD)/mpy-cross

.PHONY: test
test: ## run all tests; the last line is "N passed, N failed"
	$(RUN_TESTS) unit property sim exhaust module cmake scenario

.PHONY: test-unit
test-unit: ## run tests/unit: the C core alone, with sanitizers
	$(RUN_TESTS) unit

.PHONY: test-property
test-property: ## run tests/property: the C core at random against slow models; ASVC_SEED and ASVC_RUNS vary it
	$(RUN_TESTS) property

.PHONY: test-sim
test-sim: ## run tests/sim: the manager on the host, no interpreter; ASVC_SEED and ASVC_RUNS vary the random run
	$(RUN_TESTS) sim

.PHONY: test-exhaust
test-exhaust: ## run tests/sim/exhaust.c: every state of one and two services; of three and four, those near the start
	$(RUN_TESTS) exhaust

.PHONY: test-module
test-module: ## run tests/module: Python against its expected output, on a plain and on a sanitized build
	$(RUN_TESTS) module

.PHONY: test-one
test-one: ## run TEST=name of tests/module; KIND=asan, minimal, small or cmake: on that build
	+@TEST="$(TEST)" KIND="$(KIND)" $(PYTHON) tools/run_tests.py one

.PHONY: test-cmake
test-cmake: ## build MicroPython by CMake, as esp32 and rp2 do, and run tests/module on that
	$(RUN_TESTS) cmake

.PHONY: test-scenario
test-scenario: ## run tests/scenario: whole programs and sessions at the prompt
	$(RUN_TESTS) scenario

.PHONY: test-micropython
test-micropython: ## build and test with each supported version of MicroPython, and with MPY_DIR
	+@$(PYTHON) tools/run_micropython_tests.py micropython

.PHONY: bench
bench: all $(MPY_BUILD)/aioservice-asan ## measure, and print name=value lines
	@tools/need.sh python3 valgrind
	@$(PYTHON) bench/run.py

WARNINGS := -Wall -Wextra -Werror -Wfloat-conversion -Wdouble-promotion
UNIT_CFLAGS := -std=gnu99 -g -O1 $(WARNINGS) -Wswitch-enum -Iaioservice -MMD -MP \
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
UNIT_CORE := $(patsubst aioservice/core/%.c,build/unit/core/%.o,$(wildcard aioservice/core/*.c))
UNIT_TESTS := $(patsubst tests/%.c,build/%,$(wildcard tests/unit/*.c))
PROPERTY_TESTS := $(patsubst tests/%.c,build/%,$(wildcard tests/property/*.c))

.PHONY: prepare-unit
prepare-unit: $(UNIT_TESTS)

.PHONY: prepare-property
prepare-property: $(PROPERTY_TESTS)

.PHONY: prepare-module
prepare-module: $(MPY_BUILD)/aioservice $(MPY_BUILD)/aioservice-asan

.PHONY: prepare-one
prepare-one: $(MPY_BUILD)/aioservice$(addprefix -,$(filter-out plain,$(KIND)))

.PHONY: prepare-cmake
prepare-cmake: $(MPY_BUILD)/aioservice-cmake

.PHONY: prepare-scenario
prepare-scenario: all $(MPY_BUILD)/aioservice-asan $(MPY_BUILD)/aioservice-frozen
	@tools/need.sh python3-pexpect python3-pyte cmake
	@$(MAKE) --no-print-directory checkers || true # without them only test_typings.py fails, and says so

.PHONY: checkers
checkers: build/checkers/.done ## get mypy, pyright and MicroPython's stubs, for the test of typings/

build/checkers/.done: tools/get-checkers.sh $(wildcard tools/checkers/*.txt)
	@tools/need.sh python3-venv
	@tools/quiet.sh "get mypy, pyright and MicroPython's stubs" build/checkers.log tools/get-checkers.sh $(@D)

.PHONY: prepare-micropython
prepare-micropython: need-build need-boards

.PHONY: need-unit
need-unit:
	@tools/need.sh gcc libc6-dev libcmocka-dev

build/unit/core/%.o: aioservice/core/%.c | need-unit
	@mkdir -p $(@D)
	$(Q)$(CC) $(UNIT_CFLAGS) -c -o $@ $<

build/%.o: tests/%.c | need-unit
	@mkdir -p $(@D)
	$(Q)$(CC) $(UNIT_CFLAGS) -c -o $@ $<

$(UNIT_TESTS) $(PROPERTY_TESTS): %: %.o $(UNIT_CORE)
	$(Q)$(CC) $(UNIT_CFLAGS) -o $@ $^ -lcmocka

-include $(wildcard build/unit/*.d build/unit/core/*.d build/property/*.d)

# Each program of tests/sim is built twice: to be fast, and with sanitizers.
SIM_CFLAGS := -std=gnu99 -g $(WARNINGS) -Wswitch-enum -Iaioservice -Itests/property -MMD -MP
SIM_FAST := -O2
# Small pages: so a world has several.
SIM_ASAN := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer \
    -DASVC_PAGE=3 -DASVC_EDGE_PAGE=5
SIM_SHARED := world invariants tape model
SIM_NAMES := scenarios random fuzz policy
SIM_OBJECTS := $(patsubst aioservice/%.c,%.o,$(wildcard aioservice/core/*.c aioservice/manager/*.c)) \
    $(SIM_SHARED:%=tests/%.o)
SIM_TESTS := $(foreach kind,fast asan,$(SIM_NAMES:%=build/sim/$(kind)/%))

.PHONY: prepare-sim
prepare-sim: $(SIM_TESTS)

build/sim/fast/%: SIM_CFLAGS += $(SIM_FAST)
build/sim/asan/%: SIM_CFLAGS += $(SIM_ASAN)

define SIM_RULES
build/sim/$(1)/tests/%.o: tests/sim/%.c | need-unit
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(SIM_CFLAGS) -c -o $$@ $$<

build/sim/$(1)/%.o: aioservice/%.c | need-unit
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(SIM_CFLAGS) -c -o $$@ $$<

$(SIM_NAMES:%=build/sim/$(1)/%): build/sim/$(1)/%: build/sim/$(1)/tests/%.o $(SIM_OBJECTS:%=build/sim/$(1)/%)
	$$(Q)$$(CC) $$(SIM_CFLAGS) -o $$@ $$^ -lcmocka
endef
$(eval $(call SIM_RULES,fast))
$(eval $(call SIM_RULES,asan))

# In worlds of four services, which are small, and have few different times.
EXHAUST_FLAGS := -DWORLD_THINGS=4 -DWORLD_EDGES=6 -DASVC_PAGE=12 -DASVC_EDGE_PAGE=6 \
    -DASVC_STOP_MS=200 -DASVC_NO_MEMORY_RETRY_MS=100
EXHAUST_SOURCES := tests/sim/exhaust.c tests/sim/world.c tests/sim/invariants.c \
    aioservice/core/restart.c aioservice/core/series.c $(wildcard aioservice/manager/*.c)

.PHONY: prepare-exhaust
prepare-exhaust: build/sim/exhaust

build/sim/exhaust: Makefile $(EXHAUST_SOURCES) $(wildcard tests/sim/*.h aioservice/core/*.h aioservice/manager/*.h) | need-unit
	@mkdir -p $(@D)
	$(Q)$(CC) -std=gnu99 -O2 $(WARNINGS) -Wswitch-enum -Iaioservice $(EXHAUST_FLAGS) -o $@ $(EXHAUST_SOURCES)

.PHONY: record-exhaust
record-exhaust: build/sim/exhaust ## note how many states test-exhaust looks at, as the least from now on
	build/sim/exhaust -w tests/sim/exhaust-recorded.txt

.PHONY: test-mutants
test-mutants: need-unit ## run the tests of the manager against broken ones; WORD=text chooses, ALL=1 runs each test
	@CC="$(CC)" EXHAUST_FLAGS="$(EXHAUST_FLAGS)" $(PYTHON) tools/run_mutants.py $(if $(ALL),--all) $(if $(WORD),"$(WORD)")

# Tapes that came to new places are kept in build/fuzz/corpus, what breaks a promise in build/fuzz.
FUZZ_S := 60
FUZZ_SOURCES := tests/sim/fuzz.c $(SIM_SHARED:%=tests/sim/%.c) $(wildcard aioservice/core/*.c aioservice/manager/*.c)
.PHONY: fuzz
fuzz: ## search for tapes of events that break a promise of the manager, for FUZZ_S seconds (60), by clang's libFuzzer
	@tools/need.sh clang libc6-dev && tools/need.sh libclang-rt-$$(clang -dumpversion | cut -d. -f1)-dev
	@mkdir -p build/fuzz/corpus
	$(Q)clang -std=gnu99 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -DASVC_FUZZER \
	    -Iaioservice -Itests/property -o build/fuzz/manager $(FUZZ_SOURCES)
	$(Q)build/fuzz/manager -max_total_time=$(FUZZ_S) -max_len=1641 -artifact_prefix=build/fuzz/ build/fuzz/corpus

-include $(wildcard build/sim/*/*/*.d)


include ports/qemu/boards.mk


##> Source code

# MicroPython's makefiles make the headers that files of bind need to be compiled, before any object.
$(MPY_BUILD)/lint/mpstate.o: $(FIRMWARE_DEPS) | need-build
	@mkdir -p $(@D)
	@tools/quiet.sh "make the headers for lint" $@.log \
	    tools/mpy-make.sh $(MPY) ports/unix py/mpstate.o $(MPY_BUILD)/lint/unix $@ $(UNIX_SETTINGS) \
	    $(TOP)/$(MPY_BUILD)/lint/unix/py/mpstate.o

# For tools that compile files of bind.
LINT_ENVIRONMENT = CC="$(CC)" PYTHON="$(PYTHON)" UNIX_SETTINGS='$(UNIX_SETTINGS)'

.PHONY: lint
lint: $(MPY_BUILD)/lint/mpstate.o ## check format, layers, rooms, what core and manager may call, Python syntax
	@tools/need.sh gcc libc6-dev python3 binutils clang-format cppcheck
	@$(LINT_ENVIRONMENT) tools/lint.sh

.PHONY: lint-rooms
lint-rooms: $(MPY_BUILD)/lint/mpstate.o ## check, of lint, that dependencies point down and form no circle
	@$(LINT_ENVIRONMENT) $(PYTHON) tools/check_rooms.py

.PHONY: docs
docs: $(MPY_BUILD)/lint/mpstate.o ## make the picture in docs of who uses whom
	@tools/need.sh graphviz binutils
	$(Q)$(LINT_ENVIRONMENT) $(PYTHON) tools/draw_rooms.py > docs/rooms.dot
	$(Q)for picture in rooms; do dot -Tsvg -o docs/$$picture.svg docs/$$picture.dot || exit; done

.PHONY: format
format: ## bring the C code into its format
	@tools/need.sh clang-format
	$(Q)find aioservice tests ports bench tools -name '*.[ch]' -exec clang-format -i {} +

.PHONY: help
help: ## list the targets
	@sed -n -e 's/^##> \(.*\)/\n\1:/p' -e 's/^\([a-z-]*\):.*## \(.*\)/    \1\t\2/p' Makefile ports/qemu/boards.mk | expand -t 22
	@printf '\nVariables:\n' && for file in Makefile ports/qemu/boards.mk; do \
	    sed -n -e '/^$$/q' -e 's/^#   \([A-Z]\)/    \1/p' $$file; \
	done

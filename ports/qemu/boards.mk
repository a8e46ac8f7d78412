# Emulated boards and other architectures. Included by the top Makefile.
#
#   BOARD=name       cortex-m3 or rv32, for board-run
#   FILE=path        the program for board-run; without one there is the board's prompt

##> Boards

BOARDS := cortex-m3 rv32
NEED_BOARDS := gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm \
    gcc-riscv64-unknown-elf libnewlib-dev qemu-system-misc

QEMU_FILES := $(sort $(shell find ports/qemu ports/unix aioservice -name '*.[ch]' -o -name '*.py' -o -name '*.mk' \
    -o -name '*.ld')) $(wildcard ports/*.c)
$(MPY_BUILD)/qemu-inputs: HOLDS = $(MPY) $(QEMU_FILES)
$(MPY_BUILD)/qemu-inputs: FORCE
	@mkdir -p $(@D)
	@echo '$(HOLDS)' | cmp -s - $@ || echo '$(HOLDS)' > $@

QEMU_DEPS := Makefile $(QEMU_FILES) $(MPY_BUILD)/qemu-inputs $(MPY_SOURCE) tools/mpy-make.sh
SETTINGS_OF_BOARD = BOARD=$(1) BOARD_DIR=$(TOP)/ports/qemu/$(1) PYTHON=$(PYTHON) \
    MICROPY_MPYCROSS=$(TOP)/$(MPY_BUILD)/mpy-cross
BOARD_SETTINGS = $(call SETTINGS_OF_BOARD,$*)
BASE_MANIFEST = FROZEN_MANIFEST=$(TOP)/ports/qemu/common/manifest_base.py
MINIMAL = MINIMAL=1 $(BASE_MANIFEST)

.PHONY: board-run
board-run: ## run FILE=x.py on an emulated BOARD=cortex-m3 or rv32
	@case "$(BOARD)" in cortex-m3|rv32) ;; *) echo "Say which board: make $@ BOARD=cortex-m3 FILE=x.py" >&2; exit 2;; esac
	@$(MAKE) --no-print-directory $(MPY_BUILD)/boards/$(BOARD).elf
	@exec $(PYTHON) tools/board_run.py $(BOARD) $(FILE)

.PHONY: need-boards
need-boards: | need-build
	@tools/need.sh $(NEED_BOARDS)

# Firmware for tests: unaligned access is a fault, and the tick clock can be set.
$(MPY_BUILD)/boards/%.elf: $(QEMU_DEPS) | $(MPY_BUILD)/mpy-cross need-boards
	@mkdir -p $(@D)
	@tools/quiet.sh "build $@" $@.log tools/mpy-make.sh $(MPY) ports/qemu firmware.elf $(MPY_BUILD)/boards/$* $@ \
	    $(BOARD_SETTINGS) USER_C_MODULES=$(TOP) STRICT=1

# The same with the minimal build of aioservice, all features left out.
$(MPY_BUILD)/boards/%-minimal-test.elf: $(QEMU_DEPS) | $(MPY_BUILD)/mpy-cross need-boards
	@mkdir -p $(@D)
	@tools/quiet.sh "build $@" $@.log tools/mpy-make.sh $(MPY) ports/qemu firmware.elf $(MPY_BUILD)/boards/$*-minimal-test $@ \
	    $(BOARD_SETTINGS) USER_C_MODULES=$(TOP) STRICT=1 $(MINIMAL)

# Firmware as a product has it, with and without aioservice: the difference is what aioservice costs.
$(MPY_BUILD)/boards/%-with.elf: $(QEMU_DEPS) | $(MPY_BUILD)/mpy-cross need-boards
	@mkdir -p $(@D)
	@tools/quiet.sh "build $@" $@.log tools/mpy-make.sh $(MPY) ports/qemu firmware.elf $(MPY_BUILD)/boards/$*-with $@ \
	    $(BOARD_SETTINGS) USER_C_MODULES=$(TOP)

$(MPY_BUILD)/boards/%-without.elf: $(QEMU_DEPS) | $(MPY_BUILD)/mpy-cross need-boards
	@mkdir -p $(@D)
	@tools/quiet.sh "build $@" $@.log tools/mpy-make.sh $(MPY) ports/qemu firmware.elf $(MPY_BUILD)/boards/$*-without $@ \
	    $(BOARD_SETTINGS) USER_C_MODULES= $(BASE_MANIFEST)

$(MPY_BUILD)/boards/%-minimal.elf: $(QEMU_DEPS) | $(MPY_BUILD)/mpy-cross need-boards
	@mkdir -p $(@D)
	@tools/quiet.sh "build $@" $@.log tools/mpy-make.sh $(MPY) ports/qemu firmware.elf $(MPY_BUILD)/boards/$*-minimal $@ \
	    $(BOARD_SETTINGS) USER_C_MODULES=$(TOP) $(MINIMAL)

SIZE_KINDS := with without minimal
.PHONY: size
size: $(SIZE_KINDS:%=$(MPY_BUILD)/boards/cortex-m3-%.elf) $(MPY_BUILD)/boards/rv32-with.elf $(MPY_BUILD)/boards/rv32-without.elf ## what aioservice takes of a board, and what has grown
	@$(PYTHON) tools/size.py $(SIZE_OPTION)

.PHONY: prepare-boards
prepare-boards: $(BOARDS:%=$(MPY_BUILD)/boards/%.elf)

.PHONY: test-boards
test-boards: ## run tests/module on emulated boards, and ports/qemu/tests
	+@$(PYTHON) tools/run_board_tests.py boards

.PHONY: prepare-minimal
prepare-minimal: $(MPY_BUILD)/aioservice-minimal $(MPY_BUILD)/aioservice-small $(MPY_BUILD)/boards/cortex-m3-minimal-test.elf

.PHONY: test-minimal
test-minimal: ## run tests/module on unix and a Cortex-M3 without any feature of core/config.h
	+@$(PYTHON) tools/run_minimal_tests.py minimal

.PHONY: prepare-switches
prepare-switches: $(MPY_BUILD)/aioservice $(MPY_BUILD)/boards/cortex-m3-with.elf

.PHONY: test-switches
test-switches: ## compile with each feature of core/config.h left out, and with all of them
	+@UNIX_SETTINGS='$(UNIX_SETTINGS)' BOARD_SETTINGS='$(call SETTINGS_OF_BOARD,cortex-m3) USER_C_MODULES=$(TOP)' \
	    $(PYTHON) tools/run_switch_tests.py switches


##> Other architectures

# What follows the compiler's prefix is the unix port's variant in ports/qemu/user.
ARCHES := arm mips s390x nanbox
ARCH_PREFIX_arm := arm-linux-gnueabihf-
ARCH_PREFIX_mips := mips-linux-gnu-
ARCH_PREFIX_s390x := s390x-linux-gnu-
ARCH_PREFIX_nanbox := i686-linux-gnu-
ARCH_SETTINGS_nanbox := NANBOX=1
NEED_ARCHES := qemu-user-static \
    gcc-arm-linux-gnueabihf libc6-dev-armhf-cross gcc-mips-linux-gnu libc6-dev-mips-cross \
    gcc-s390x-linux-gnu libc6-dev-s390x-cross gcc-i686-linux-gnu libc6-dev-i386-cross

.PHONY: need-arch
need-arch: | need-build
	@tools/need.sh $(NEED_ARCHES)

$(ARCHES:%=$(MPY_BUILD)/arch/%): $(MPY_BUILD)/arch/%: $(QEMU_DEPS) | $(MPY_BUILD)/mpy-cross need-arch
	@mkdir -p $(@D)
	@tools/quiet.sh "build $@" $@.log tools/mpy-make.sh $(MPY) ports/unix micropython $(MPY_BUILD)/arch/$*-objects $@ \
	    $(UNIX_SETTINGS) VARIANT_DIR=$(TOP)/ports/qemu/user CROSS_COMPILE=$(ARCH_PREFIX_$*) $(ARCH_SETTINGS_$*)

.PHONY: prepare-arch
prepare-arch: $(ARCHES:%=$(MPY_BUILD)/arch/%)

.PHONY: test-arch
test-arch: ## run tests/module on ARM, MIPS, s390x and 32-bit x86 with nan-boxing
	+@$(PYTHON) tools/run_arch_tests.py arch

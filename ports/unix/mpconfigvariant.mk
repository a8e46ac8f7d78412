# A variant of MicroPython's unix port, built outside MicroPython's tree. The top Makefile does it;
# by hand: make -C <micropython>/ports/unix VARIANT_DIR=<here>/ports/unix BUILD=<anywhere>

AIOSERVICE_TOP := $(abspath $(VARIANT_DIR)/../..)

VARIANT = aioservice
USER_C_MODULES ?= $(AIOSERVICE_TOP)
FROZEN_MANIFEST ?= $(VARIANT_DIR)/manifest.py

# Raw terminal mode, for line editing beside running tasks.
MICROPY_PY_TERMIOS = 1

# What needs libraries that a source package of MicroPython leaves out, or that a bare machine lacks.
MICROPY_PY_SSL = 0
MICROPY_SSL_MBEDTLS = 0
MICROPY_PY_BTREE = 0
MICROPY_PY_FFI = 0

# MINIMAL=1: all features of core/config.h are left out, but for those in FEATURES, as in FEATURES="LOG COPIES".
ifeq ($(MINIMAL),1)
CFLAGS_EXTRA += -DASVC_FEATURES=0 $(FEATURES:%=-DASVC_%=1)
endif

# SANITIZE=1, the build for tests: every access to memory and all arithmetic are checked at run time, and the
# tick clock can be set.
ifeq ($(SANITIZE),1)
# MicroPython's collector scans the C stack, which must be the real one, not a checked copy on the heap.
# It also calls memcpy(NULL, NULL, 0) and steps back from a null pointer (mpz.c), which does no harm.
SANITIZER = -fsanitize=address,undefined -fno-sanitize-recover=all --param asan-use-after-return=0 \
    -fno-sanitize=nonnull-attribute,pointer-overflow
CFLAGS_EXTRA += $(SANITIZER) -fno-omit-frame-pointer
LDFLAGS_EXTRA += $(SANITIZER) -Wl,--wrap=mp_hal_ticks_ms,--wrap=mp_hal_ticks_us,--wrap=gc_alloc
SRC_C += ports/testclock.c
endif

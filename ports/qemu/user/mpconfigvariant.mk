# The unix variant for tests on other architectures: static, with a tick clock that can be set.
#
#   NANBOX=1   objects of 64 bits on a 32-bit machine (MicroPython's object model D)

include $(VARIANT_DIR)/../../unix/mpconfigvariant.mk

AIOSERVICE_TOP := $(abspath $(VARIANT_DIR)/../../..)

# A static program cannot look up host names.
MICROPY_PY_SOCKET = 0

SRC_C += ports/testclock.c
LDFLAGS_EXTRA += -static -Wl,--wrap=mp_hal_ticks_ms,--wrap=mp_hal_ticks_us,--wrap=gc_alloc

ifeq ($(NANBOX),1)
CFLAGS_EXTRA += -DNANBOX=1
endif

# What the boards have in common. Included by a board's mpconfigboard.mk, after MicroPython's own; make runs
# in MicroPython's ports/qemu.
#
#   STRICT=1   for tests: unaligned access is a fault, and the tick clock can be set (module testclock)
#   MINIMAL=1  all features of core/config.h are left out

AIOSERVICE_TOP := $(abspath $(BOARD_DIR)/../../..)
BOARD_COMMON := $(AIOSERVICE_TOP)/ports/qemu/common

# As much as a Raspberry Pi Pico leaves to Python.
MICROPY_HEAP_SIZE ?= 196608

FROZEN_MANIFEST ?= $(BOARD_COMMON)/manifest.py

MICROPY_VFS_LFS2 = 1
MICROPY_VFS_FAT = 1
CFLAGS += -DMICROPY_FATFS_ENABLE_LFN=1 -DMICROPY_FATFS_RPATH=2 -DMICROPY_FATFS_MAX_SS=512

CFLAGS += -I$(AIOSERVICE_TOP)/ports/qemu -I$(BOARD_COMMON) -DMP_CONFIGFILE='<board_mpconfig.h>'
SRC_C += ports/qemu/common/board_main.c ports/qemu/common/board_host.c shared/timeutils/timeutils.c
LDFLAGS += -Wl,--wrap=main -Wl,--wrap=mp_hal_stdio_poll
vpath %.c $(AIOSERVICE_TOP)

ifeq ($(MINIMAL),1)
CFLAGS += -DASVC_FEATURES=0
endif

ifeq ($(STRICT),1)
CFLAGS += -DBOARD_STRICT=1
SRC_C += ports/testclock.c
LDFLAGS += -Wl,--wrap=mp_hal_ticks_ms,--wrap=mp_hal_ticks_us,--wrap=gc_alloc
endif

# RV32: qemu's board "virt".

include boards/VIRT_RV32/mpconfigboard.mk
include $(BOARD_DIR)/../common/board.mk

SRC_C += ports/qemu/rv32/board_rv32.c

# GCC 12 has no libgcc built for the newer names of the same instructions.
RV32_ARCH = rv32imac
AFLAGS += -misa-spec=2.2
LDFLAGS += -misa-spec=2.2

# newlib's headers, and no C library: all that is called of one is in MicroPython or in libgcc. So there is no
# need for picolibc, which takes 1 GB.
override PICOLIBC_SPECS = picolibc.specs
CFLAGS += -isystem /usr/include/newlib
LDFLAGS += -nostdlib
LIBS = $(shell $(CC) $(AFLAGS) -print-libgcc-file-name)

# Cortex-M3: ARM's board mps2-an385.

include boards/MPS2_AN385/mpconfigboard.mk
include $(BOARD_DIR)/../common/board.mk

LDSCRIPT = $(BOARD_DIR)/mps2.ld
SRC_C += ports/qemu/cortex-m3/board_cortex_m3.c
LDFLAGS += -Wl,--wrap=SysTick_Handler -Wl,--wrap=HardFault_Handler

ifeq ($(STRICT),1)
CFLAGS += -mno-unaligned-access
endif

# Adds aioservice to a MicroPython build by make: USER_C_MODULES=<directory that holds aioservice/>.

# core has no names for the interpreter to know, so it is left out of MicroPython's name scan.
SRC_USERMOD_LIB_C += $(sort $(wildcard $(USERMOD_DIR)/core/*.c))
SRC_USERMOD_C += $(sort $(wildcard $(USERMOD_DIR)/bind/*.c))

# Headers are written "core/heap.h", "bind/state.h".
CFLAGS_USERMOD += -I$(USERMOD_DIR)

# The name scan follows changed .c files only; a new MP_QSTR_ in one of our headers must start it too.
QSTR_GLOBAL_DEPENDENCIES += $(wildcard $(USERMOD_DIR)/bind/*.h)

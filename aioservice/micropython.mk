# Adds aioservice to a MicroPython build by make: USER_C_MODULES=<directory that holds aioservice/>.

# Whoever names it there and has manifest.py name it, too, gets it once.
ifndef AIOSERVICE_DIR
# USERMOD_DIR becomes the next module's, but is expanded late where a variable of MicroPython's asks for it.
AIOSERVICE_DIR := $(USERMOD_DIR)

# core and manager have no names for the interpreter to know, so they are left out of MicroPython's name scan.
SRC_USERMOD_LIB_C += $(sort $(wildcard $(AIOSERVICE_DIR)/core/*.c $(AIOSERVICE_DIR)/manager/*.c))
SRC_USERMOD_C += $(sort $(wildcard $(AIOSERVICE_DIR)/bind/*/*.c))

# Headers are written "core/series.h", "bind/base/state.h".
CFLAGS_USERMOD += -I$(AIOSERVICE_DIR)

# The name scan follows changed .c files only; a new MP_QSTR_ in one of our headers must start it too.
QSTR_GLOBAL_DEPENDENCIES += $(wildcard $(AIOSERVICE_DIR)/bind/*/*.h)
endif

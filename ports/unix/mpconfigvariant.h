// MicroPython for unix with aioservice inside: MicroPython's standard variant but for the lines below.

#define MICROPY_CONFIG_ROM_LEVEL (MICROPY_CONFIG_ROM_LEVEL_EXTRA_FEATURES)

#include "variants/mpconfigvariant_common.h"

// The standard variant raises KeyboardInterrupt inside the signal handler, by a jump out of whatever C
// function runs. Ours may be between two steps that belong together, so Ctrl-C waits for the next bytecode.
#undef MICROPY_ASYNC_KBD_INTR
#define MICROPY_ASYNC_KBD_INTR (0)

// os.sync() as boards have it, so that the same program runs here and there.
#define MICROPY_PY_OS_SYNC (1)

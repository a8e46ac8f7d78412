// MicroPython's configuration for its qemu port, with what that port leaves out and aioservice needs.
#include <mpconfigport.h>

#include <stdint.h>

#undef MICROPY_PY_SELECT
#undef MICROPY_PY_TIME
#undef MICROPY_PY_ASYNCIO
#define MICROPY_PY_SELECT (1)
#define MICROPY_PY_TIME (1)
#define MICROPY_PY_ASYNCIO (1)

// A clock for dates, as boards have it.
#define MICROPY_PY_TIME_GMTIME_LOCALTIME_MKTIME (1)
#define MICROPY_PY_TIME_TIME_TIME_NS (1)
#define MICROPY_PY_TIME_INCLUDEFILE "board_modtime.h"

// os.sync()
#define MICROPY_PY_OS_SYNC (1)

void board_wait(uint32_t at_most_ms);
#define MICROPY_INTERNAL_WFE(at_most_ms) board_wait((uint32_t)(at_most_ms))

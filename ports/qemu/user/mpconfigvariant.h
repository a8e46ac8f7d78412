// The unix variant, with another object model on demand.
#include "../../unix/mpconfigvariant.h"

#if NANBOX
#include <stdint.h>

#define MICROPY_OBJ_REPR (MICROPY_OBJ_REPR_D)

// MicroPython's compiler to machine code knows no objects wider than a register.
#define MICROPY_EMIT_X86 (0)

typedef int64_t mp_int_t;
typedef uint64_t mp_uint_t;
#define UINT_FMT "%llu"
#define INT_FMT "%lld"
#endif

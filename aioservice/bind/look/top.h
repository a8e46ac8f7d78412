// aioservice.top: what time the steps of services take.
#ifndef ASVC_LOOK_TOP_H
#define ASVC_LOOK_TOP_H

#include "bind/service/registry.h"
#include "core/config.h"

#if ASVC_TOP

// Since the tasks of a service were loaded: of itself, its instances and its children.
typedef struct {
    uint32_t cpu_ms, cpu_us; // of all steps; cpu_us is below 1000
    uint32_t longest_us; // the longest step
    uint32_t steps;
    uint32_t restarts; // of the service itself, by its policy
} asvc_top_t;

// False where it has no task: then all is 0.
bool asvc_top_of(const asvc_entry_t *entry, asvc_top_t *sum);

MP_DECLARE_CONST_FUN_OBJ_0(asvc_top_obj); // top()

#endif

#endif

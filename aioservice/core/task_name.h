// How tasks of services are named, and what a name tells.
//
//     NAME.service          the main task of the service NAME
//     NAME.service@1        a further instance of it: any task's name may be followed by @1, @2 ...
//     NAME.service.CHILD    a child task
//
// Names are bytes with a length, and need no terminating NUL.
#ifndef ASVC_CORE_TASK_NAME_H
#define ASVC_CORE_TASK_NAME_H

#include <stddef.h>
#include <stdint.h>

#define ASVC_SERVICE_SUFFIX ".service"

typedef enum {
    ASVC_NAME_FOREIGN, // not of that service
    ASVC_NAME_MAIN, // its main task or a further instance of it
    ASVC_NAME_CHILD, // a child of it
} asvc_name_kind_t;

// What the task named `text` is to the service `name` (without ".service").
asvc_name_kind_t asvc_task_name_kind(const char *text, size_t len, const char *name, size_t name_len);

// The length of NAME in the name of a main task: up to the last ".service"; len where there is none.
size_t asvc_task_name_stem(const char *text, size_t len);

// The k of TASK@k, with the length of TASK in *stem; 0, and *stem as it was, for a name without a
// number from 1 to UINT32_MAX behind its last @.
uint32_t asvc_task_name_copy(const char *text, size_t len, size_t *stem);

// The length of a service's name without a ".service" at its end; ".service" alone is a name.
size_t asvc_service_name_plain(const char *text, size_t len);

#endif

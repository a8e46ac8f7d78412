// Limits of the manager. Each can be overridden with -D; each has its reason beside it.
#ifndef ASVC_CORE_CONFIG_H
#define ASVC_CORE_CONFIG_H

// Bytes of aiolog.streamlog, the log every service shares. About 30 lines: enough to see what led
// up to a failure, small enough for a board with 64 KiB of heap.
#ifndef ASVC_STREAMLOG_SIZE
#define ASVC_STREAMLOG_SIZE 2000
#endif

// How deep objects and lists in services.config may nest, the outermost included. Reading, checking
// and writing recurse: this bounds the C stack they need (some 100 to 200 bytes a level on 32
// bits). Configurations in use have 6 levels.
#ifndef ASVC_CONFIG_DEPTH
#define ASVC_CONFIG_DEPTH 16
#endif

#endif

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

// Fewest bytes an AioStream takes: a date, a short name and a few words are one line of that length.
#ifndef ASVC_LOG_STREAM_MIN
#define ASVC_LOG_STREAM_MIN 64
#endif

// Milliseconds after which a clock that was set is noticed at the latest, while a task waits for a time of
// the day. Nothing in MicroPython tells; what else is scheduled makes no one wake for this.
#ifndef ASVC_SCHEDULE_WALL_MS
#define ASVC_SCHEDULE_WALL_MS 60000
#endif

// Seconds ahead that a task can be scheduled, and between its runs: some 60 years. What is longer is a
// mistake, and might not fit a word of 32 bits.
#ifndef ASVC_SCHEDULE_LONGEST_S
#define ASVC_SCHEDULE_LONGEST_S 2000000000
#endif

#endif

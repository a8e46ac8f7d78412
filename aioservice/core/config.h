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

// How a service that is to be restarted is, where it says nothing else. 200 ms give a sensor or a socket time
// to settle; half a minute between tries costs little and is soon enough for a network that comes back.
#ifndef ASVC_RESTART_DELAY_MS
#define ASVC_RESTART_DELAY_MS 200
#endif
#ifndef ASVC_RESTART_DELAY_MAX_MS
#define ASVC_RESTART_DELAY_MAX_MS 30000
#endif
// Five runs in a row shorter than ten seconds: what fails like that is broken, not unlucky.
#ifndef ASVC_RESTART_BURST
#define ASVC_RESTART_BURST 5
#endif
#ifndef ASVC_RESTART_HEALTHY_MS
#define ASVC_RESTART_HEALTHY_MS 10000
#endif

// Milliseconds that a service has to end in, after it was told to, where it says nothing else.
#ifndef ASVC_STOP_MS
#define ASVC_STOP_MS 5000
#endif

// Longest time in milliseconds that can be given for these: 12 days, which fit 30 bits.
#ifndef ASVC_LONGEST_MS
#define ASVC_LONGEST_MS 0x3FFFFFFF
#endif

// Milliseconds after which a start that failed for want of memory is tried again.
#ifndef ASVC_NO_MEMORY_RETRY_MS
#define ASVC_NO_MEMORY_RETRY_MS 1000
#endif

// Failures that are remembered, the latest of all services, and bytes of each one's traceback. They lie on
// the heap only once there are failures.
#ifndef ASVC_FAILURES
#define ASVC_FAILURES 8
#endif
#ifndef ASVC_FAILURE_TEXT_MAX
#define ASVC_FAILURE_TEXT_MAX 400
#endif

// Whether the time of each step of each task is taken, for aioservice.top(): 24 bytes a task, and two looks at
// the clock a step.
#ifndef ASVC_TOP
#define ASVC_TOP 1
#endif

#endif

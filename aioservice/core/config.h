// Features and limits of the manager. Each can be overridden with -D; each has its reason beside it.
#ifndef ASVC_CORE_CONFIG_H
#define ASVC_CORE_CONFIG_H

// ---- features -------------------------------------------------------------------------------
//
// What a product may not want can be left out, each with -DASVC_...=0: its names are then missing in Python,
// keywords that belong to it have no effect, and a service that needs it is an error when it is loaded.
// -DASVC_FEATURES=0 leaves out all that is not asked for, as in -DASVC_FEATURES=0 -DASVC_SCHEDULE=1.
// docs/adding-to-your-firmware.md tells how much each saves.
#ifndef ASVC_FEATURES
#define ASVC_FEATURES 1
#endif

// Restart policies, readiness, watchdogs, requirements between running services, time limits for stopping,
// failures remembered: a product whose services must run, or nothing, can do with a watchdog of the chip.
// Without: aioservice.restart, reload, reset_failed, failures, safe_mode, hardware_watchdog; Service.ready, feed; the
// attributes restart, require, after, wants, ready_ms, stop_ms, watchdog_ms, slow_step_ms, child_failure, safe_mode; what
// raw tasks raise is not told; the hooks on_stop and on_error, in
// whose place a task has `try`. A service's status does not tell of a child that failed. A KeyboardInterrupt ends the loop at once; a load does not wait for what was
// unloaded and has not ended; what ran before asyncio.new_event_loop() counts as running.
#ifndef ASVC_SUPERVISION
#define ASVC_SUPERVISION ASVC_FEATURES
#endif

// Core services, which run to their end in the order of what they require before others start.
// Without: aioservice.boot, the type core.service.
#ifndef ASVC_BOOT
#define ASVC_BOOT ASVC_FEATURES
#endif

// Tasks that run at times: of no use where every service runs on.
// Without: aioschedule, Service.schedule.
#ifndef ASVC_SCHEDULE
#define ASVC_SCHEDULE ASVC_FEATURES
#endif

// services.config and .env: a product may have its settings in its services.
// Without: aioservice.config, enable, disable, get_config; aioctl.getenv, setenv. The files are not read.
#ifndef ASVC_CONFIG
#define ASVC_CONFIG ASVC_FEATURES
#endif

// The log in RAM and loggers: a product may have a logger of its own, or no one to read.
// Without: aiolog, aioctl.set_log, log, follow, aioservice.set_logger, Service.add_logger; aioservice itself writes to no logger, and hands
// none to services.
#ifndef ASVC_LOG
#define ASVC_LOG ASVC_FEATURES
#endif

// Events that are kept, the latest: each takes 32 bytes on 32 bits. They lie on the heap from the first one on. 32 tell of
// some ten restarts: enough to see what led up to a failure, before the log is read. 0 leaves them out.
// Without: aioservice.events, follow, on_event; what is told on stdout and in the log stays.
#ifndef ASVC_EVENTS
#define ASVC_EVENTS (ASVC_FEATURES ? 32 : 0)
#endif

// All that is known of each service as plain data, for programs that show or send it.
// Without: aioservice.snapshot.
#ifndef ASVC_SNAPSHOT
#define ASVC_SNAPSHOT ASVC_FEATURES
#endif

// Questions asked while a product is developed. They are about what services name each other for, so
// they go with supervision.
// Without: aioservice.verify, blame, critical_chain, dot. boot and init do not tell what services.config has that means nothing.
#ifndef ASVC_INSIGHT
#define ASVC_INSIGHT ASVC_SUPERVISION
#elif ASVC_INSIGHT && !ASVC_SUPERVISION
#error "ASVC_INSIGHT needs ASVC_SUPERVISION"
#endif

// The time that each step of each task takes: 24 bytes a task, and two looks at the clock a step.
// Without: aioservice.top.
#ifndef ASVC_TOP
#define ASVC_TOP ASVC_FEATURES
#endif

// When tasks started and ended.
// Without: dates and ages in status lines, `since` and `done_at` of a task's record.
#ifndef ASVC_DATES
#define ASVC_DATES ASVC_FEATURES
#endif

// A task's status at length, with its arguments and its log.
// Without: aioctl.debug, status(debug=True).
#ifndef ASVC_STATUS_DEBUG
#define ASVC_STATUS_DEBUG ASVC_FEATURES
#endif

// Colours of what is printed.
// Without: aioctl.color.
#ifndef ASVC_COLOR
#define ASVC_COLOR ASVC_FEATURES
#endif

// What programs written for asyncmd use, and others have in another way.
// Without: the frame of the importer in the traceback of a service that cannot be imported; aioctl.create_task, run, reset, set_group, result_all, get_datetime, tmdelta_fmt;
// aioservice.failed_services; names that begin with _. A child that stops its own service ends with it.
#ifndef ASVC_ASYNCMD
#define ASVC_ASYNCMD ASVC_FEATURES
#endif

// What to do about an error, and which tasks there are where one is not found: who ships a product needs no advice.
// Without: the end of these texts, which say what is wrong still, and where a SyntaxError is; control characters in texts
// are shown as `?`.
#ifndef ASVC_HINTS
#define ASVC_HINTS ASVC_FEATURES
#endif

// Several tasks of one name, NAME@1, NAME@2 ..., and patterns with `*` that mean several: a product may know each
// of its tasks by name.
// Without: aioctl.tasks_match; `*` has no meaning. A task that is added takes the place of one of its name, which is
// stopped, and a service that is loaded while it runs is ended and started anew.
#ifndef ASVC_COPIES
#define ASVC_COPIES ASVC_FEATURES
#endif

// Looking into tasks, and changing what they are given before they start again: who runs a product only wants
// them to run.
// Without: the attributes of a task's record but name, task and state; what is shown of records, groups, decorated
// functions and services is their type alone.
#ifndef ASVC_RECORD
#define ASVC_RECORD ASVC_FEATURES
#endif

// The module that hands out the frozen REPL; that itself is left out by the manifest.
// Without: aiorepl, but for one on sys.path.
#ifndef ASVC_REPL
#define ASVC_REPL ASVC_FEATURES
#endif

// ---- limits ---------------------------------------------------------------------------------

// Bytes of aiolog.streamlog, the log every service shares. About 30 lines: enough to see what led
// up to a failure, small enough for a board with 64 KiB of heap.
#ifndef ASVC_STREAMLOG_SIZE
#define ASVC_STREAMLOG_SIZE 2000
#endif

// Lines of the log that aioctl.status shows below one task: as many as systemctl does.
#ifndef ASVC_STATUS_LINES
#define ASVC_STATUS_LINES 10
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

// Milliseconds that a step of a service may take until it is told, where the service says nothing else: what holds the loop
// for a second keeps a prompt from answering, and a hardware watchdog from being fed.
#ifndef ASVC_SLOW_STEP_MS
#define ASVC_SLOW_STEP_MS 1000
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

// Records that are allocated at once, and edges between them. A page of records is some 900 bytes on 32 bits: a
// larger one wastes more when it is not full, and is harder to find in a fragmented heap.
#ifndef ASVC_PAGE
#define ASVC_PAGE (sizeof(void *) > 4 ? 32 : 16)
#endif
#ifndef ASVC_EDGE_PAGE
#define ASVC_EDGE_PAGE 16
#endif

// Of a task name that is taken again and again, so many of the latest copies are kept when they have ended, and up to
// twice as many until the others are looked for. More fill the heap of a device that adds one for each request.
#ifndef ASVC_ENDED_COPIES
#define ASVC_ENDED_COPIES 16
#endif

// Failures that are remembered, the latest of all services, and bytes of each one's traceback. They lie on
// the heap only once there are failures.
#ifndef ASVC_FAILURES
#define ASVC_FAILURES 8
#endif
#ifndef ASVC_FAILURE_TEXT_MAX
#define ASVC_FAILURE_TEXT_MAX 400
#endif

#endif

// AioStream: the log kept in RAM, a Python stream over core's ring of whole lines.
#ifndef ASVC_BIND_LOG_STREAM_H
#define ASVC_BIND_LOG_STREAM_H

#include "py/runtime.h"

#include "bind/base/call.h"
#include "core/config.h"

#if ASVC_LOG

// The Python class AioStream. It may be subclassed.
extern const mp_obj_type_t asvc_type_log_stream;

// The stream aiolog.streamlog: an AioStream of ASVC_STREAMLOG_SIZE bytes, made at the first call,
// or what was last given to asvc_streamlog_set(). Raises MemoryError.
mp_obj_t asvc_streamlog(void);

// Makes stream the one that asvc_streamlog() answers. The caller has checked it.
void asvc_streamlog_set(mp_obj_t stream);

// Raises TypeError "WHAT: expected a stream (an object with a method write), got TYPE" unless
// stream has a method `write`.
void asvc_stream_check(mp_obj_t stream, const char *what);

// Writes len bytes of UTF-8 text to stream, in one call: straight into the ring of an AioStream,
// which allocates nothing and cannot fail, else stream.write(str), raising what that raises.
void asvc_stream_write(mp_obj_t stream, const char *text, size_t len);

// Prints the latest n lines that match grep, as its `cat` has it, oldest first. Nothing of a stream that is no AioStream.
void asvc_log_stream_tail(mp_obj_t stream, mp_obj_t grep, size_t n);

#else

static inline void asvc_stream_write(mp_obj_t stream, const char *text, size_t len) {
    asvc_call_1(stream, MP_QSTR_write, mp_obj_new_str(text, len));
}

#endif

#endif

// What core answers when it cannot do what it was asked. core knows no names and no language, so
// the caller turns these into the sentence a person reads.
#ifndef ASVC_CORE_ERROR_H
#define ASVC_CORE_ERROR_H

typedef enum {
    ASVC_OK = 0,
    ASVC_FULL, // the caller's storage has no place left: move to a larger one and ask again
    ASVC_BAD_VALUE, // an argument is outside the range its contract gives; nothing was changed
} asvc_error_t;

#endif

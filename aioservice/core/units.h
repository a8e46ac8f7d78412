// Which services to start and which to end now, so that what runs fits what is wanted.
//
// The table is told what is, and answers one thing to do; it keeps nothing between two questions. So there
// is no order of events it could get wrong: after any event, what follows from the present state is done.
// Who asks does what is answered, notes what became of it, and asks again until there is nothing to do.
//
// Nodes are numbers, 0..n-1, in the order in which services are started where nothing else says so. Between
// them lie edges:
//
//     requires   from runs only while to is up: it is started after, ended before, and not started at all
//                where to is lost
//     after      order only: from is started after to, where to is to be started, too
//
// ("wants" and "starts it too" make the other one wanted when a service is loaded; they are no business of
// this table.)
//
// A node is *lost* when as things are it will not be up, or not for long: it is not wanted, GONE, STUCK, or it
// requires a lost one. So a stop by the user reaches all that requires the stopped one, however long the
// chain, and the last in the chain ends first. What is up and has nothing to end any more is never lost.
// A node that has failed and waits for its restart is not lost: what requires it is ended, and comes back
// with it.
#ifndef ASVC_CORE_UNITS_H
#define ASVC_CORE_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    ASVC_UNIT_DOWN, // at rest, and may be started
    ASVC_UNIT_COMING, // starting, or waiting for its restart
    ASVC_UNIT_UP, // running (ready, where it declares that), or ended well and needed no longer than that
    ASVC_UNIT_GOING, // told to end
    ASVC_UNIT_STUCK, // told to end, and overdue: it cannot be started, and nobody waits for it
    ASVC_UNIT_GONE, // failed, and not to be started again by itself
    ASVC_UNIT_REFUSED, // as DOWN, and it was said why it cannot be started
} asvc_unit_is_t;

typedef struct {
    uint8_t is; // asvc_unit_is_t
    bool wanted; // its user wants it up
    bool can_end; // of COMING and UP: there is something to end, as there is not in one that has ended well
    bool lost; // the table's own: worked out anew at each question
} asvc_unit_t;

typedef enum { ASVC_UNIT_REQUIRES, ASVC_UNIT_AFTER } asvc_unit_edge_kind_t;

typedef struct {
    uint32_t from, to;
    uint8_t kind; // asvc_unit_edge_kind_t
} asvc_unit_edge_t;

typedef struct {
    asvc_unit_t *units;
    size_t n;
    const asvc_unit_edge_t *edges;
    size_t n_edges;
} asvc_units_t;

typedef enum {
    ASVC_UNITS_SETTLED, // nothing to do until something changes
    ASVC_UNITS_START, // start it: then it is COMING, UP, or GONE
    ASVC_UNITS_END, // tell it to end: then it is GOING, or at rest at once
    ASVC_UNITS_REFUSE, // it cannot be started, because of *because: then it is REFUSED
} asvc_units_action_t;

// The next thing to do, and with which node: what is to end first, then what to start, then what to refuse,
// each by number, the lowest first.
//
// END: it is COMING or UP, can end, and
//      - is wanted, and something that it requires is not UP (*because tells what). At once: what it needs
//        is away. It stays wanted, and is started again when that is UP. Or
//      - is lost, and nothing that requires it is still there: COMING or UP and able to end, or GOING. *because
//        is the node itself where it is not wanted, else the lost one that it requires.
// START: it is wanted, DOWN or REFUSED, not lost, all that it requires is UP, and nothing that it comes after is
//      still to come: neither UP nor lost.
// REFUSE: it is wanted, DOWN and lost, because of *because, which it requires. REFUSED is left by START, or by
//      who asks: set to DOWN it is looked at, and told, anew.
//
// The edges must not form a circle, or its nodes wait for each other for ever. An edge may be there twice.
// O(n x n_edges) at most; no recursion. because may be NULL; it and node are untouched where all is settled.
asvc_units_action_t asvc_units_next(const asvc_units_t *self, uint32_t *node, uint32_t *because);

#endif

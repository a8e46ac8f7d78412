#include "manager/deadlines.h"

#if ASVC_DEADLINES

// ---- the heap -------------------------------------------------------------------------------

static uint32_t *key_at(asvc_manager_t *m, uint32_t at) {
    return &m->pages[at / ASVC_PAGE]->key_ms[at % ASVC_PAGE];
}

static asvc_id_t *who_at(asvc_manager_t *m, uint32_t at) {
    return &m->pages[at / ASVC_PAGE]->who[at % ASVC_PAGE];
}

static bool is_before(uint32_t key, asvc_id_t id, uint32_t other_key, asvc_id_t other) {
    int32_t by = (int32_t)(key - other_key);
    return by != 0 ? by < 0 : id < other;
}

static void put(asvc_manager_t *m, uint32_t at, uint32_t key, asvc_id_t id) {
    *key_at(m, at) = key;
    *who_at(m, at) = id;
    asvc_record(m, id)->heap_at = (uint16_t)(at + 1);
}

// Moves the hole at `at` up, then down, to where (key, id) belongs, and fills it.
static void sift(asvc_manager_t *m, uint32_t at, uint32_t key, asvc_id_t id) {
    while (at > 0) {
        uint32_t up = (at - 1) / 2;
        if (!is_before(key, id, *key_at(m, up), *who_at(m, up))) {
            break;
        }
        put(m, at, *key_at(m, up), *who_at(m, up));
        at = up;
    }
    for (;;) {
        uint32_t down = 2 * at + 1;
        if (down + 1 < m->n_deadlines
            && is_before(*key_at(m, down + 1), *who_at(m, down + 1), *key_at(m, down), *who_at(m, down))) {
            down += 1;
        }
        if (down >= m->n_deadlines || !is_before(*key_at(m, down), *who_at(m, down), key, id)) {
            break;
        }
        put(m, at, *key_at(m, down), *who_at(m, down));
        at = down;
    }
    put(m, at, key, id);
}

// What is due in the past keeps its order back to there. Farther back a key would lie too far from one at the horizon, seen
// after a rest as long as the horizon.
#define LONGEST_PAST_MS (3600 * 1000)

static uint32_t key_of(const asvc_manager_t *m, int64_t at_ms) {
    int64_t ahead = at_ms - m->now_ms;
    if (ahead > ASVC_DEADLINE_HORIZON_MS) {
        ahead = ASVC_DEADLINE_HORIZON_MS;
    } else if (ahead < -LONGEST_PAST_MS) {
        ahead = -LONGEST_PAST_MS;
    }
    return (uint32_t)(m->now_ms + ahead);
}

void asvc_deadlines_set(asvc_manager_t *m, asvc_record_t *r, int64_t at_ms) {
    uint32_t at = r->heap_at == 0 ? m->n_deadlines++ : r->heap_at - 1u;
    sift(m, at, key_of(m, at_ms), r->id);
}

void asvc_deadlines_clear(asvc_manager_t *m, asvc_record_t *r) {
    if (r->heap_at == 0) {
        return;
    }
    uint32_t at = r->heap_at - 1u;
    r->heap_at = 0;
    uint32_t last = --m->n_deadlines;
    if (at != last) {
        sift(m, at, *key_at(m, last), *who_at(m, last));
    }
}

asvc_record_t *asvc_deadlines_take(asvc_manager_t *m) {
    if (m->n_deadlines == 0 || (int32_t)(*key_at(m, 0) - (uint32_t)m->now_ms) > 0) {
        return NULL;
    }
    asvc_record_t *r = asvc_record(m, *who_at(m, 0));
    asvc_deadlines_clear(m, r);
    return r;
}

void asvc_deadlines_move_now(asvc_manager_t *m, int64_t now_ms) {
    bool gap = now_ms - m->now_ms > ASVC_DEADLINE_HORIZON_MS;
    m->now_ms = now_ms;
    if (gap) {
        // Keys older than that could be taken for ones ahead: each record is asked for its own deadline.
        for (uint32_t at = 0; at < m->n_deadlines; at++) {
            *key_at(m, at) = (uint32_t)now_ms;
        }
        for (uint32_t at = m->n_deadlines / 2; at-- > 0;) {
            sift(m, at, *key_at(m, at), *who_at(m, at));
        }
    }
}

uint32_t asvc_deadlines_left_of(const asvc_manager_t *m, const asvc_record_t *r) {
    uint32_t at = r->heap_at;
    if (at == 0) {
        return 0;
    }
    int32_t left =
        (int32_t)(m->pages[(at - 1) / ASVC_PAGE]->key_ms[(at - 1) % ASVC_PAGE] - (uint32_t)m->now_ms);
    return left > 0 ? (uint32_t)left : 0;
}

int64_t asvc_deadlines_left_ms(const asvc_manager_t *m) {
    if (m->n_deadlines == 0) {
        return ASVC_NEVER_MS;
    }
    int32_t left = (int32_t)(m->pages[0]->key_ms[0] - (uint32_t)m->now_ms);
    return left > 0 ? left : 0;
}

// ---- what is due next -----------------------------------------------------------------------

static int64_t run_deadline(const asvc_record_t *r) {
    const asvc_block_t *block = r->block;
    if (r->run == ASVC_RUN_STARTING && block->rules.ready_ms > 0) {
        return block->started_ms + block->rules.ready_ms;
    }
    if (r->run == ASVC_RUN_RUNNING && block->rules.watchdog_ms > 0) {
        return block->fed_ms + block->rules.watchdog_ms;
    }
    return ASVC_NEVER_MS;
}

void asvc_deadlines_renew(asvc_manager_t *m, asvc_record_t *r) {
    if (r->run == ASVC_RUN_STOPPING || (r->run == ASVC_RUN_NONE && r->delayed)) {
        return;
    }
    int64_t at_ms = ASVC_NEVER_MS;
    if (r->block != NULL) {
        at_ms = run_deadline(r);
#if ASVC_SCHEDULE
        if (r->scheduled && m->schedule_runs && r->block->due_ms < at_ms) {
            at_ms = r->block->due_ms;
        }
#endif
    }
    if (at_ms == ASVC_NEVER_MS) {
        asvc_deadlines_clear(m, r);
    } else {
        asvc_deadlines_set(m, r, at_ms);
    }
}

#endif

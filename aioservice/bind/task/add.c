#include "bind/task/add.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/manager.h"
#include "bind/base/raise.h"
#include "bind/base/upward.h"
#include "bind/task/group.h"
#include "bind/task/make.h"
#include "bind/task/schedule.h"

// ---- storage --------------------------------------------------------------------------------

// A copy of a table of pages with one place more.
static void **longer(void *table, size_t n) {
    void **copy = m_new(void *, n + 1);
    memcpy(copy, table, n * sizeof(void *));
    return copy;
}

static ASVC_NORETURN void too_many(const char *what) {
    asvc_raise(&mp_type_RuntimeError, "too many %s: at most some %u", what, (unsigned)UINT16_MAX);
}

// Users may have taken tasks out of the table by hand: those that are over are forgotten.
static void forget_unlisted(void) {
    asvc_manager_t *m = asvc_manager();
    for (asvc_id_t id = asvc_manager_next_record(m, ASVC_NO_ID); id != ASVC_NO_ID;
         id = asvc_manager_next_record(m, id)) {
        asvc_task_t *task = asvc_record(m, id)->kind == ASVC_KIND_SERVICE ? NULL : asvc_task_of(id);
        if (task != NULL && !asvc_task_is_live(task) && !asvc_group_has(task)) {
            asvc_manager_hide(m, id, true);
        }
    }
    asvc_drive();
}

void asvc_reserve_records(size_t n) {
    asvc_manager_t *m = asvc_manager();
    if (asvc_manager_room(m) < n) {
        forget_unlisted();
    }
    while (asvc_manager_room(m) < n) {
        asvc_page_t *page = m_new0(asvc_page_t, 1);
        asvc_page_t **table = (asvc_page_t **)longer(m->pages, m->n_pages);
        if (!asvc_manager_add_page(m, page, table)) {
            too_many("tasks");
        }
    }
}

#if ASVC_EDGES
void asvc_reserve_edges(size_t n) {
    asvc_manager_t *m = asvc_manager();
    while (asvc_manager_edge_room(m) < n) {
        asvc_edge_page_t *page = m_new0(asvc_edge_page_t, 1);
        asvc_edge_page_t **table = (asvc_edge_page_t **)longer(m->edge_pages, m->n_edge_pages);
        if (!asvc_manager_add_edge_page(m, page, table)) {
            too_many("requirements");
        }
    }
}
#endif

// ---- adding ---------------------------------------------------------------------------------

static asvc_kind_t kind_of(const asvc_task_t *self, asvc_id_t parent) {
    if (parent == ASVC_NO_ID) {
        return ASVC_KIND_TASK; // also of a main task that a program added: the registry does not know that service
    }
    return asvc_task_is_main(self) ? ASVC_KIND_INSTANCE : ASVC_KIND_CHILD;
}

// There must be room.
static void define(asvc_task_t *self, asvc_id_t parent) {
    bool owned = parent != ASVC_NO_ID || asvc_task_service(self) != MP_OBJ_NULL;
    self->id = asvc_manager_define(asvc_manager(), kind_of(self, parent), parent, self, owned);
}

asvc_id_t asvc_record_for(asvc_task_t *self) {
    if (self->id == ASVC_NO_ID) {
        asvc_reserve_records(1);
        define(self, ASVC_NO_ID);
        asvc_manager_set_last(asvc_manager(), self->id, (asvc_last_t)self->last);
    }
    return self->id;
}

static void start(asvc_task_t *self, bool wait) {
    if (ASVC_SCHEDULE) {
        asvc_schedule_added(self);
    }
    if (ASVC_SCHEDULE && wait) {
        asvc_manager_want(asvc_manager(), self->id);
    } else {
        asvc_manager_start(asvc_manager(), self->id);
    }
    asvc_drive();
}

// Raises MemoryError, and then has changed nothing.
static void put_in_table(asvc_task_t *self) {
    if (ASVC_SCHEDULE) {
        asvc_schedule_prepare(self);
    }
    asvc_group_put(self);
}

// The rules of a child that is restarted where it fails: those of its service, whatever the policy of that. NULL: it has none.
static asvc_block_t *rules_of_child(const asvc_task_t *self, asvc_id_t parent) {
    const asvc_block_t *of =
        ASVC_SUPERVISION && parent != ASVC_NO_ID ? asvc_record(asvc_manager(), parent)->block : NULL;
    if (of == NULL || of->rules.child_failure != ASVC_CHILD_RESTART || asvc_task_is_main(self)) {
        return NULL;
    }
    asvc_block_t *block = m_new0(asvc_block_t, 1);
    block->rules.restart = of->rules.restart;
    block->rules.restart.policy = ASVC_RESTART_ON_FAILURE;
    return block;
}

static void enter(asvc_task_t *self, asvc_id_t parent, bool wait) {
    asvc_reserve_records(1);
    asvc_block_t *block = rules_of_child(self, parent);
    asvc_task_prepare(self, wait);
    put_in_table(self);
    define(self, parent);
    if (block != NULL) {
        asvc_manager_set_block(asvc_manager(), self->id, block, NULL);
    }
    start(self, wait);
}

#if ASVC_COPIES

// Of many copies of a name that have ended, the latest are kept.
static void forget_copies(mp_obj_t name, uint32_t k) {
    if (k < ASVC_ENDED_COPIES || k % ASVC_ENDED_COPIES != 0) {
        return;
    }
    size_t at = 0;
    asvc_task_t *task;
    while ((task = asvc_group_next_copy(&at, name, k - ASVC_ENDED_COPIES)) != NULL) {
        asvc_state_t state = asvc_task_state(task);
        bool ended = state == ASVC_DONE || state == ASVC_STOPPED || state == ASVC_FAILED;
        if (ended && !(ASVC_SCHEDULE && asvc_schedule_has_next(task->name))) {
            asvc_group_forget(task); // its number is not free again
            if (task->id != ASVC_NO_ID) {
                asvc_manager_hide(asvc_manager(), task->id, true);
            }
        }
    }
}

void asvc_add(asvc_task_t *self, asvc_id_t parent, bool wait) {
    mp_obj_t name = self->name;
    asvc_group_give_name(self);
    enter(self, parent, wait);
    asvc_task_t *first = self->name == name ? NULL : asvc_group_find(name);
    if (first != NULL && first->extra != NULL) {
        forget_copies(name, first->extra->last_copy);
        asvc_drive();
    }
}

#else

void asvc_add(asvc_task_t *self, asvc_id_t parent, bool wait) {
    (void)wait;
    asvc_replace(self, parent);
}

#endif

void asvc_put_run(asvc_id_t id, asvc_task_t *self, bool wait) {
    asvc_task_t *old = asvc_task_of(id);
    asvc_task_prepare(self, wait);
    if (old != NULL && asvc_task_is_live(old)) {
        asvc_task_extra(old)->successor = self;
        if (!asvc_group_has(old)) {
            asvc_group_put(old); // it was taken out: beside it no second one is started
        }
        return;
    }
    put_in_table(self);
    asvc_task_seat(id, self);
}

asvc_task_t *asvc_next_run(asvc_id_t id) {
    asvc_task_t *old = asvc_task_of(id);
    asvc_task_t *successor = old->extra == NULL ? NULL : old->extra->successor;
    asvc_task_t *task = successor;
    if (task == NULL) {
        task = old->flags & ASVC_TASK_FRESH ? old : asvc_task_again(old);
    }
    if (!(task->flags & ASVC_TASK_FRESH)) {
        asvc_task_prepare(task, false); // the last that can fail
    }
    asvc_task_drop_successor(old);
    if (task != old) {
        asvc_group_swap(old, task);
    }
    asvc_task_seat(id, task);
    return task;
}

void asvc_replace(asvc_task_t *self, asvc_id_t parent) {
    asvc_task_t *old = asvc_group_find(self->name);
    asvc_manager_t *m = asvc_manager();
    asvc_id_t id = old == NULL ? ASVC_NO_ID : old->id;
    if (id != ASVC_NO_ID && (asvc_record(m, id)->owned || !asvc_task_is_live(old))) {
        bool goes_on = asvc_task_goes_on(old);
        asvc_block_t *block = rules_of_child(self, parent);
        asvc_put_run(id, self, false);
        if (asvc_record(m, id)->kind == ASVC_KIND_CHILD && !asvc_record(m, id)->scheduled) {
            asvc_manager_set_block(m, id, block, NULL); // its service may say otherwise by now
        }
        (goes_on ? asvc_manager_restart : asvc_manager_start)(m, id);
    } else {
        enter(self, parent, false);
        if (old != NULL && old->id != ASVC_NO_ID) {
            asvc_manager_stop(m, old->id, true);
            asvc_manager_hide(m, old->id, true);
        }
    }
    asvc_drive();
}

void asvc_add_unlisted(asvc_task_t *self) {
    asvc_task_prepare(self, false);
    asvc_record_for(self);
    asvc_manager_hide(asvc_manager(), self->id, true);
    asvc_manager_start(asvc_manager(), self->id);
    asvc_drive();
}

void asvc_remove(asvc_task_t *self) {
    asvc_group_remove(self);
    if (self->id != ASVC_NO_ID) {
        asvc_task_drop_successor(self);
        asvc_manager_drop(asvc_manager(), self->id);
        if (!asvc_is_main_task(self)) {
            asvc_manager_hide(asvc_manager(), self->id, true);
        } else if (!asvc_task_is_live(self)) {
            asvc_task_unseat(self->id);
        }
    }
}

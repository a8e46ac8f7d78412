#include "bind/service/registry.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/is.h"
#include "bind/base/map.h"
#include "bind/service/service_class.h"
#include "bind/base/state.h"
#include "bind/base/text.h"
#include "bind/task/task.h"
#include "core/task_name.h"

enum { IDLE, LOADED, N_LISTS };

typedef struct _asvc_registry_t {
    mp_map_t index; // name -> asvc_entry_t, never handed to Python
    asvc_entry_t *first[N_LISTS], *last[N_LISTS];
    asvc_discovery_t discovery;
} asvc_registry_t;

static asvc_registry_t *registry(void) {
    asvc_root_t *root = asvc_root();
    if (root->registry == NULL) {
        asvc_registry_t *self = m_new0(asvc_registry_t, 1);
        mp_map_init(&self->index, 0);
        root->registry = self;
    }
    return root->registry;
}

static void append(asvc_entry_t *entry) {
    asvc_registry_t *self = registry();
    entry->next = NULL;
    entry->prev = self->last[entry->loaded];
    if (entry->prev == NULL) {
        self->first[entry->loaded] = entry;
    } else {
        entry->prev->next = entry;
    }
    self->last[entry->loaded] = entry;
}

static void take_out(asvc_entry_t *entry) {
    asvc_registry_t *self = registry();
    *(entry->prev == NULL ? &self->first[entry->loaded] : &entry->prev->next) = entry->next;
    *(entry->next == NULL ? &self->last[entry->loaded] : &entry->next->prev) = entry->prev;
}

// There are no more of these than service files, so interning them is bounded; and it is done here
// once, because each interning searches all names MicroPython knows.
static mp_obj_t task_name(mp_obj_t name) {
    return MP_OBJ_NEW_QSTR(asvc_qstrf("%o" ASVC_SERVICE_SUFFIX, name));
}

asvc_entry_t *asvc_registry_add(mp_obj_t name, mp_obj_t service, mp_obj_t module, mp_obj_t error) {
    asvc_entry_t *entry = m_new0(asvc_entry_t, 1);
    entry->name = name;
    entry->task_name = task_name(name);
    entry->service = service;
    entry->module = module;
    entry->error = error;
    mp_map_lookup(&registry()->index, name, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = MP_OBJ_FROM_PTR(entry);
    append(entry);
    return entry;
}

asvc_entry_t *asvc_registry_find(mp_obj_t name) {
    mp_obj_t plain = asvc_plain_name(name, "service name");
    mp_obj_t entry = asvc_map_get(&registry()->index, plain);
    return entry == MP_OBJ_NULL ? NULL : MP_OBJ_TO_PTR(entry);
}

asvc_entry_t *asvc_registry_of_task(asvc_task_t *task) {
    return task->entry != NULL && !task->entry->removed ? task->entry : NULL;
}

void asvc_registry_clear_refusal(asvc_entry_t *entry) {
    if (entry->refused) {
        entry->refused = false;
        entry->error = MP_OBJ_NULL;
    }
}

void asvc_registry_mark_loaded(asvc_entry_t *entry) {
    if (!entry->loaded && !entry->removed) {
        take_out(entry);
        entry->loaded = true;
        append(entry);
    }
}

void asvc_registry_remove(asvc_entry_t *entry) {
    if (!entry->removed) {
        take_out(entry);
        entry->removed = true;
        asvc_map_remove(&registry()->index, entry->name);
    }
}

asvc_entry_t *asvc_registry_first(void) {
    asvc_registry_t *self = registry();
    return self->first[LOADED] != NULL ? self->first[LOADED] : self->first[IDLE];
}

asvc_entry_t *asvc_registry_next(asvc_entry_t *entry) {
    return entry->next == NULL && entry->loaded ? registry()->first[IDLE] : entry->next;
}

size_t asvc_registry_len(void) {
    return registry()->index.used;
}

asvc_discovery_t *asvc_registry_discovery(void) {
    return &registry()->discovery;
}

mp_obj_t asvc_entry_attr(asvc_entry_t *entry, qstr attr) {
    return asvc_service_attr(entry->service, attr);
}

mp_obj_t asvc_entry_attr_quiet(asvc_entry_t *entry, qstr attr) {
    return asvc_service_attr_quiet(entry->service, attr);
}

const char *asvc_entry_path(asvc_entry_t *entry) {
    mp_obj_t path = asvc_entry_attr_quiet(entry, MP_QSTR_path);
    return asvc_is_str(path) ? mp_obj_str_get_str(path) : "?";
}

bool asvc_entry_is_core(asvc_entry_t *entry) {
    return asvc_entry_is_type(entry, "core.service");
}

bool asvc_entry_is_type(asvc_entry_t *entry, const char *type) {
    mp_obj_t value = asvc_entry_attr_quiet(entry, MP_QSTR_type);
    size_t len;
    if (!asvc_is_str(value)) {
        return false;
    }
    const char *text = mp_obj_str_get_data(value, &len);
    return len == strlen(type) && memcmp(text, type, len) == 0;
}

#include "bind/service/registry.h"

#include <string.h>

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/manager.h"
#include "bind/base/map.h"
#include "bind/base/args.h"
#include "bind/service/service_class.h"
#include "bind/base/state.h"
#include "bind/base/text.h"
#include "bind/config/config_entry.h"
#include "bind/task/add.h"
#include "bind/task/group.h"
#include "core/task_name.h"

enum { IDLE, LOADED, N_LISTS };

typedef struct _asvc_registry_t {
    mp_map_t index; // name -> asvc_entry_t, never handed to Python
    asvc_id_t first[N_LISTS], last[N_LISTS];
    size_t len; // without absent ones
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

asvc_entry_t *asvc_registry_of_record(asvc_id_t id) {
    if (id == ASVC_NO_ID) {
        return NULL;
    }
    const asvc_record_t *r = asvc_record(&asvc_root()->manager, id);
    return r->kind == ASVC_KIND_SERVICE ? r->user : NULL;
}

static void append(asvc_entry_t *entry) {
    asvc_registry_t *self = registry();
    entry->next = ASVC_NO_ID;
    entry->prev = self->last[entry->loaded];
    if (entry->prev == ASVC_NO_ID) {
        self->first[entry->loaded] = entry->id;
    } else {
        asvc_registry_of_record(entry->prev)->next = entry->id;
    }
    self->last[entry->loaded] = entry->id;
}

static void take_out(asvc_entry_t *entry) {
    asvc_registry_t *self = registry();
    *(entry->prev == ASVC_NO_ID ? &self->first[entry->loaded] : &asvc_registry_of_record(entry->prev)->next) =
        entry->next;
    *(entry->next == ASVC_NO_ID ? &self->last[entry->loaded] : &asvc_registry_of_record(entry->next)->prev) =
        entry->prev;
}

// There are no more of these than service files and names of others in them, so interning them is bounded; and it is
// done here once, because each interning searches all names MicroPython knows.
static mp_obj_t task_name(mp_obj_t name) {
    return mp_obj_str_intern(asvc_strf("%n" ASVC_SERVICE_SUFFIX, name));
}

static asvc_entry_t *find(mp_obj_t name) {
    mp_obj_t entry = asvc_map_get(&registry()->index, name);
    return entry == MP_OBJ_NULL ? NULL : MP_OBJ_TO_PTR(entry);
}

asvc_entry_t *asvc_registry_name(mp_obj_t name) {
    asvc_entry_t *entry = find(name);
    if (entry == NULL) {
        asvc_reserve_records(1);
        entry = m_new0(asvc_entry_t, 1);
        entry->name = name;
        entry->task_name = task_name(name);
        mp_map_lookup(&registry()->index, name, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value =
            MP_OBJ_FROM_PTR(entry);
        asvc_manager_t *m = asvc_manager();
        entry->id = asvc_manager_define(m, ASVC_KIND_SERVICE, ASVC_NO_ID, entry, true);
        asvc_manager_hide(m, entry->id, true);
    }
    return entry;
}

asvc_entry_t *asvc_registry_add(mp_obj_t name, mp_obj_t service, qstr module, mp_obj_t error) {
    asvc_entry_t *entry = asvc_registry_name(name);
    entry->service = service;
    entry->module = (qstr_short_t)module;
    entry->error = error;
    entry->loaded = false;
    entry->round = 0;
    entry->started_ms = entry->up_ms = 0;
    registry()->len += 1;
    append(entry);
    asvc_manager_hide(asvc_manager(), entry->id, false);
    return entry;
}

asvc_entry_t *asvc_registry_find(mp_obj_t name) {
    asvc_entry_t *entry = find(asvc_plain_name(name, "service name"));
    return entry != NULL && entry->service != MP_OBJ_NULL ? entry : NULL;
}

asvc_entry_t *asvc_registry_of_task(const asvc_task_t *task) {
    if (task->id == ASVC_NO_ID || !asvc_task_is_main(task)) {
        return NULL;
    }
    asvc_id_t parent = asvc_manager_parent(&asvc_root()->manager, task->id);
    asvc_entry_t *entry = asvc_registry_of_record(parent == ASVC_NO_ID ? task->id : parent);
    return entry != NULL && entry->service != MP_OBJ_NULL ? entry : NULL;
}

asvc_id_t asvc_registry_parent(const asvc_task_t *task, mp_obj_t service) {
    if (service == MP_OBJ_NULL) {
        return ASVC_NO_ID;
    }
    size_t len, name_len;
    const char *text = mp_obj_str_get_data(task->name, &len);
    const char *name = asvc_service_name(service, &name_len);
    if (asvc_task_name_kind(text, len, name, name_len) == ASVC_NAME_FOREIGN) {
        return ASVC_NO_ID;
    }
    size_t main_len = name_len + strlen(ASVC_SERVICE_SUFFIX);
    const asvc_task_t *main = asvc_group_find_text(text, main_len);
    if (main != NULL && main->id != ASVC_NO_ID && asvc_task_is_main(main)) {
        return main->id;
    }
    asvc_entry_t *entry = len == main_len ? NULL : asvc_registry_find(mp_obj_new_str(name, name_len));
    return entry == NULL ? ASVC_NO_ID : entry->id;
}

void asvc_registry_mark_loaded(asvc_entry_t *entry) {
    if (!entry->loaded && entry->service != MP_OBJ_NULL) {
        take_out(entry);
        entry->loaded = true;
        append(entry);
    }
}

void asvc_registry_remove(asvc_entry_t *entry) {
    if (entry->service != MP_OBJ_NULL) {
        take_out(entry);
        entry->service = entry->error = MP_OBJ_NULL;
        registry()->len -= 1;
        asvc_manager_hide(asvc_manager(), entry->id, true);
    }
}

void asvc_registry_drop(asvc_entry_t *entry) {
    asvc_map_remove(&registry()->index, entry->name);
}

asvc_entry_t *asvc_registry_first(void) {
    asvc_registry_t *self = registry();
    return asvc_registry_of_record(
        self->first[LOADED] != ASVC_NO_ID ? self->first[LOADED] : self->first[IDLE]);
}

asvc_entry_t *asvc_registry_next(asvc_entry_t *entry) {
    bool last = entry->next == ASVC_NO_ID && entry->loaded;
    return asvc_registry_of_record(last ? registry()->first[IDLE] : entry->next);
}

size_t asvc_registry_len(void) {
    return registry()->len;
}

asvc_discovery_t *asvc_registry_discovery(void) {
    return &registry()->discovery;
}

mp_obj_t asvc_entry_attr(asvc_entry_t *entry, qstr attr) {
    return asvc_service_attr(entry->service, attr);
}

mp_obj_t asvc_entry_set_attr(asvc_entry_t *entry, qstr attr) {
    mp_obj_t value = asvc_service_own_attr(entry->service, attr);
    if (value == MP_OBJ_NULL && asvc_service_set_attr(entry->service, attr) != MP_OBJ_NULL) {
        value = asvc_entry_attr(entry, attr); // of its class; it may be a property
    }
    return value;
}

mp_obj_t asvc_entry_attr_quiet(asvc_entry_t *entry, qstr attr) {
    return asvc_service_attr_quiet(entry->service, attr);
}

bool asvc_entry_enabled(asvc_entry_t *entry, mp_obj_t config, bool otherwise) {
    if (!ASVC_CONFIG || config == MP_OBJ_NULL) {
        return otherwise;
    }
    bool enabled = asvc_config_enabled(config, entry->name, true);
    bool says = enabled == asvc_config_enabled(config, entry->name, false);
    entry->configured = !says ? ASVC_CONFIGURED_NOT
        : enabled             ? ASVC_CONFIGURED_ENABLED
                              : ASVC_CONFIGURED_DISABLED;
    return says ? enabled : otherwise;
}

const char *asvc_entry_path(asvc_entry_t *entry) {
    mp_obj_t path = asvc_entry_attr_quiet(entry, MP_QSTR_path);
    return asvc_is_str(path) ? mp_obj_str_get_str(path) : "?";
}

bool asvc_entry_is_core(asvc_entry_t *entry) {
    return asvc_entry_is_type(entry, "core.service");
}

bool asvc_entry_is_type(asvc_entry_t *entry, const char *type) {
    mp_obj_t value = asvc_service_set_attr(entry->service, MP_QSTR_type); // the quick way
    if (!asvc_is_str(value)) {
        value = asvc_entry_attr_quiet(entry, MP_QSTR_type);
    }
    if (!asvc_is_str(value)) {
        return false;
    }
    size_t len;
    const char *text = mp_obj_str_get_data(value, &len);
    return len == strlen(type) && memcmp(text, type, len) == 0;
}

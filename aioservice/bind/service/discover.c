#include "bind/service/discover.h"

#include <string.h>

#include "py/builtin.h"
#include "py/objlist.h"
#include "py/objmodule.h"
#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/base/call.h"
#include "bind/config/config_store.h"
#include "bind/base/is.h"
#include "bind/base/keep.h"
#include "bind/base/map.h"
#include "bind/base/raise.h"
#include "bind/base/say.h"
#include "bind/service/service_class.h"
#include "bind/base/state.h"

#define FOLDER "./aioservices/services"
#define FROZEN_PACKAGE "aioservices/services"
#define FROZEN_FOLDER ".frozen/" FROZEN_PACKAGE
#define PACKAGE "aioservices.services"

// Where the document shows a service being imported from. asyncmd's importer is that file; ours is C
// and has no line, but the frame marks where the service's own frames end, and people compare
// tracebacks with the document's.
#define IMPORTER_FILE "/__init__.py"
#define IMPORTER_LINE 52

// ---- the package ----------------------------------------------------------------------------

static mp_obj_t package(void) {
    asvc_root_t *root = asvc_root();
    if (root->package == MP_OBJ_NULL) {
        // MicroPython puts each among the loaded modules, unless it is there already.
        mp_obj_t parent = mp_obj_new_module(MP_QSTR_aioservices);
        mp_obj_t module = mp_obj_new_module(qstr_from_str(PACKAGE));
        mp_store_attr(parent, MP_QSTR_services, module); // as an import does
        root->package = module;
    }
    return root->package;
}

static mp_obj_t str_of(const char *text) {
    return mp_obj_new_str(text, strlen(text));
}

void asvc_discover_forget(asvc_entry_t *entry) {
    size_t len;
    const char *full = (const char *)qstr_data(entry->module, &len);
    size_t prefix = strlen(PACKAGE ".");
    asvc_map_remove(&MP_STATE_VM(mp_loaded_modules_dict).map, MP_OBJ_NEW_QSTR(entry->module));
    // Its short name was interned when it was imported.
    mp_obj_t module = MP_OBJ_NEW_QSTR(qstr_find_strn(full + prefix, len - prefix));
    asvc_map_remove(&mp_obj_module_get_globals(asvc_root()->package)->map, module);
    asvc_registry_remove(entry);
}

// ---- importing one --------------------------------------------------------------------------

// Where a service was found.
typedef struct {
    asvc_entry_t *entry; // once it was imported
    const char *folder;
    mp_obj_t name; // "hello"
    qstr module; // "aioservices.services.hello_service"
    mp_obj_t path; // "./aioservices/services/hello_service.mpy"
} found_t;

static mp_obj_t import_module(const found_t *found) {
    mp_store_attr(package(), MP_QSTR___path__, str_of(found->folder));
    mp_obj_t wanted = MP_OBJ_NEW_QSTR(MP_QSTR_service);
    return mp_import_name(found->module, mp_obj_new_tuple(1, &wanted), MP_OBJ_NEW_SMALL_INT(0));
}

// Raises, with a text that says what to do, unless the module's `service` is one.
static mp_obj_t service_of(mp_obj_t module, const found_t *found) {
    mp_obj_t service[2];
    mp_load_method_maybe(module, MP_QSTR_service, service);
    const char *wrong = NULL;
    mp_obj_t what = found->name;
    if (service[0] == MP_OBJ_NULL) {
        wrong = "%o has no `service`" ASVC_HINT(": end it with service = YourService(\"%o\")");
    } else if (!asvc_is_service(service[0])) {
        wrong = "`service` in %o: expected an instance of a subclass of aioclass.Service, got %t";
        what = service[0];
    } else if (!asvc_is_str(asvc_service_own_attr(service[0], MP_QSTR_name))) {
        wrong = "the service in %o has no name" ASVC_HINT(": its __init__ must call super().__init__(name)");
    } else if (asvc_service_task_function(service[0]) == MP_OBJ_NULL) {
        wrong = "the service in %o has no task" ASVC_HINT(
            ": give it `@aioctl.aiotask async def task(self, ...)`");
    }
    if (wrong != NULL) {
        asvc_raise(&mp_type_ServiceException, wrong, found->path, what);
    }
    return service[0];
}

// The name a service gave itself is the one it is known by; it must be its own.
static void check_name_free(mp_obj_t name, const found_t *found) {
    asvc_entry_t *other = asvc_registry_find(name);
    if (other != NULL) {
        asvc_raise(&mp_type_ServiceException,
            "%o calls its service \"%o\", as %s does" ASVC_HINT(": give one of them another name"),
            found->path, name, asvc_entry_path(other));
    }
}

// Stands for a service that could not be imported, as asyncmd's users know it: loaded is False, info
// the exception.
static asvc_entry_t *add_failed(const found_t *found, mp_obj_t exc) {
    // Where another file's service took that name, the file's own name has to do.
    bool free = asvc_registry_find(found->name) == NULL;
    mp_obj_t name = free ? found->name : asvc_strf("%n_service", found->name);
    mp_obj_t service = mp_call_function_1(asvc_service_class(), name);
    mp_store_attr(service, MP_QSTR_path, found->path);
    mp_store_attr(service, MP_QSTR_info, exc);
    mp_store_attr(service, MP_QSTR_loaded, mp_const_false);
    return asvc_registry_add(name, service, found->module, exc);
}

// Whether the file was imported already, by a discovery that was interrupted.
static bool is_known(const found_t *found) {
    asvc_entry_t *entry = asvc_registry_find(found->name);
    return entry != NULL && entry->module == found->module;
}

static void add_importer_frame(mp_obj_t exc, const char *folder) {
    qstr file = mp_obj_str_get_qstr(asvc_strf("%s" IMPORTER_FILE, folder));
    mp_obj_exception_add_traceback(exc, file, IMPORTER_LINE, MP_QSTR__lt_module_gt_);
}

static void import_found(void *arg) {
    found_t *found = arg;
    mp_obj_t service = service_of(import_module(found), found);
    mp_obj_t name = asvc_service_own_attr(service, MP_QSTR_name);
    check_name_free(name, found);
    mp_store_attr(service, MP_QSTR_path, found->path);
    found->entry = asvc_registry_add(name, service, found->module, MP_OBJ_NULL);
}

static asvc_entry_t *import_one(found_t *found) {
    asvc_service_class(); // before any import, so that asvc_is_service knows the class
    mp_obj_t exc = asvc_try(import_found, found);
    if (exc == MP_OBJ_NULL) {
        return found->entry;
    }
    exc = asvc_keepable(exc);
    if (ASVC_ASYNCMD) {
        add_importer_frame(exc, found->folder);
    }
    return add_failed(found, exc);
}

// ---- looking through the folders ------------------------------------------------------------

// A file name without "_service.py" or "_service.mpy", or MP_OBJ_NULL.
static mp_obj_t name_in_file(const char *file, size_t len) {
    static const char *const ends[] = { "_service.py", "_service.mpy" };
    for (size_t i = 0; i < MP_ARRAY_SIZE(ends); i++) {
        size_t cut = strlen(ends[i]);
        if (len > cut && memcmp(file + len - cut, ends[i], cut) == 0) {
            return mp_obj_new_str_via_qstr(file, len - cut);
        }
    }
    return MP_OBJ_NULL;
}

// Notes a file that holds a service. files: dict of name -> path; the first one of a name stays,
// but .py wins over .mpy, as it does in an import.
static void note_file(mp_obj_t files, const char *folder, const char *file) {
    size_t len = strlen(file);
    mp_obj_t name = name_in_file(file, len);
    if (name == MP_OBJ_NULL) {
        return;
    }
    mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(files), name, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND);
    bool py_beside_mpy = file[len - 3] == '.' && elem->value != MP_OBJ_NULL
        && strncmp(mp_obj_str_get_str(elem->value), folder, strlen(folder)) == 0;
    if (elem->value == MP_OBJ_NULL || py_beside_mpy) {
        elem->value = asvc_strf("%s/%s", folder, file);
    }
}

static void list_folder(void *list) {
    mp_obj_t os = asvc_import(MP_QSTR_os);
    *(mp_obj_t *)list = mp_call_function_1(mp_load_attr(os, MP_QSTR_listdir), str_of(FOLDER));
}

static void note_frozen(mp_obj_t files) {
#if MICROPY_MODULE_FROZEN
    extern const char mp_frozen_names[];
    static const char prefix[] = FROZEN_PACKAGE "/";
    for (const char *name = mp_frozen_names; *name != '\0'; name += strlen(name) + 1) {
        if (strncmp(name, prefix, sizeof(prefix) - 1) == 0) {
            const char *file = name + sizeof(prefix) - 1;
            note_file(files, FROZEN_FOLDER, file);
        }
    }
#else
    (void)files;
#endif
}

static mp_obj_t find_files(void) {
    mp_obj_t files = mp_obj_new_dict(0);
    size_t len;
    mp_obj_t *item;
    mp_obj_t list =
        mp_const_empty_tuple; // no such folder, or no filesystem at all: then there are no services there
    asvc_try(list_folder, &list);
    mp_obj_get_array(list, &len, &item);
    for (size_t i = 0; i < len; i++) {
        note_file(files, FOLDER, mp_obj_str_get_str(item[i]));
    }
    ASVC_KEEP(list);
    note_frozen(files);
    return files;
}

static found_t found_at(mp_obj_t name, mp_obj_t path) {
    const char *text = mp_obj_str_get_str(path);
    return (found_t){
        .folder = strncmp(text, FROZEN_FOLDER, sizeof(FROZEN_FOLDER) - 1) == 0 ? FROZEN_FOLDER : FOLDER,
        .name = name,
        .module = mp_obj_str_get_qstr(asvc_strf(PACKAGE ".%n_service", name)),
        .path = path,
    };
}

// ---- the order ------------------------------------------------------------------------------

// The names in files: those in services.config as they stand there, then the rest sorted. config: in
// the order of the file; index: the same, without order.
static mp_obj_t ordered_names(mp_map_t *files, mp_obj_t config, mp_obj_t index) {
    mp_obj_t rest = mp_obj_new_list(0, NULL);
    size_t at = 0;
    mp_map_elem_t *elem;
    while ((elem = asvc_map_next(files, &at)) != NULL) {
        if (!ASVC_CONFIG || !asvc_config_has(index, elem->key)) {
            mp_obj_list_append(rest, elem->key);
        }
    }
    mp_obj_list_sort(1, &rest, (mp_map_t *)&mp_const_empty_map);
    return ASVC_CONFIG ? mp_binary_op(MP_BINARY_OP_ADD, asvc_config_listed(config, files), rest) : rest;
}

static void import_all(void *arg) {
    (void)arg;
    mp_obj_t config = ASVC_CONFIG ? asvc_config_read() : MP_OBJ_NULL;
    mp_obj_t index = ASVC_CONFIG ? asvc_config_index(config) : MP_OBJ_NULL;
    mp_obj_t files = find_files();
    size_t len;
    mp_obj_t *name;
    mp_obj_t names = ordered_names(mp_obj_dict_get_map(files), config, index);
    mp_obj_get_array(names, &len, &name);
    for (size_t i = 0; i < len; i++) {
        if (ASVC_CONFIG && !asvc_config_enabled(index, name[i], true)) {
            continue;
        }
        found_t found = found_at(name[i], mp_obj_dict_get(files, name[i]));
        if (!is_known(&found)) {
            import_one(&found);
        }
    }
    ASVC_KEEP(names);
    for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = asvc_registry_next(at)) {
        asvc_entry_enabled(at, index, false); // which remembers it
    }
}

void asvc_discover(void) {
    asvc_discovery_t *discovery = asvc_registry_discovery();
    // A service file may ask aioservice while it is being imported: it sees what is there so far.
    if (*discovery != ASVC_UNDISCOVERED) {
        return;
    }
    *discovery = ASVC_DISCOVERING;
    mp_obj_t exc = asvc_catch(&mp_type_BaseException, import_all, NULL);
    *discovery = exc == MP_OBJ_NULL ? ASVC_DISCOVERED : ASVC_UNDISCOVERED;
    if (exc != MP_OBJ_NULL) {
        nlr_raise(exc);
    }
}

// Whether the module is being imported right now: it is loaded and has no entry yet.
static bool is_under_way(const found_t *found) {
    mp_map_t *loaded = &MP_STATE_VM(mp_loaded_modules_dict).map;
    return asvc_map_get(loaded, MP_OBJ_NEW_QSTR(found->module)) != MP_OBJ_NULL;
}

// The entry of the file NAME_service, whatever name its service gave itself, or NULL.
static asvc_entry_t *by_file(mp_obj_t name) {
    size_t len, module_len, prefix = strlen(PACKAGE ".");
    const char *text = mp_obj_str_get_data(asvc_plain_name(name, "service name"), &len);
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        const char *module = (const char *)qstr_data(entry->module, &module_len) + prefix;
        if (module_len == prefix + len + strlen("_service") && memcmp(module, text, len) == 0) {
            return entry;
        }
    }
    return NULL;
}

asvc_entry_t *asvc_discover_known(mp_obj_t name) {
    asvc_discover();
    asvc_entry_t *entry = asvc_registry_find(name);
    return entry != NULL ? entry : by_file(name);
}

asvc_entry_t *asvc_discover_one(mp_obj_t name) {
    asvc_entry_t *entry = asvc_discover_known(name);
    if (entry == NULL) {
        // Not interned: a name that is in no file may be too long for that.
        mp_obj_t plain = asvc_plain_name(name, "service name");
        mp_map_elem_t *file = mp_map_lookup(mp_obj_dict_get_map(find_files()), plain, MP_MAP_LOOKUP);
        if (file != NULL) {
            found_t found = found_at(file->key, file->value);
            entry = is_under_way(&found) ? NULL : import_one(&found);
        }
    }
    return entry;
}

asvc_entry_t *asvc_discover_enabled(mp_obj_t name) {
    asvc_entry_t *entry = asvc_registry_find(name);
    bool may = entry == NULL && (!ASVC_CONFIG || asvc_config_enabled(asvc_config_read(), name, true));
    return may ? asvc_discover_one(name) : entry;
}

bool asvc_discover_has_file(mp_obj_t name) {
    return asvc_map_get(mp_obj_dict_get_map(find_files()), name) != MP_OBJ_NULL;
}

// Whether the file was imported in this run: that interned its module's name, which stays interned.
static bool was_imported(mp_obj_t name) {
    size_t len;
    const char *module = mp_obj_str_get_data(asvc_strf(PACKAGE ".%n_service", name), &len);
    return qstr_find_strn(module, len) != MP_QSTRnull;
}

const char *asvc_discover_why_absent(mp_obj_t name) {
    if (!asvc_discover_has_file(name)) {
        return ASVC_NOT_FOUND;
    }
    asvc_entry_t *entry = by_file(name);
    if (entry != NULL) {
        return mp_obj_str_get_str(asvc_strf(ASVC_NOT_FOUND ", its file holds %o", entry->task_name));
    }
    if (ASVC_CONFIG && !asvc_config_enabled(asvc_config_read(), name, true)) {
        return "is disabled in services.config";
    }
    return was_imported(name) ? "was unloaded" : ASVC_NOT_FOUND; // its file came later
}

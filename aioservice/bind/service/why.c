#include "bind/service/why.h"

#include "py/runtime.h"

#include "bind/base/is.h"
#include "bind/base/manager.h"
#include "bind/base/raise.h"
#include "bind/base/text.h"
#include "bind/service/discover.h"

mp_obj_t asvc_why_error(mp_obj_t error) {
    if (!mp_obj_is_exception_instance(error) || asvc_is_a(error, &mp_type_ServiceException)) {
        return asvc_strf("Error: %o", error);
    }
    // What an ArithmeticError says is its class in other words: the document's lines have the class alone.
    bool brief =
        asvc_is_a(error, &mp_type_ArithmeticError) || mp_obj_exception_get_value(error) == mp_const_none;
    mp_obj_t place =
        ASVC_HINTS && asvc_is_a(error, &mp_type_SyntaxError) ? asvc_place_of(error) : MP_OBJ_NULL;
    const char *text = place != MP_OBJ_NULL ? "Error: %t: %o at %o" : brief ? "Error: %t" : "Error: %t: %o";
    return asvc_strf(text, error, error, place);
}

#if ASVC_EDGES

const char asvc_why_no_core[] = "is no core service: only those have ended when others start";

// Nobody wants it, boot did not try it.
static bool is_disabled(const asvc_entry_t *core) {
    return !core->loaded && core->error == MP_OBJ_NULL
        && !asvc_manager_is_wanted(&asvc_root()->manager, core->id);
}

static mp_obj_t requirement(asvc_entry_t *other, const char *why) {
    return asvc_strf("requirement \"%o\" %s", other->name, why);
}

mp_obj_t asvc_why_lost(asvc_entry_t *other) {
    if (other->service == MP_OBJ_NULL) {
        return requirement(other, asvc_discover_why_absent(other->name));
    }
    if (asvc_is_error(other->error) && !asvc_is_a(other->error, &mp_type_ServiceException)) {
        return asvc_strf("requirement \"%o\" not loaded (%t)", other->name, other->error);
    }
    return asvc_strf("dependency failed: %o", other->name);
}

// The same for a core service, which requires only such.
static mp_obj_t why_lost_for_core(asvc_entry_t *other) {
    bool there = other->service != MP_OBJ_NULL && !asvc_is_error(other->error);
    if (there && !asvc_entry_is_core(other)) {
        return requirement(other, asvc_why_no_core);
    }
    return there && is_disabled(other) ? requirement(other, "is disabled") : asvc_why_lost(other);
}

mp_obj_t asvc_why_refused(const asvc_entry_t *entry) {
    const asvc_manager_t *m = &asvc_root()->manager;
    if (!asvc_manager_is_refused(m, entry->id)) {
        return MP_OBJ_NULL;
    }
    asvc_entry_t *other = asvc_registry_of_record(asvc_manager_next_missing(m, entry->id, ASVC_NO_ID));
    if (other == NULL) {
        return asvc_strf("dependency failed");
    }
    bool core = ASVC_BOOT && asvc_entry_is_core((asvc_entry_t *)entry);
    return core ? why_lost_for_core(other) : asvc_why_lost(other);
}

mp_obj_t asvc_why_circle(const asvc_id_t *circle, size_t len, size_t first) {
    vstr_t text;
    vstr_init(&text, 64);
    for (size_t i = 0; i <= len; i++) {
        asvc_addf(&text, i == 0 ? "dependency cycle: %o" : " -> %o",
            asvc_registry_of_record(circle[(first + i) % len])->name);
    }
    return mp_obj_new_str_from_vstr(&text);
}

void asvc_why_waits(vstr_t *line, const asvc_entry_t *entry) {
    const asvc_manager_t *m = &asvc_root()->manager;
    bool any = false;
    for (asvc_id_t id = asvc_manager_next_missing(m, entry->id, ASVC_NO_ID); id != ASVC_NO_ID;
         id = asvc_manager_next_missing(m, entry->id, id)) {
        asvc_addf(line, any ? ", %o" : "%o", asvc_registry_of_record(id)->name);
        any = true;
    }
}

#endif

// aioservice.blame, critical_chain and dot.
#include "bind/look/insight.h"

#include "py/runtime.h"

#include "bind/base/args.h"
#include "bind/service/discover.h"
#include "bind/base/keep.h"
#include "bind/service/load.h"
#include "bind/service/options.h"
#include "bind/base/raise.h"
#include "bind/service/registry.h"
#include "bind/base/say.h"
#include "core/config.h"

#if ASVC_INSIGHT

// ---- blame ----------------------------------------------------------------------------------

// -1 where it has not come up.
static int32_t took_ms(const asvc_entry_t *entry) {
    return entry->up_ms == 0 ? -1 : (int32_t)(entry->up_ms - entry->started_ms);
}

// The longest that took less than that; -1 where there is none.
static int32_t longest_below(int32_t ms) {
    int32_t longest = -1;
    for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = asvc_registry_next(at)) {
        int32_t took = took_ms(at);
        longest = took < ms && took > longest ? took : longest;
    }
    return longest;
}

// The slowest comes first; of those that took as long, the one that is listed first.
static mp_obj_t blame(void) {
    asvc_discover();
    for (int32_t ms = longest_below(INT32_MAX); ms >= 0; ms = longest_below(ms)) {
        for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = asvc_registry_next(at)) {
            if (took_ms(at) == ms) {
                asvc_sayf("%7u ms %o", (unsigned)ms, at->task_name);
            }
        }
    }
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_0(asvc_blame_obj, blame);

// ---- critical_chain -------------------------------------------------------------------------

// Of what a service names in an attribute and that has come up, the last; before, or one that was later.
static asvc_entry_t *latest_of(asvc_entry_t *entry, qstr attr, asvc_entry_t *before) {
    const mp_obj_tuple_t *names = asvc_options_names_quiet(entry->service, attr);
    for (size_t i = 0; i < names->len; i++) {
        asvc_entry_t *other = asvc_registry_find(names->items[i]);
        bool later = other != NULL && other->up_ms != 0 && (before == NULL || other->up_ms > before->up_ms);
        before = later ? other : before;
    }
    ASVC_KEEP(names);
    return before;
}

// Of all services, or of the core services, the last that came up, until then at the latest.
static asvc_entry_t *last_up(bool core, uint32_t until_ms) {
    asvc_entry_t *last = NULL;
    for (asvc_entry_t *at = asvc_registry_first(); at != NULL; at = asvc_registry_next(at)) {
        bool counts = at->up_ms != 0 && at->up_ms <= until_ms && (!core || asvc_entry_is_core(at));
        last = counts && (last == NULL || at->up_ms >= last->up_ms) ? at : last;
    }
    return last;
}

// What it came up after: the last of what it names, or of boot, which is over before others start.
static asvc_entry_t *waited_for(asvc_entry_t *entry, bool *boot) {
    asvc_entry_t *before = latest_of(entry, MP_QSTR_after, latest_of(entry, MP_QSTR_require, NULL));
    asvc_entry_t *core = asvc_entry_is_core(entry) ? NULL : last_up(true, entry->started_ms);
    *boot = core != NULL && (before == NULL || core->up_ms > before->up_ms);
    return *boot ? core : before;
}

static mp_obj_t critical_chain(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t name = asvc_name_or_none_arg(n_args, args, kwargs);
    asvc_discover();
    asvc_entry_t *entry = name == mp_const_none ? last_up(false, UINT32_MAX) : asvc_registry_find(name);
    if (entry == NULL && name != mp_const_none) {
        asvc_say_not_found(name, "");
        return mp_const_none;
    }
    if (entry == NULL || entry->up_ms == 0) {
        asvc_sayf(name == mp_const_none ? "No service is up yet" : "Service %o is not up yet", name);
        return mp_const_none;
    }
    vstr_t line;
    vstr_init(&line, 80);
    // Names can lead in a circle; a chain of all services is the longest there is.
    size_t longest = asvc_registry_len();
    bool boot = false;
    for (size_t depth = 0; entry != NULL && depth < longest; depth++) {
        for (size_t i = 0; i < depth; i++) {
            vstr_add_str(&line, "  ");
        }
        asvc_addf(&line, "%o up @ %u ms, took %u ms%s", entry->task_name, (unsigned)entry->up_ms,
            (unsigned)took_ms(entry), boot ? " (boot)" : "");
        asvc_say(&line);
        entry = waited_for(entry, &boot);
    }
    vstr_clear(&line);
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_KW(asvc_critical_chain_obj, 0, critical_chain);

// ---- dot ------------------------------------------------------------------------------------

// A name in quotes, as DOT has it.
static void add_quoted(vstr_t *text, const char *before, mp_obj_t name) {
    size_t len;
    const char *at = mp_obj_str_get_data(name, &len);
    vstr_add_str(text, before);
    vstr_add_byte(text, '"');
    for (size_t i = 0; i < len; i++) {
        if (at[i] == '"') {
            vstr_add_byte(text, '\\');
        }
        vstr_add_byte(text, (byte)at[i]);
    }
    vstr_add_byte(text, '"');
}

static void add_arrows(vstr_t *text, asvc_entry_t *entry, qstr attr, const char *style) {
    const mp_obj_tuple_t *names = asvc_options_names_quiet(entry->service, attr);
    for (size_t i = 0; i < names->len; i++) {
        add_quoted(text, "    ", entry->name);
        add_quoted(text, " -> ", names->items[i]);
        asvc_addf(text, "%s;\n", style);
    }
    ASVC_KEEP(names);
}

static mp_obj_t dot(void) {
    asvc_discover();
    vstr_t text;
    vstr_init(&text, 200);
    vstr_add_str(&text, "digraph services {\n");
    for (asvc_entry_t *entry = asvc_registry_first(); entry != NULL; entry = asvc_registry_next(entry)) {
        bool core = asvc_entry_is_core(entry);
        add_quoted(&text, "    ", entry->name);
        vstr_add_str(&text, core ? " [shape=box];\n" : ";\n");
        add_arrows(&text, entry, MP_QSTR_require, "");
        add_arrows(&text, entry, MP_QSTR_after, " [style=dashed]");
        add_arrows(&text, entry, MP_QSTR_wants, " [style=dotted]");
    }
    vstr_add_str(&text, "}\n");
    return mp_obj_new_str_from_vstr(&text);
}
MP_DEFINE_CONST_FUN_OBJ_0(asvc_dot_obj, dot);

#endif

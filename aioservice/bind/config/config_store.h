// services.config: which services are enabled, and with which arguments. Stored so that no power cut
// loses it.
//
//     {"hello": {"enabled": true, "args": [3, 2], "kwargs": {"led": "${LED_PIN}"}},
//      "watcher": {"enabled": true, "restart": "always"}}
//
// JSON with a service a key, in the current folder. The order of the services is kept: it is the order
// in which they are started. Keys this module does not know are kept too. Commas too many
// or too few are let pass, as MicroPython's json does.
//
// Four files take part:
//
//     services.config      what holds
//     services.config.bak  what held before the last change
//     services.config.new  a change under way: written and synced whole before it becomes services.config
//     services.config.bad  the last broken one, for people to look at; .bad.old once a change was stored after it
//
// A change is: write .new; rename services.config to .bak; rename .new to services.config. Reading
// goes by what is there:
//
//     services.config   .new     .bak
//     whole             any      any      it is used; a .new is an unfinished change and is removed
//     none              whole    any      the power went between the renames: the change is finished
//     none              not so   any      no configuration: whoever removed services.config meant it
//     broken            whole    any      .new is used and becomes services.config
//     broken            not so   whole    .bak is used, and copied to services.config by way of .new
//     broken            not so   not so   no configuration
//
// A broken file is reported and becomes services.config.bad. While that is there, and services.config is missing or the
// same as .bak, nobody has put a good one in its place: each run of the program reports it once more. Where that cannot be done (a read-only
// file system) it stays, and is reported once a run. So does one that cannot be read at all: it may
// be whole, and readable tomorrow; until then nothing is changed.
#ifndef ASVC_BIND_CONFIG_STORE_H
#define ASVC_BIND_CONFIG_STORE_H

#include "py/obj.h"

#include "bind/config/config_entry.h"
#include "core/config.h"

// Reads services.config: a new dict, name (str) to entry, in the order of the file. {} where there is no
// file, or no whole one. An entry is a dict in the order enabled, args, kwargs, then the others; the
// objects directly inside objects keep the order of the file too. O(size of the files).
// An entry or a value of an unexpected type is reported (once a run), stays in the dict and, when that
// is written, in the file; the functions of config_entry.h take it as absent. Of two entries of one name
// the later one holds. Raises MemoryError; never because of what is in the file.
mp_obj_t asvc_config_read(void);

// Why what services.config last had is not used, a str: "line 1: expected ':'; it is now services.config.bad, and the last
// good one is used". MP_OBJ_NULL where nothing is wrong with it, or it was not read yet. As of the last reading or writing.
mp_obj_t asvc_config_broken(void);

// The same to be changed and written, and without reports of entries. MP_OBJ_NULL, having said so, where one of the
// files cannot be read: it may hold what is newer than the others.
mp_obj_t asvc_config_read_to_change(void);

// Makes `config` (a dict of str to anything JSON can hold) the content of services.config. True when it
// is stored. Else prints one line "[ ERROR ] services.config: ..." which says what and where, answers
// false, and the file is as it was: what JSON cannot hold is refused before anything is written.
// Raises MemoryError only while it puts that line together.
bool asvc_config_write(mp_obj_t config);

#endif

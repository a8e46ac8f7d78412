"""tools/check_rooms.py, check_layers.py, check_stubs.py, check_tables.py: each finds what is planted in a small tree, and names it."""

import sys

from session import TOP, FolderTest


def calls(name, *needed):
    """The text of a file that has asvc_NAME() and calls asvc_NEEDED(), each declared here and not by a header."""
    declared = "".join(f"int asvc_{each}(void);\n" for each in (name, *needed))
    called = " + ".join(f"asvc_{each}()" for each in needed) or "1"
    return f"{declared}int asvc_{name}(void) {{\n    return {called};\n}}\n"


# Files that are as they should be: modules -> base -> manager -> core.
CLEAN = {
    "core/error.h": "enum { ASVC_OK };\n",
    "core/heap.h": '#include "core/error.h"\nint asvc_heap(void);\n',
    "core/heap.c": '#include "core/heap.h"\n' + calls("heap"),
    "manager/due.c": '#include "core/heap.h"\n' + calls("due", "heap"),
    "bind/base/clock.h": "int asvc_clock(void);\n",
    "bind/base/clock.c": '#include "bind/base/clock.h"\n' + calls("clock", "due"),
    "bind/modules/modaio.c": '#include "bind/base/clock.h"\n' + calls("mod", "clock"),
}


class LintTest(FolderTest):
    def setUp(self):
        super().setUp()
        for name, text in CLEAN.items():
            self.plant(name, text)

    def plant(self, name, text):
        self.write(f"aioservice/{name}", text)

    def check(self, tool):
        """Answers exit status and the lines of what the tool prints."""
        command = [sys.executable, f"{TOP}/tools/check_{tool}.py", self.path("aioservice")]
        status, stdout, stderr = self.run_program(command=command)
        self.assertEqual(stderr, "")
        return status, stdout.splitlines()


class Rooms(LintTest):
    def test_a_clean_tree_passes(self):
        self.assertEqual(self.check("rooms"), (0, ["largest group of files that need each other: 1"]))

    def test_a_circle_by_symbols_alone(self):
        self.plant("bind/task/task.c", calls("task", "group"))
        self.plant("bind/task/group.c", calls("group", "task"))
        self.assertEqual(
            self.check("rooms"),
            (1, [
                "a circle of 2 files:",
                "    bind/task/group -> bind/task/task: asvc_task",
                "    bind/task/task -> bind/task/group: asvc_group",
                "2 files that need each other: bind/task/group, bind/task/task",
                "largest group of files that need each other: 2",
            ]),
        )  # fmt: skip

    def test_a_circle_by_includes_alone(self):
        self.plant("manager/order.h", '#ifndef ORDER\n#define ORDER\n#include "manager/edges.h"\n#endif\n')
        self.plant("manager/edges.h", '#ifndef EDGES\n#define EDGES\n#include "manager/order.h"\n#endif\n')
        self.assertEqual(
            self.check("rooms"),
            (1, [
                "a circle of 2 files:",
                '    manager/edges -> manager/order: #include "manager/order.h" (aioservice/manager/edges.h:3)',
                '    manager/order -> manager/edges: #include "manager/edges.h" (aioservice/manager/order.h:3)',
                "2 files that need each other: manager/edges, manager/order",
                "largest group of files that need each other: 2",
            ]),
        )  # fmt: skip

    def test_a_circle_of_a_symbol_and_an_include(self):
        self.plant("bind/log/ring.h", "int asvc_ring(void);\n")
        self.plant("bind/log/ring.c", '#include "bind/log/ring.h"\n' + calls("ring", "logger"))
        self.plant("bind/log/logger.c", '#include "bind/log/ring.h"\n' + calls("logger"))
        status, lines = self.check("rooms")
        self.assertEqual(status, 1)
        where = '#include "bind/log/ring.h" (aioservice/bind/log/logger.c:1)'
        self.assertIn(f"    bind/log/logger -> bind/log/ring: {where}", lines)
        self.assertIn("    bind/log/ring -> bind/log/logger: asvc_logger", lines)

    def test_all_of_a_long_circle_is_told(self):
        names = [f"step{n}" for n in range(5)]
        for name, used in zip(names, names[1:] + names[:1]):
            self.plant(f"bind/look/{name}.c", calls(name, used))
        status, lines = self.check("rooms")
        self.assertEqual((status, lines[0]), (1, "a circle of 5 files:"))
        steps = sorted(f"    bind/look/{a} -> bind/look/{b}: asvc_{b}" for a, b in zip(names, names[1:] + names[:1]))
        self.assertEqual(sorted(lines[1:6]), steps)
        self.assertEqual(lines[-1], "largest group of files that need each other: 5")

    def test_a_second_circle_in_the_same_group_is_told(self):
        self.plant("bind/task/task.c", calls("task", "group", "hooks"))
        self.plant("bind/task/group.c", calls("group", "task"))
        self.plant("bind/task/hooks.c", calls("hooks", "task"))
        _, lines = self.check("rooms")
        self.assertEqual(lines.count("a circle of 2 files:"), 2)
        self.assertEqual(lines[-1], "largest group of files that need each other: 3")

    def test_a_room_that_calls_upwards(self):
        self.plant("bind/config/store.c", calls("store", "verify"))
        self.plant("bind/look/verify.c", calls("verify"))
        finding = "bind/config/store -> bind/look/verify: bind/config may not use bind/look: asvc_verify"
        self.assertEqual(self.check("rooms"), (1, [finding, "largest group of files that need each other: 1"]))

    def test_a_room_that_includes_upwards(self):
        self.plant("bind/config/store.c", '#include "../look/verify.h"\n' + calls("store"))
        self.plant("bind/look/verify.h", "int asvc_verify(void);\n")
        status, lines = self.check("rooms")
        where = '#include "../look/verify.h" (aioservice/bind/config/store.c:1)'
        finding = f"bind/config/store -> bind/look/verify: bind/config may not use bind/look: {where}"
        self.assertEqual((status, lines[0]), (1, finding))

    def test_a_layer_that_calls_upwards(self):
        self.plant("manager/told.c", calls("told", "say"))
        self.plant("bind/base/say.c", calls("say"))
        status, lines = self.check("rooms")
        finding = "manager/told -> bind/base/say: manager may not use bind/base: asvc_say"
        self.assertEqual((status, lines[0]), (1, finding))

    def test_a_folder_that_is_no_room(self):
        self.plant("bind/attic/old.c", calls("old"))
        status, lines = self.check("rooms")
        self.assertEqual(status, 1)
        self.assertRegex(lines[0], "^bind/attic/old: lies in no layer or room of core, manager, bind/base, ")

    def test_a_file_that_does_not_compile(self):
        self.plant("bind/log/broken.c", "int asvc_broken(void) {\n")
        status, lines = self.check("rooms")
        self.assertEqual((status, lines[0]), (1, "aioservice/bind/log/broken.c: does not compile"))


class Layers(LintTest):
    def assert_found(self, finding):
        self.assertEqual(self.check("layers"), (1, [finding]))

    def test_a_clean_tree_passes(self):
        self.assertEqual(self.check("layers"), (0, []))

    def test_core_that_calls_malloc(self):
        self.plant("core/ring.c", calls("ring").replace("1", "__builtin_malloc(9) != 0"))
        self.assert_found("aioservice/core/ring.c: calls malloc, which core must not")

    def test_manager_that_prints(self):
        self.plant("manager/told.c", calls("told").replace("1", '__builtin_puts("web")'))
        self.assert_found("aioservice/manager/told.c: calls puts, which manager must not")

    def test_manager_that_keeps_a_variable(self):
        self.plant("manager/told.c", "static int told;\n" + calls("told").replace("1", "told++"))
        self.assert_found("aioservice/manager/told.c: told is a variable; manager keeps no state of its own")

    def test_manager_that_includes_what_is_above_it(self):
        self.plant("manager/told.c", '#include "bind/base/clock.h"\n' + calls("told"))
        self.assert_found(
            "aioservice/manager/told.c:1: includes bind/base/clock.h: "
            'manager includes "manager/NAME.h" and "core/NAME.h" only'
        )

    def test_core_that_needs_the_manager(self):
        self.plant("core/ring.c", calls("ring", "told"))
        self.plant("manager/told.c", calls("told"))
        self.assert_found("aioservice/core/ring.c: needs asvc_told of manager/told.c: core stands below it")

    def test_core_file_that_needs_another_one(self):
        self.plant("core/ring.c", calls("ring", "glob"))
        self.plant("core/glob.c", calls("glob"))
        self.assert_found(
            "aioservice/core/ring.c: needs asvc_glob of core/glob.c: "
            "ring may use config, error only (BASE in tools/check_layers.py)"
        )


class Stubs(LintTest):
    def plant_stubs(self, count):
        stubs = "".join(f"static inline void asvc_stub{n}(void) {{}}\n" for n in range(count))
        self.plant("bind/log/log.h", f"#if ASVC_LOG\nvoid asvc_log(void);\n#else\n{stubs}#endif\n")

    def test_a_hundred_lines_pass(self):
        self.plant_stubs(100)
        self.assertEqual(self.check("stubs"), (0, []))

    def test_more_do_not(self):
        self.plant_stubs(101)
        self.assertEqual(
            self.check("stubs"),
            (1, [
                "aioservice/bind/log/log.h: 101 lines for a feature that is left out",
                "101 lines in headers stand in for features that are left out: 100 at most",
            ]),
        )  # fmt: skip

    def test_other_branches_do_not_count(self):
        many = "int n;\n" * 200
        self.plant("bind/log/log.h", f"#if ASVC_LOG\n{many}#ifdef X\n{many}#else\n{many}#endif\n#else\n#endif\n")
        self.assertEqual(self.check("stubs"), (0, []))

    def test_a_feature_asked_for_the_other_way_round_counts(self):
        many = "int n;\n" * 200
        self.plant("bind/log/log.h", f"#if !ASVC_LOG\n{many}#else\nint n;\n#endif\n")
        self.assertEqual(self.check("stubs")[0], 1)


class Switches(LintTest):
    def test_who_includes_the_switches_by_way_of_another_header_passes(self):
        self.plant("core/config.h", "#define ASVC_LOG 1\n")
        self.plant("bind/log/log.h", '#include "core/config.h"\n#if ASVC_LOG\n#endif\n')
        self.plant("bind/log/log.c", '#include "bind/log/log.h"\n#if ASVC_LOG && ASVC_DATES\n#endif\n')
        self.assertEqual(self.check("switches"), (0, []))

    def test_who_asks_one_that_it_cannot_see_is_told(self):
        self.plant("bind/log/log.c", "\n#if !ASVC_LOG\n#endif\n")
        line = 'aioservice/bind/log/log.c:2: asks ASVC_LOG without #include "core/config.h"'
        self.assertEqual(self.check("switches"), (1, [line]))


class Tables(FolderTest):
    def setUp(self):
        super().setUp()
        self.write("aioservice/core/restart.h", "    POLICY(NEVER, never, 0) \\\n    POLICY(NEW, brand_new, 1)\n")
        rows = "    { MP_QSTR_require, NAMES, 0 },\n    { MP_QSTR_burst, OF_RESTART, 0 },\n"
        self.write("aioservice/bind/service/options.c", rows)
        self.write("aioservice/bind/service/left_out.c", "    MP_QSTR_require,\n")
        self.write("docs/reference/aioclass.md", '"never" "brand_new" require burst\n')
        self.write("typings/aioclass.pyi", "require\n")
        self.write("typings/aioservice_types.pyi", '"never" "brand_new" require burst caught_fire\n')
        self.write("aioservice/bind/base/event.h", "    KIND(CAUGHT_FIRE, caught_fire, ASVC_ERROR)\n")
        self.write("docs/reference/events.md", "caught_fire\n")
        self.write("tests/module/_random.py", "'never' 'brand_new'\n")
        self.write("tests/module/_random_boot.py", "'never' 'brand_new'\n")

    def check(self):
        status, stdout, _ = self.run_program(command=[sys.executable, f"{TOP}/tools/check_tables.py", self.path("")])
        return status, stdout.splitlines()

    def test_what_is_named_everywhere_passes(self):
        self.assertEqual(self.check(), (0, []))

    def test_a_policy_that_the_stubs_leave_out(self):
        self.write("typings/aioservice_types.pyi", '"never" require burst caught_fire\n')
        line = "typings/aioservice_types.pyi: does not name the policy 'brand_new' of aioservice/core/restart.h"
        self.assertEqual(self.check(), (1, [line]))

    def test_an_attribute_that_the_class_or_services_config_lacks_in_the_stubs(self):
        lines = []
        for file, text in ("aioclass", "required\n"), ("aioservice_types", '"never" "brand_new" burst caught_fire\n'):
            self.write(f"typings/{file}.pyi", text)
            lines += [f"typings/{file}.pyi: does not name the attribute 'require' of aioservice/bind/service/options.c"]
        self.assertEqual(self.check(), (1, lines))

    def test_an_attribute_that_a_firmware_without_it_would_take(self):
        self.write("aioservice/bind/service/left_out.c", "    MP_QSTR_restart,\n")
        line = "aioservice/bind/service/left_out.c: does not name the attribute 'require' of aioservice/bind/service/options.c"
        self.assertEqual(self.check(), (1, [line]))

    def test_a_kind_of_event_that_the_reference_leaves_out(self):
        self.write("docs/reference/events.md", "caught\n")
        line = "docs/reference/events.md: does not name the kind of event 'caught_fire' of aioservice/bind/base/event.h"
        self.assertEqual(self.check(), (1, [line]))

    def test_an_attribute_that_the_reference_leaves_out(self):
        self.write("docs/reference/aioclass.md", '"never" "brand_new" required burst\n')
        line = "docs/reference/aioclass.md: does not name the attribute 'require' of aioservice/bind/service/options.c"
        self.assertEqual(self.check(), (1, [line]))

"""What a build of MicroPython is told by aioservice/micropython.mk, micropython.cmake and manifest.py.

MicroPython's own rules read them; nothing is compiled. That what they say suffices to build a firmware is for the
tests of CMake (tools/run_tests.py), and for every other build of this project.
"""

import glob
import os
import re
import shutil

from session import TOP, FolderTest

MPY = os.environ["MPY"]

# A port of MicroPython that is asked for what it would compile, and what starts its scan of names.
MAKE_PORT = f"""
TOP = {MPY}
BUILD = build
include $(TOP)/py/mkenv.mk
include $(TOP)/py/py.mk
include $(TOP)/py/mkrules.mk
.PHONY: ask
ask:
\t@printf 'compiles %s\\n' $(SRC_USERMOD_C) $(SRC_USERMOD_LIB_C)
\t@printf 'includes %s\\n' $(CFLAGS_USERMOD:-I%=%)
\t@printf 'scans after %s\\n' $(QSTR_GLOBAL_DEPENDENCIES)
"""
CMAKE_PORT = f"""
cmake_minimum_required(VERSION 3.13)
project(port NONE)
set(MICROPY_DIR {MPY})
include(${{MICROPY_DIR}}/py/py.cmake)
include(${{MICROPY_DIR}}/py/usermod.cmake)
foreach(source ${{MICROPY_SOURCE_USERMOD}})
    message("compiles ${{source}}")
endforeach()
foreach(folder ${{MICROPY_INC_USERMOD}})
    message("includes ${{folder}}")
endforeach()
"""


def sources(module):
    return sorted(glob.glob(f"{module}/*/*.c") + glob.glob(f"{module}/bind/*/*.c"))


class UserModule(FolderTest):
    """Builds with a copy of aioservice among other modules."""

    def setUp(self):
        super().setUp()
        self.module = self.path("modules/aioservice")
        shutil.copytree(f"{TOP}/aioservice", self.module)

    def run_tool(self, *command):
        status, stdout, stderr = self.run_program(command=command)
        self.assertEqual(status, 0, stdout + stderr)
        return stdout + stderr

    def ask_make(self):
        self.write("Makefile", MAKE_PORT)
        return self.run_tool("make", "-s", "USER_C_MODULES=" + self.path("modules"), "ask")

    def ask_cmake(self, *modules):
        self.write("CMakeLists.txt", CMAKE_PORT)
        return self.run_tool("cmake", "-S", ".", "-B", "build", "-DUSER_C_MODULES=" + ";".join(modules))

    def assert_compiles(self, output, expected):
        self.assertEqual(sorted(re.findall(r"^compiles (.*)$", output, re.M)), expected)
        self.assertEqual(re.findall(r"^includes (.*)$", output, re.M), [self.module])


class Make(UserModule):
    def test_every_source_is_compiled(self):
        self.assert_compiles(self.ask_make(), sources(self.module))

    def test_named_twice_it_is_taken_once(self):
        self.write("modules/again/micropython.mk", f"USERMOD_DIR := {self.module}\ninclude {self.module}/micropython.mk")
        self.assert_compiles(self.ask_make(), sources(self.module))

    def test_our_headers_start_the_scan_of_names_beside_other_modules_too(self):
        self.write("modules/zz/micropython.mk", "SRC_USERMOD_C += $(USERMOD_DIR)/zz.c")
        self.write("modules/zz/zz.c", "")
        self.assertIn(f"scans after {self.module}/bind/base/state.h\n", self.ask_make())


class CMake(UserModule):
    def test_every_source_is_compiled(self):
        self.assert_compiles(self.ask_cmake(f"{self.module}/micropython.cmake"), sources(self.module))

    def test_named_twice_it_is_taken_once(self):
        output = self.ask_cmake(f"{self.module}/micropython.cmake", self.module)
        self.assert_compiles(output, sources(self.module))

    def test_a_file_of_a_newer_version_is_taken_into_a_build_that_is_there(self):
        self.ask_cmake(f"{self.module}/micropython.cmake")
        self.write("modules/aioservice/core/newer.c", "")
        self.assertIn(f"{self.module}/core/newer.c", sources(self.module))
        self.assert_compiles(self.run_tool("cmake", "--build", "build"), sources(self.module))


class Manifest(UserModule):
    def called(self, *functions):
        """What manifest.py calls of the functions a manifest may have, as (name, argument); options do not matter."""
        calls = []
        names = {name: lambda argument, name=name, **_: calls.append((name, argument)) for name in functions}
        with open(f"{self.module}/manifest.py", encoding="utf-8") as f:
            exec(f.read(), names)
        return calls

    def test_it_names_the_module_where_manifests_can(self):
        self.assertEqual(self.called("freeze", "c_module"), [("freeze", "py"), ("c_module", ".")])

    def test_it_freezes_where_manifests_know_no_modules(self):
        self.assertEqual(self.called("freeze"), [("freeze", "py")])

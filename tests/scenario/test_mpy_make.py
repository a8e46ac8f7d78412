"""tools/mpy-make.sh: what it does where MicroPython's own makefiles would leave something outdated.

MicroPython keeps frozen_content.c while no frozen file is newer. It defines the names (qstrs) that the C code lacks, so
a name that the code has from now on would be defined twice.
"""

import os

from session import TOP, FolderTest

MPY = os.environ["MPY"]


class MpyMake(FolderTest):
    def setUp(self):
        super().setUp()
        self.write("port/Makefile", "all:\n\ttouch $(BUILD)/program\n")
        self.build()

    def build(self, *settings):
        command = [f"{TOP}/tools/mpy-make.sh", MPY, self.path("port"), "program", "build", "program", *settings]
        status, stdout, stderr = self.run_program(command=command)
        self.assertEqual(status, 0, stdout + stderr)


class Frozen(MpyMake):
    def setUp(self):
        super().setUp()
        self.write("build/frozen_content.c", "")
        self.frozen = self.path("build/frozen_content.c")

    def test_newer_code_has_it_made_anew(self):
        os.utime(self.frozen, (0, 0))
        self.build()
        self.assertFalse(os.path.exists(self.frozen))

    def test_it_is_kept_where_no_code_is_newer(self):
        self.build()
        self.assertTrue(os.path.exists(self.frozen))


class Settings(MpyMake):
    def test_an_added_setting_starts_the_build_anew(self):
        self.write("build/object.o", "")
        self.build("CFLAGS_EXTRA=-DASVC_SUPERVISION=0")
        self.assertFalse(os.path.exists(self.path("build/object.o")))

    def test_a_setting_that_is_gone_starts_the_build_anew(self):
        self.build("CFLAGS_EXTRA=-DASVC_SUPERVISION=0")
        self.write("build/object.o", "")
        self.build()
        self.assertFalse(os.path.exists(self.path("build/object.o")))

    def test_the_same_settings_keep_what_is_built(self):
        self.build("CFLAGS_EXTRA=-DASVC_SUPERVISION=0")
        self.write("build/object.o", "")
        self.build("CFLAGS_EXTRA=-DASVC_SUPERVISION=0")
        self.assertTrue(os.path.exists(self.path("build/object.o")))

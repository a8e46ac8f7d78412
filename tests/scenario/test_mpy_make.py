"""tools/mpy-make.sh: what it does where MicroPython's own makefiles would leave something outdated.

MicroPython keeps frozen_content.c while no frozen file is newer. It defines the names (qstrs) that the C code lacks, so
a name that the code has from now on would be defined twice.
"""

import os

from session import TOP, FolderTest

MPY = os.environ["MPY"]


class Frozen(FolderTest):
    def setUp(self):
        super().setUp()
        self.write("port/Makefile", "all:\n\ttouch $(BUILD)/program\n")
        self.build()
        self.write("build/frozen_content.c", "")
        self.frozen = self.path("build/frozen_content.c")

    def build(self):
        command = [f"{TOP}/tools/mpy-make.sh", MPY, self.path("port"), "program", "build", "program"]
        status, stdout, stderr = self.run_program(command=command)
        self.assertEqual(status, 0, stdout + stderr)

    def test_newer_code_has_it_made_anew(self):
        os.utime(self.frozen, (0, 0))
        self.build()
        self.assertFalse(os.path.exists(self.frozen))

    def test_it_is_kept_where_no_code_is_newer(self):
        self.build()
        self.assertTrue(os.path.exists(self.frozen))

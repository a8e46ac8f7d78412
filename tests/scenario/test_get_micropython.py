"""tools/get-micropython.sh: which of the sources that a suite of Debian has is taken, and what is said if there is none.

The archive is a small one made here: apt-get and apt-cache are scripts that tell of it. The real one is asked by
each first `make`.
"""

import os
import stat
import unittest

from session import TOP, FolderTest

SCRIPT = f"{TOP}/tools/get-micropython.sh"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
INSTEAD = "Instead, name a checkout or an unpacked release:  make MPY_DIR=/path/to/micropython\n"

APT_GET = """#!/bin/sh
for last; do :; done
case " $* " in
*" --print-uris "*) echo "'http://mirror.test/debian/dists/stable/InRelease' x 0" ;;
*" source "*) mkdir "${last%%=*}-1"; echo "${last#*=}" >"${last%%=*}-1/unpacked" ;;
esac
"""


@unittest.skipUnless(os.path.exists(KEYRING), "no debian-archive-keyring")
class GetMicropython(FolderTest):
    def setUp(self):
        super().setUp()
        self.write_script("apt-get", APT_GET)
        self.write_script("dpkg-source", "#!/bin/sh\n")

    def write_script(self, name, text):
        self.write(f"bin/{name}", text)
        os.chmod(self.path(f"bin/{name}"), stat.S_IRWXU)

    def get(self, version, archive_has):
        """Gets a version from a suite that has these; answers exit status and what is said of an error."""
        lines = "".join(f"echo 'Version: {each}'\n" for each in archive_has)
        self.write_script("apt-cache", f"#!/bin/sh\n{lines}")
        command = ["env", f"PATH={self.path('bin')}:{os.environ['PATH']}", SCRIPT, version, self.path("source")]
        status, _, stderr = self.run_program(command=command)
        return status, stderr

    def test_the_newest_of_the_version_is_taken(self):
        archive_has = ["1.26.1+ds-2", "1.26.1+ds-10", "1.26.0+ds-11", "1.27.0+ds-1", "1.260.0-1"]
        self.assertEqual(self.get("1.26", archive_has), (0, ""))
        self.assertEqual(self.read("source/unpacked"), "1.26.1+ds-10\n")
        self.assertEqual(self.read("source/.version"), "1.26.1+ds-10\n")

    def test_a_suite_that_has_moved_on_is_named_with_what_it_has(self):
        status, said = self.get("1.26", ["1.28.0+ds-1"])
        self.assertEqual(status, 1)
        self.assertEqual(
            said,
            "Cannot get MicroPython 1.26: Debian forky has 1.28.0+ds-1 instead.\n"
            "If another suite has it (rmadison micropython), name that one in the table of tools/get-micropython.sh.\n"
            + INSTEAD,
        )
        self.assertFalse(os.path.exists(self.path("source")))

    def test_a_suite_without_micropython(self):
        said = "Cannot get MicroPython 1.26: Debian forky has no source package micropython at http://mirror.test/debian.\n"
        self.assertEqual(self.get("1.26", []), (1, said + INSTEAD))

    def test_a_version_that_is_not_in_the_table(self):
        status, said = self.get("1.2", ["1.2.0+ds-1"])
        self.assertEqual(status, 1)
        self.assertRegex(said, r"^Cannot get MicroPython 1\.2: the versions with a known suite of Debian are 1\.[\d. ]+\.\n")


if __name__ == "__main__":
    unittest.main()

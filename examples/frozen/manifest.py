# What goes into the firmware, beside what the project itself needs. Paths are relative to this file.
include("../../aioservice/manifest.py")
package("aioservices")

// The version of aioservice: here and in CHANGELOG.md.
#ifndef ASVC_CORE_VERSION_H
#define ASVC_CORE_VERSION_H

#define ASVC_VERSION "0.1.0"

#endif

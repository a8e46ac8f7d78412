# Adds aioservice to a MicroPython build by CMake (esp32, rp2):
# USER_C_MODULES=<path>/aioservice/micropython.cmake

# Whoever names it there and has manifest.py name it, too, gets it once.
if(TARGET usermod_aioservice)
    return()
endif()

add_library(usermod_aioservice INTERFACE)

# CONFIGURE_DEPENDS: a build directory that is there already takes in the files of a newer aioservice.
file(GLOB AIOSERVICE_SOURCES CONFIGURE_DEPENDS
    ${CMAKE_CURRENT_LIST_DIR}/core/*.c
    ${CMAKE_CURRENT_LIST_DIR}/manager/*.c
    ${CMAKE_CURRENT_LIST_DIR}/bind/*/*.c
)
target_sources(usermod_aioservice INTERFACE ${AIOSERVICE_SOURCES})

# Headers are written "core/series.h", "bind/base/state.h".
target_include_directories(usermod_aioservice INTERFACE ${CMAKE_CURRENT_LIST_DIR})

target_link_libraries(usermod INTERFACE usermod_aioservice)

# Adds aioservice to a MicroPython build by CMake (esp32, rp2):
# -DUSER_C_MODULES=<path>/aioservice/micropython.cmake

add_library(usermod_aioservice INTERFACE)

file(GLOB AIOSERVICE_SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/core/*.c
    ${CMAKE_CURRENT_LIST_DIR}/bind/*.c
)
target_sources(usermod_aioservice INTERFACE ${AIOSERVICE_SOURCES})

# Headers are written "core/heap.h", "bind/state.h".
target_include_directories(usermod_aioservice INTERFACE ${CMAKE_CURRENT_LIST_DIR})

target_link_libraries(usermod INTERFACE usermod_aioservice)

// A fuzzer's way into the manager: any bytes are a tape of events. `make fuzz` builds it with clang's libFuzzer, which
// looks for tapes that come to new places. Without that (`make test-sim`) random bytes keep it from rotting.
//
// With files as arguments it plays each, and says what happens: what the fuzzer has found, `build/sim/asan/fuzz FILE`.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tape.h"

static world_t the_world;
static tape_t the_tape;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const int64_t now_ms = 0x7FFFFFFF - 20000; // the clock's low 32 bits soon change their sign
    tape_read(&the_tape, data, size);
    tape_play(&the_world, &the_tape, now_ms, false, NULL);
    if (the_world.broken[0] != '\0') {
        tape_shrink(&the_tape, now_ms);
        tape_play(&the_world, &the_tape, now_ms, false, stderr);
        abort();
    }
    return 0;
}

#ifndef ASVC_FUZZER

#include <cmocka.h>

#include "property.h"

enum { MOST_BYTES = 4 * TAPE_MOST + 40 };

static uint8_t bytes[MOST_BYTES];

static size_t read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    size_t len = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    return len;
}

static void any_bytes_are_a_tape_that_keeps_all_promises(void **state) {
    (void)state;
    property_random_t random = { property_seed() };
    for (int n = 0; n < 300; n++) {
        size_t len = property_below(&random, MOST_BYTES);
        for (size_t i = 0; i < len; i++) {
            bytes[i] = (uint8_t)property_next(&random);
        }
        LLVMFuzzerTestOneInput(bytes, len);
    }
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_bytes_are_a_tape_that_keeps_all_promises),
    };
    for (int i = 1; i < argc; i++) {
        tape_read(&the_tape, bytes, read_file(argv[i]));
        tape_play(&the_world, &the_tape, 0x7FFFFFFF - 20000, false, stdout);
    }
    return argc > 1 ? 0 : cmocka_run_group_tests(tests, NULL, NULL);
}

#endif

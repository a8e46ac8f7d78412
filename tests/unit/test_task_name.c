// How tasks of services are named: told by example.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/task_name.h"

static asvc_name_kind_t kind(const char *text, const char *name) {
    return asvc_task_name_kind(text, strlen(text), name, strlen(name));
}

static void a_service_knows_its_main_task_and_further_instances(void **state) {
    (void)state;
    assert_int_equal(kind("hello.service", "hello"), ASVC_NAME_MAIN);
    assert_int_equal(kind("hello.service@1", "hello"), ASVC_NAME_MAIN);
    assert_int_equal(kind("a.service.service", "a.service"), ASVC_NAME_MAIN);
}

static void a_service_knows_its_children(void **state) {
    (void)state;
    assert_int_equal(kind("hello.service.blink", "hello"), ASVC_NAME_CHILD);
    assert_int_equal(kind("hello.service.blink@1", "hello"), ASVC_NAME_CHILD);
}

static void what_only_begins_alike_is_another_service_s(void **state) {
    (void)state;
    assert_int_equal(kind("hello.service2", "hello"), ASVC_NAME_FOREIGN);
    assert_int_equal(kind("hello2.service", "hello"), ASVC_NAME_FOREIGN);
    assert_int_equal(kind("hell.service", "hello"), ASVC_NAME_FOREIGN);
    assert_int_equal(kind("hello.servic", "hello"), ASVC_NAME_FOREIGN);
    assert_int_equal(kind("hello", "hello"), ASVC_NAME_FOREIGN);
    assert_int_equal(kind("", "hello"), ASVC_NAME_FOREIGN);
}

static size_t stem(const char *text) {
    return asvc_task_name_stem(text, strlen(text));
}

static void the_stem_of_a_main_task_is_its_service(void **state) {
    (void)state;
    assert_int_equal(stem("hello.service"), 5);
    assert_int_equal(stem("hello.service@12"), 5);
    assert_int_equal(stem("a.service.service"), 9);
    assert_int_equal(stem("repl"), 4);
    assert_int_equal(stem(""), 0);
}

static void assert_copy(const char *text, uint32_t k, size_t expected_stem) {
    size_t found = 99;
    assert_int_equal(asvc_task_name_copy(text, strlen(text), &found), k);
    assert_int_equal(found, expected_stem);
}

static void the_number_of_a_further_task_is_read(void **state) {
    (void)state;
    assert_copy("blink@1", 1, 5);
    assert_copy("a@b@20", 20, 3);
    assert_copy("x@4294967295", UINT32_MAX, 1);
}

static void a_name_without_such_a_number_has_none(void **state) {
    (void)state;
    assert_copy("blink", 0, 99);
    assert_copy("blink@", 0, 99);
    assert_copy("blink@0", 0, 99);
    assert_copy("blink@x1", 0, 99);
    assert_copy("blink@1x", 0, 99);
    assert_copy("42", 0, 99);
    assert_copy("x@4294967296", 0, 99);
    assert_copy("", 0, 99);
}

static size_t plain(const char *text) {
    return asvc_service_name_plain(text, strlen(text));
}

static void service_at_the_end_of_a_service_s_name_is_left_out(void **state) {
    (void)state;
    assert_int_equal(plain("hello.service"), 5);
    assert_int_equal(plain("hello"), 5);
    assert_int_equal(plain("hello.service.x"), 15);
    assert_int_equal(plain(".service"), 8);
    assert_int_equal(plain(""), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_service_knows_its_main_task_and_further_instances),
        cmocka_unit_test(a_service_knows_its_children),
        cmocka_unit_test(what_only_begins_alike_is_another_service_s),
        cmocka_unit_test(the_stem_of_a_main_task_is_its_service),
        cmocka_unit_test(the_number_of_a_further_task_is_read),
        cmocka_unit_test(a_name_without_such_a_number_has_none),
        cmocka_unit_test(service_at_the_end_of_a_service_s_name_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

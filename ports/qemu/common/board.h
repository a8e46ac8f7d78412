// What an emulated board offers, and what each part of it asks of the others.
//
// main (board_main.c) -> the machine (board_cortex_m3.c or board_rv32.c) and the host (board_host.c).
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The machine

// Starts the clock. To be called once, before anything that tells time or waits.
void board_init(void);

// Microseconds since board_init(). Never goes back.
uint64_t board_now_us(void);

// Sleeps until something happened or `at_most_ms` milliseconds passed, whichever is first; may return at
// once. The caller looks again whether what it waits for is there.
void board_wait(uint32_t at_most_ms);

// Whether a character came in at the serial line.
bool board_char_waiting(void);

// Asks the host for the semihosting operation `number`; `arguments` are as the operation asks for.
intptr_t board_host_call(uintptr_t number, void *arguments);

// The host, by semihosting

// Copies the host's command line into `line`, with a NUL. Empty where none was given, and where it does not
// fit into `size` bytes.
void board_host_command_line(char *line, size_t size);

// Ends the emulation with the exit status 0 to 255.
__attribute__((noreturn)) void board_host_exit(int status);

#endif

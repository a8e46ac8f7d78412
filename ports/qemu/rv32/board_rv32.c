// qemu's RISC-V board "virt": the clock is the CLINT's mtime, at 10 MHz.
#include "common/board.h"

#define CLOCKS_PER_US 10
#define CLOCKS_PER_MS (CLOCKS_PER_US * 1000)

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define MTIMECMP_LOW REGISTER(0x02004000)
#define MTIMECMP_HIGH REGISTER(0x02004004)
#define MTIME_LOW REGISTER(0x0200BFF8)
#define MTIME_HIGH REGISTER(0x0200BFFC)
#define UART0_LSR (*(volatile uint8_t *)0x10000005)

#define MSTATUS_MIE 8
#define MIE_MTIE 0x80
#define UART_LSR_DR 1

static uint64_t first_clock;

static uint64_t clocks(void) {
    uint32_t high, low;
    do {
        high = MTIME_HIGH;
        low = MTIME_LOW;
    } while (high != MTIME_HIGH);
    return (uint64_t)high << 32 | low;
}

// No interrupt is ever taken: one that is enabled by itself but not as a whole ends a wfi, and that is all
// they are for.
void board_init(void) {
    __asm volatile("csrc mstatus, %0" : : "r"(MSTATUS_MIE));
    __asm volatile("csrs mie, %0" : : "r"(MIE_MTIE));
    first_clock = clocks();
}

uint64_t board_now_us(void) {
    return (clocks() - first_clock) / CLOCKS_PER_US;
}

// A character that comes in does not end the wait, so it is a short one.
void board_wait(uint32_t at_most_ms) {
    if (at_most_ms > 0) {
        uint64_t end = clocks() + CLOCKS_PER_MS;
        MTIMECMP_HIGH = UINT32_MAX; // so that no half-written value is due
        MTIMECMP_LOW = (uint32_t)end;
        MTIMECMP_HIGH = (uint32_t)(end >> 32);
        __asm volatile("wfi");
    }
}

bool board_char_waiting(void) {
    return UART0_LSR & UART_LSR_DR;
}

// The three instructions that make the call must be uncompressed and in one page.
intptr_t board_host_call(uintptr_t number, void *arguments) {
    register uintptr_t a0 __asm__("a0") = number;
    register void *a1 __asm__("a1") = arguments;
    __asm volatile(".option push\n"
                   ".option norvc\n"
                   ".balign 16\n"
                   "slli zero, zero, 0x1f\n"
                   "ebreak\n"
                   "srai zero, zero, 7\n"
                   ".option pop"
                   : "+r"(a0)
                   : "r"(a1)
                   : "memory");
    return (intptr_t)a0;
}

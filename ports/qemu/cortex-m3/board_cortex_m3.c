// mps2-an385: the clock is SysTick, at 25 MHz with an interrupt each millisecond.
#include "common/board.h"

#include "py/mphal.h"
#include "py/runtime.h"

#define CLOCKS_PER_US 25
#define CLOCKS_PER_MS (CLOCKS_PER_US * 1000)

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define SYST_CSR REGISTER(0xE000E010)
#define SYST_RVR REGISTER(0xE000E014)
#define SYST_CVR REGISTER(0xE000E018)
#define SCB_ICSR REGISTER(0xE000ED04)
#define SCB_CCR REGISTER(0xE000ED14)
#define UART0_STATE REGISTER(0x40004004)

#define SYST_CSR_PROCESSOR_CLOCK_INTERRUPT_ENABLE 7
#define SCB_ICSR_PENDSTSET (1u << 26)
#define SCB_CCR_UNALIGN_TRP (1u << 3)
#define UART_STATE_RXFULL (1u << 1)

static volatile uint32_t milliseconds;

void board_init(void) {
#if BOARD_STRICT
    SCB_CCR |= SCB_CCR_UNALIGN_TRP;
#endif
    SYST_RVR = CLOCKS_PER_MS - 1;
    SYST_CVR = 0;
    SYST_CSR = SYST_CSR_PROCESSOR_CLOCK_INTERRUPT_ENABLE;
}

// Linked with --wrap=SysTick_Handler, so that it stands in the port's table of interrupts.
void __wrap_SysTick_Handler(void);
void __wrap_SysTick_Handler(void) {
    milliseconds++;
}

uint64_t board_now_us(void) {
    uint32_t before, clocks;
    // The counter may start anew before its interrupt has counted that: then both are read again.
    do {
        before = milliseconds;
        clocks = SYST_CVR;
    } while (before != milliseconds || (SCB_ICSR & SCB_ICSR_PENDSTSET));
    return (uint64_t)before * 1000 + (CLOCKS_PER_MS - 1 - clocks) / CLOCKS_PER_US;
}

void board_wait(uint32_t at_most_ms) {
    if (at_most_ms > 0) {
        __asm volatile("wfi"); // SysTick ends it within a millisecond
    }
}

bool board_char_waiting(void) {
    return UART0_STATE & UART_STATE_RXFULL;
}

intptr_t board_host_call(uintptr_t number, void *arguments) {
    register uintptr_t r0 __asm__("r0") = number;
    register void *r1 __asm__("r1") = arguments;
    __asm volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return (intptr_t)r0;
}

// A fault ends the run: the port's own handler would loop for ever.

// What the processor put on the stack.
typedef struct {
    uint32_t r0, r1, r2, r3, r12, lr, pc, psr;
} fault_frame_t;

void board_fault(const fault_frame_t *frame);
void board_fault(const fault_frame_t *frame) {
    mp_printf(&mp_plat_print, "\nHardFault: pc=%08x lr=%08x\n", (unsigned)frame->pc, (unsigned)frame->lr);
    board_host_exit(255);
}

void __wrap_HardFault_Handler(void);
__attribute__((naked)) void __wrap_HardFault_Handler(void) {
    __asm volatile("mov r0, sp\n"
                   "b board_fault");
}

// Keeping what only C knows from being collected.
//
// MicroPython's collector looks for pointers on the C stack and in registers, but counts only those
// to the start of a block. A compiler is free to keep, in a loop over an array or a dict, just a pointer
// into it: then the block is taken away as soon as the loop allocates.
#ifndef ASVC_BASE_KEEP_H
#define ASVC_BASE_KEEP_H

// To be put behind such a loop: object or array, the pointer to the start, stays alive up to here. Makes
// no code.
#define ASVC_KEEP(object) __asm__ volatile("" ::"g"(object) : "memory")

#endif

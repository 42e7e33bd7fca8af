/*
 * Makes an allocation of core or of a test fail on purpose. All programs here are linked with --wrap, so that every
 * malloc, calloc and realloc of our own objects comes through allocation.c; those inside libraries do not.
 */
#ifndef VST_TESTS_ALLOCATION_H
#define VST_TESTS_ALLOCATION_H

/* The n-th allocation from now on fails, counted from 1, and all after it succeed; 0: none fails. */
void fail_allocation(unsigned long nth);
/* Allocations since the last fail_allocation(). */
unsigned long allocation_count(void);

#endif

/* What Glibc has and Swift's Glibc module does not show. */
#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <stddef.h>
#include <stdint.h>

/* The first place of `needle` in `haystack`, or -1. */
ptrdiff_t cs_find(const uint8_t *haystack, size_t haystack_count, const uint8_t *needle, size_t needle_count);

#endif

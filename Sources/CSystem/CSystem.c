#define _GNU_SOURCE
#include "CSystem.h"

#include <string.h>

ptrdiff_t cs_find(const uint8_t *haystack, size_t haystack_count, const uint8_t *needle, size_t needle_count) {
    const uint8_t *place = memmem(haystack, haystack_count, needle, needle_count);
    return place == NULL ? -1 : place - haystack;
}

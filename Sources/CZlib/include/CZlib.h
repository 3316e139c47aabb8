/* Raw inflate (RFC 1951) of a whole buffer. */
#ifndef CZLIB_H
#define CZLIB_H

#include <stddef.h>
#include <stdint.h>

/* How many bytes were written to `output`, or -1: not a deflate stream, or more than `output_count` bytes. */
ptrdiff_t cz_inflate(const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count);

/* CRC-32 as zip has it. */
uint32_t cz_crc32(const uint8_t *bytes, size_t count);

#endif

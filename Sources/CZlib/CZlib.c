#include "CZlib.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

ptrdiff_t cz_inflate(const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count) {
    if (input_count > UINT_MAX || output_count > UINT_MAX) return -1;
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return -1;
    uint8_t nothing;
    stream.next_in = (Bytef *)input;
    stream.avail_in = (uInt)input_count;
    stream.next_out = output_count > 0 ? output : &nothing;
    stream.avail_out = (uInt)output_count;
    int result = inflate(&stream, Z_FINISH);
    ptrdiff_t count = result == Z_STREAM_END ? (ptrdiff_t)stream.total_out : -1;
    inflateEnd(&stream);
    return count;
}

uint32_t cz_crc32(const uint8_t *bytes, size_t count) {
    return (uint32_t)crc32_z(crc32(0, NULL, 0), bytes, count);
}

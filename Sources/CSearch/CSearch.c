#define _GNU_SOURCE
#include "CSearch.h"

#include <ctype.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

ptrdiff_t cs_find(const uint8_t *haystack, size_t haystack_count, const uint8_t *needle, size_t needle_count) {
    const uint8_t *place = memmem(haystack, haystack_count, needle, needle_count);
    return place == NULL ? -1 : place - haystack;
}

static uint8_t lower(uint8_t byte) {
    return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

static uint8_t upper(uint8_t byte) {
    return byte >= 'a' && byte <= 'z' ? byte & ~0x20 : byte;
}

static int is_same(const uint8_t *text, const uint8_t *needle, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (lower(text[i]) != needle[i]) return 0;
    return 1;
}

/* Looks at the first and the last byte of the needle at 16 places at once, and compares the rest where both fit. */
ptrdiff_t cs_find_folded(const uint8_t *haystack, size_t haystack_count, const uint8_t *needle, size_t needle_count) {
    size_t i = 0;
    if (needle_count == 0) return 0;
    if (needle_count > haystack_count) return -1;
#if defined(__SSE2__)
    const __m128i first_low = _mm_set1_epi8((char)needle[0]);
    const __m128i first_high = _mm_set1_epi8((char)upper(needle[0]));
    const __m128i last_low = _mm_set1_epi8((char)needle[needle_count - 1]);
    const __m128i last_high = _mm_set1_epi8((char)upper(needle[needle_count - 1]));
    for (; i + needle_count - 1 + 16 <= haystack_count; i += 16) {
        const __m128i first = _mm_loadu_si128((const __m128i *)(haystack + i));
        const __m128i last = _mm_loadu_si128((const __m128i *)(haystack + i + needle_count - 1));
        const __m128i fits = _mm_and_si128(
            _mm_or_si128(_mm_cmpeq_epi8(first, first_low), _mm_cmpeq_epi8(first, first_high)),
            _mm_or_si128(_mm_cmpeq_epi8(last, last_low), _mm_cmpeq_epi8(last, last_high)));
        unsigned mask = (unsigned)_mm_movemask_epi8(fits);
        while (mask != 0) {
            const size_t place = i + (size_t)__builtin_ctz(mask);
            if (is_same(haystack + place, needle, needle_count)) return (ptrdiff_t)place;
            mask &= mask - 1;
        }
    }
#endif
    for (; i + needle_count <= haystack_count; i++)
        if (is_same(haystack + i, needle, needle_count)) return (ptrdiff_t)i;
    return -1;
}

static const struct {
    const char *name;
    uint8_t count;
    uint8_t level;
} levels[] = {
    {"ERROR", 5, 5}, {"INFO", 4, 3},  {"WARN", 4, 4},     {"WARNING", 7, 4}, {"DEBUG", 5, 2},
    {"TRACE", 5, 1}, {"FATAL", 5, 6}, {"CRITICAL", 8, 6}, {"ERR", 3, 5},     {"NOTICE", 6, 3},
};

static uint8_t level_named(const uint8_t *word, size_t count, int any_case) {
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        size_t same = 0;
        if (levels[i].count != count) continue;
        while (same < count && (any_case ? upper(word[same]) : word[same]) == (uint8_t)levels[i].name[same]) same++;
        if (same == count) return levels[i].level;
    }
    return 0;
}

static int is_letter(uint8_t byte) {
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static int contains(const uint8_t *line, size_t count, const char *text) {
    return memmem(line, count, text, strlen(text)) != NULL;
}

/* Levels as bunyan and pino number them: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
static uint8_t level_numbered(const uint8_t *digits, size_t count) {
    unsigned number = 0;
    for (size_t i = 0; i < count && i < 4 && digits[i] >= '0' && digits[i] <= '9'; i++)
        number = number * 10 + (unsigned)(digits[i] - '0');
    if (number < 10 || number > 99) return 0;
    return number >= 60 ? 6 : (uint8_t)(number / 10);
}

/* Whether the line is Lambda's JSON report of an invocation that failed. */
static int is_failed_report(const uint8_t *line, size_t count) {
    static const char key[] = "\"status\"";
    static const char *const bad[] = {"\"timeout\"", "\"error\"", "\"failure\""};
    if (!contains(line, count, "\"platform.report\"")) return 0;
    const uint8_t *place = memmem(line, count, key, sizeof key - 1);
    if (place == NULL) return 0;
    size_t i = (size_t)(place - line) + sizeof key - 1;
    while (i < count && (line[i] == ' ' || line[i] == ':')) i++;
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        const size_t length = strlen(bad[k]);
        if (count - i >= length && memcmp(line + i, bad[k], length) == 0) return 1;
    }
    return 0;
}

/* The value of "level", "severity" or "levelname" in the beginning of a JSON line. */
static uint8_t level_in_json(const uint8_t *line, size_t count) {
    static const char *const keys[] = {"\"level\"", "\"severity\"", "\"levelname\"", "\"log.level\""};
    const size_t most = count < 1024 ? count : 1024;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        const size_t key_count = strlen(keys[k]);
        const uint8_t *place = memmem(line, most, keys[k], key_count);
        if (place == NULL) continue;
        size_t i = (size_t)(place - line) + key_count;
        while (i < count && (line[i] == ' ' || line[i] == ':' || line[i] == '"')) i++;
        const size_t start = i;
        if (i < count && line[i] >= '0' && line[i] <= '9') return level_numbered(line + i, count - i);
        while (i < count && is_letter(line[i])) i++;
        return level_named(line + start, i - start, 1);
    }
    return is_failed_report(line, most) ? 5 : 0;
}

uint8_t cs_log_level(const uint8_t *line, size_t count) {
    size_t i = 0;
    if (count == 0) return 0;
    if (line[0] == '{') return level_in_json(line, count);
    if (count > 17 && memcmp(line, "REPORT RequestId:", 17) == 0) {
        const size_t most = count < 600 ? count : 600;
        return contains(line, most, "\tStatus: timeout") || contains(line, most, "\tStatus: error") ? 5 : 0;
    }
    /* The level stands near the beginning, behind at most a time and an id. */
    const size_t most = count < 96 ? count : 96;
    while (i < most) {
        if (!is_letter(line[i])) {
            i++;
            continue;
        }
        const size_t start = i;
        while (i < count && is_letter(line[i])) i++;
        uint8_t level = level_named(line + start, i - start, 0);
        if (level != 0) return level;
        if (i < count && line[i] == '=' && i - start == 5 && is_same(line + start, (const uint8_t *)"level", 5)) {
            const size_t value = ++i;
            while (i < count && is_letter(line[i])) i++;
            return level_named(line + value, i - value, 1);
        }
    }
    return contains(line, most, "Task timed out after ") ? 5 : 0;
}

struct cs_regex {
    regex_t compiled;
};

cs_regex *cs_regex_make(const char *source, int ignores_case, char *problem, size_t problem_count) {
    cs_regex *regex = malloc(sizeof *regex);
    if (regex == NULL) return NULL;
    const int failure = regcomp(&regex->compiled, source, REG_EXTENDED | (ignores_case ? REG_ICASE : 0));
    if (failure == 0) return regex;
    regerror(failure, &regex->compiled, problem, problem_count);
    free(regex);
    return NULL;
}

void cs_regex_free(cs_regex *regex) {
    if (regex == NULL) return;
    regfree(&regex->compiled);
    free(regex);
}

int cs_regex_match(const cs_regex *regex, const uint8_t *line, size_t count, size_t *start, size_t *end) {
    regmatch_t place = {.rm_so = 0, .rm_eo = (regoff_t)count};
    if (count > 0x7fffffff) return 0;
    if (regexec(&regex->compiled, (const char *)line, 1, &place, REG_STARTEND) != 0) return 0;
    *start = (size_t)place.rm_so;
    *end = (size_t)place.rm_eo;
    return 1;
}

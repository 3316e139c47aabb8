/* What Glibc has and Swift's Glibc module does not show, and the inner loops of searching a log. */
#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <stddef.h>
#include <stdint.h>

/* The first place of `needle` in `haystack`, or -1. */
ptrdiff_t cs_find(const uint8_t *haystack, size_t haystack_count, const uint8_t *needle, size_t needle_count);

/* The same without regard to the case of ASCII letters; `needle` is in lower case. */
ptrdiff_t cs_find_folded(const uint8_t *haystack, size_t haystack_count, const uint8_t *needle, size_t needle_count);

/* The level that a log line names: 0 none, 1 trace, 2 debug, 3 info, 4 warn, 5 error, 6 fatal. */
uint8_t cs_log_level(const uint8_t *line, size_t count);

/* An extended regular expression (POSIX), compiled. */
typedef struct cs_regex cs_regex;

/* NULL when it is none; then `problem` has the reason. */
cs_regex *cs_regex_make(const char *source, int ignores_case, char *problem, size_t problem_count);
void cs_regex_free(cs_regex *regex);

/* Where the first match in the line begins and ends; 0 when there is none. The line may hold any bytes. */
int cs_regex_match(const cs_regex *regex, const uint8_t *line, size_t count, size_t *start, size_t *end);

#endif

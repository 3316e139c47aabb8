/* Starting processes that do not outlive this one, and looking at them. */
#ifndef CPROCESS_H
#define CPROCESS_H

#include <stdint.h>
#include <sys/types.h>

struct cp_program {
    const char *path;
    char *const *arguments;   /* ends with NULL */
    char *const *environment; /* ends with NULL */
    const char *directory;
    int output;  /* becomes descriptors 1 and 2 */
    int records; /* becomes descriptor 3; -1 for none */
};

/* Starts a program in a process group of its own, with default signals and no other descriptors; it is killed when this
   process ends. Returns its id, or -errno. The calling thread must live as long as the program may. */
pid_t cp_spawn(const struct cp_program *program);

/* A descriptor that becomes readable when the process ends, or -errno. */
int cp_watch(pid_t process);

/* The status as waitpid gives it, and reaps the process; -errno when it is not a child or still runs. */
int cp_reap(pid_t process, int *status);

/* A pipe whose ends close on exec; the first is not blocking. 0 or -errno. */
int cp_pipe(int *read_end, int *write_end);

/* A watch over descriptors (epoll), or -errno. */
int cp_watch_open(void);

/* Announces the descriptor under `token` once, as soon as it has something to read. */
int cp_watch_add(int watch, int descriptor, uint64_t token);

/* Announces it once more. */
int cp_watch_arm(int watch, int descriptor, uint64_t token);

int cp_watch_remove(int watch, int descriptor);

/* Waits until there are announcements and gives the tokens of at most `count` of them. */
int cp_watch_wait(int watch, uint64_t *tokens, int count);

/* Gives back the pages of the program's file that only its start needed; those that are needed again come from the page
   cache. Data stays as it is. */
void cp_release_code(void);

#endif

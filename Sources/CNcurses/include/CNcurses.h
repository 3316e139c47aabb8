/* The terminal through ncurses. No ncurses type crosses into Swift: its globals and macros stay here. */
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t scalar, first_mark, second_mark;
    int32_t pair;
    uint8_t attributes; /* bold 1, dim 2, italic 4, underline 8, reverse 16 */
    uint8_t width;      /* 1, 2, or 0 for the right half of a wide character */
} cnc_cell;

enum { CNC_RESIZED = 1, CNC_ENDED = 2, CNC_STOPPED = 4 };

/* Makes the character set of the environment current; 2 when it is UTF-8, 1 when C.UTF-8 had to be taken, 0 for neither. */
int cnc_locale(void);
/* 1 when there is a description of a terminal of this name. */
int cnc_knows_terminal(const char *name);

/* Finds the terminal: standard input and output, or else /dev/tty. 0, or -1 with errno. */
int cnc_open(int *input, int *output);
/* Takes the terminal over. `wake` gets a byte at each signal. 0, or -1; then nothing has changed. */
int cnc_start(const char *name, int input, int output, int wake);
/* Leaves the terminal as it was found; again does nothing. Safe in a signal handler. */
void cnc_restore(void);
/* Ends ncurses in order, then cnc_restore. */
void cnc_end(void);
/* Stops the program as Ctrl-Z does, and takes the terminal over again when it goes on. */
void cnc_suspend(void);

/* Gives the terminal to a shell command until it ends; its status as wait(2) has it, or -1. */
int cnc_run_outside(const char *command);
/* Gives the calling thread a stack of its own for signals, so that running out of stack is seen. */
void cnc_guard_thread(void);

/* Which of CNC_… happened since the last call. */
int cnc_take_signals(void);
/* The signal that asked the program to end, or 0. */
int cnc_ending_signal(void);
/* Ends the process by this signal, so that its parent sees the right status. */
void cnc_raise(int signal);

void cnc_size(int *columns, int *rows);
void cnc_resize(int columns, int rows);
int cnc_colors(void);
int cnc_pair_limit(void);
void cnc_make_pair(int pair, int foreground, int background);
void cnc_put(int column, int row, const cnc_cell *cells, size_t count);
void cnc_erase(void);
/* Sends what has changed; `is_synchronized` wraps it in mode 2026. A negative column hides the cursor. */
void cnc_flush(int column, int row, int is_synchronized);
/* Writes bytes that ncurses does not know of. */
void cnc_write(const uint8_t *bytes, size_t count);

/* Sends standard error to the end of a file until cnc_restore. 0, or -1 with errno. */
int cnc_redirect_errors(const char *path);

/* Both ends do not block and are closed on exec. */
int cnc_pipe(int ends[2]);
/* Waits for the two descriptors: bit 1 the first, bit 2 the second is ready. */
int cnc_wait(int first, int second, int milliseconds);

#endif

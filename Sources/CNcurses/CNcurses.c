#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

static int input_fd = -1, output_fd = -1, wake_fd = -1;
static SCREEN *screen;
static struct termios saved;
static struct sigaction chained_winch;
static atomic_int is_active, signals, ending, continued;
static atomic_int saved_errors = -1;

static const char leave[] = "\033[?2026l\033[?1002l\033[?1000l\033[?1006l\033[?2004l\033[?1l\033>"
                            "\033[0m\033[?25h\033[?1049l";
static const char leave_modes[] = "\033[?1002l\033[?1000l\033[?1006l\033[?2004l";

static int is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

int cnc_locale(void) {
    if (setlocale(LC_ALL, "") && is_utf8()) return 2;
    if (setlocale(LC_CTYPE, "C.UTF-8") && is_utf8()) return 1;
    setlocale(LC_ALL, "C");
    return 0;
}

int cnc_knows_terminal(const char *name) {
    int status = 0;
    if (setupterm(name, STDOUT_FILENO, &status) != OK) return 0;
    del_curterm(cur_term);
    return 1;
}

int cnc_open(int *input, int *output) {
    *input = isatty(STDIN_FILENO) ? STDIN_FILENO : open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (*input < 0) return -1;
    *output = isatty(STDOUT_FILENO) ? STDOUT_FILENO : open("/dev/tty", O_RDWR | O_CLOEXEC);
    return *output < 0 ? -1 : 0;
}

static void write_all(const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(output_fd, bytes, count);
        if (written > 0) {
            bytes += written;
            count -= (size_t)written;
            continue;
        }
        if (written < 0 && errno == EINTR) continue;
        struct pollfd full = {.fd = output_fd, .events = POLLOUT};
        if (written < 0 && errno == EAGAIN && poll(&full, 1, 200) > 0) continue;
        return;
    }
}

void cnc_restore(void) {
    int previous = errno;
    if (atomic_exchange(&is_active, 0)) {
        write_all(leave, sizeof leave - 1);
        tcsetattr(input_fd, TCSANOW, &saved);
    }
    int errors = atomic_exchange(&saved_errors, -1);
    if (errors >= 0) {
        dup2(errors, STDERR_FILENO);
        close(errors);
    }
    errno = previous;
}

static void wake(int what) {
    atomic_fetch_or(&signals, what);
    char byte = 's';
    ssize_t ignored = write(wake_fd, &byte, 1);
    (void)ignored;
}

void cnc_raise(int number) {
    cnc_restore();
    signal(number, SIG_DFL);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    raise(number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static void on_crash(int number) { cnc_raise(number); }

/* The first request to end is passed on, with two seconds to obey; the second one, or SIGALRM, ends at once. */
static void on_end(int number) {
    int previous = errno, none = 0;
    if (number == SIGALRM) {
        int asked = atomic_load(&ending);
        cnc_raise(asked ? asked : SIGTERM);
    } else if (atomic_compare_exchange_strong(&ending, &none, number)) {
        wake(CNC_ENDED);
        alarm(2);
    } else {
        cnc_raise(number);
    }
    errno = previous;
}

static void on_winch(int number) {
    int previous = errno;
    if (!(chained_winch.sa_flags & SA_SIGINFO) && chained_winch.sa_handler != SIG_DFL &&
        chained_winch.sa_handler != SIG_IGN)
        chained_winch.sa_handler(number);
    wake(CNC_RESIZED);
    errno = previous;
}

static void on_stop(int number) {
    (void)number;
    int previous = errno;
    wake(CNC_STOPPED);
    errno = previous;
}

static void on_continue(int number) {
    (void)number;
    atomic_store(&continued, 1);
}

static void handle(int number, void (*handler)(int), int flags, struct sigaction *old) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, old);
}

static void handle_signals(void) {
    static const int crashes[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE};
    static const int ends[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGALRM};
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) handle(crashes[i], on_crash, SA_NODEFER, NULL);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) handle(ends[i], on_end, SA_RESTART, NULL);
    handle(SIGWINCH, on_winch, SA_RESTART, &chained_winch);
    handle(SIGTSTP, on_stop, SA_RESTART, NULL);
    handle(SIGCONT, on_continue, SA_RESTART, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTTOU, SIG_IGN);
}

void cnc_guard_thread(void) {
    stack_t stack = {.ss_size = 64 * 1024};
    stack.ss_sp = mmap(NULL, stack.ss_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (stack.ss_sp != MAP_FAILED) sigaltstack(&stack, NULL);
}

/* A change of size that came before anybody listened. */
static void catch_up_with_size(void) {
    int width, height;
    cnc_size(&width, &height);
    if (width != getmaxx(stdscr) || height != getmaxy(stdscr)) resizeterm(height, width);
}

int cnc_start(const char *name, int input, int output, int wake) {
    if (tcgetattr(input, &saved) != 0) return -1;
    input_fd = input;
    output_fd = output;
    wake_fd = wake;
    FILE *in = fdopen(dup(input), "r"), *out = fdopen(dup(output), "w");
    if (!in || !out) return -1;
    screen = newterm(name, out, in);
    if (!screen) return -1;
    atomic_store(&is_active, 1);
    handle_signals();
    catch_up_with_size();
    raw();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    typeahead(-1);
    keypad(stdscr, TRUE);
    leaveok(stdscr, FALSE);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    return 0;
}

void cnc_end(void) {
    if (screen && atomic_load(&is_active)) {
        write_all(leave_modes, sizeof leave_modes - 1);
        curs_set(1);
        endwin();
    }
    cnc_restore();
}

void cnc_suspend(void) {
    struct termios mine;
    if (!atomic_load(&is_active)) return;
    tcgetattr(input_fd, &mine);
    write_all(leave_modes, sizeof leave_modes - 1);
    endwin();
    tcsetattr(input_fd, TCSANOW, &saved);
    atomic_store(&continued, 0);
    signal(SIGTSTP, SIG_DFL);
    kill(0, SIGTSTP);
    /* Another thread may have taken the signal: wait until the program was stopped and goes on, or was never stopped. */
    for (int i = 0; i < 20 && !atomic_load(&continued); i++) poll(NULL, 0, 10);
    handle(SIGTSTP, on_stop, SA_RESTART, NULL);
    atomic_fetch_and(&signals, ~CNC_STOPPED);
    tcsetattr(input_fd, TCSANOW, &mine);
    clearok(curscr, TRUE);
    refresh();
}

int cnc_run_outside(const char *command) {
    struct termios mine;
    if (!atomic_load(&is_active)) return -1;
    tcgetattr(input_fd, &mine);
    write_all(leave_modes, sizeof leave_modes - 1);
    endwin();
    tcsetattr(input_fd, TCSANOW, &saved);
    const int status = system(command);
    tcsetattr(input_fd, TCSANOW, &mine);
    clearok(curscr, TRUE);
    refresh();
    return status;
}

int cnc_take_signals(void) { return atomic_exchange(&signals, 0); }
int cnc_ending_signal(void) { return atomic_load(&ending); }

void cnc_size(int *width, int *height) {
    struct winsize size;
    if (ioctl(output_fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
        *width = size.ws_col;
        *height = size.ws_row;
        return;
    }
    *width = getmaxx(stdscr);
    *height = getmaxy(stdscr);
}

void cnc_resize(int width, int height) {
    resizeterm(height, width);
    clearok(curscr, TRUE);
}

int cnc_colors(void) { return has_colors() ? COLORS : 0; }
int cnc_pair_limit(void) { return COLOR_PAIRS; }
void cnc_make_pair(int pair, int foreground, int background) { init_extended_pair(pair, foreground, background); }
void cnc_erase(void) { erase(); }

static attr_t attributes_of(uint8_t bits) {
    attr_t result = A_NORMAL;
    if (bits & 1) result |= A_BOLD;
    if (bits & 2) result |= A_DIM;
    if (bits & 4) result |= A_ITALIC;
    if (bits & 8) result |= A_UNDERLINE;
    if (bits & 16) result |= A_REVERSE;
    return result;
}

/* Neighbours mostly look the same: the last look is kept. */
static const cchar_t *look(int32_t pair, uint8_t attributes) {
    static cchar_t kept;
    static int32_t kept_pair = -1;
    static uint8_t kept_attributes;
    if (pair != kept_pair || attributes != kept_attributes) {
        const wchar_t blank[2] = {L' ', 0};
        int number = pair;
        setcchar(&kept, blank, attributes_of(attributes), 0, &number);
        kept_pair = pair;
        kept_attributes = attributes;
    }
    return &kept;
}

static void fill(cchar_t *shown, const cnc_cell *cell) {
    *shown = *look(cell->pair, cell->attributes);
    if (cell->scalar >= 0x20 && cell->scalar <= 0x7e && cell->first_mark == 0) {
        shown->chars[0] = (wchar_t)cell->scalar;
        return;
    }
    wchar_t text[4] = {(wchar_t)cell->scalar, (wchar_t)cell->first_mark, (wchar_t)cell->second_mark, 0};
    if (cell->scalar < 0x20 || (cell->scalar > 0x7e && wcwidth((wchar_t)cell->scalar) != cell->width)) {
        text[0] = is_utf8() ? 0xFFFD : L'?';
        text[1] = 0;
    }
    int pair = cell->pair;
    setcchar(shown, text, attributes_of(cell->attributes), 0, &pair);
}

void cnc_put(int column, int row, const cnc_cell *cells, size_t count) {
    cchar_t line[1024];
    size_t used = 0;
    int start = column;
    for (size_t i = 0; i < count; i++) {
        if (cells[i].width == 0) continue;
        fill(&line[used++], &cells[i]);
        /* What was replaced is narrower than its place. */
        if (cells[i].width == 2 && wcwidth((wchar_t)cells[i].scalar) != 2) {
            cnc_cell blank = {.scalar = ' ', .pair = cells[i].pair, .attributes = cells[i].attributes, .width = 1};
            fill(&line[used++], &blank);
        }
        if (used < 1000 && i + 1 < count) continue;
        mvadd_wchnstr(row, start, line, (int)used);
        used = 0;
        start = column + (int)i + 1;
        if (i + 1 < count && cells[i].width == 2) start++;
    }
    if (used > 0) mvadd_wchnstr(row, start, line, (int)used);
}

void cnc_flush(int column, int row, int is_synchronized) {
    static int is_shown = -1;
    if (is_synchronized) write_all("\033[?2026h", 8);
    int shows = column >= 0;
    if (shows != is_shown) curs_set(shows);
    is_shown = shows;
    move(shows ? row : 0, shows ? column : 0);
    refresh();
    if (is_synchronized) write_all("\033[?2026l", 8);
}

void cnc_write(const uint8_t *bytes, size_t count) {
    if (atomic_load(&is_active)) write_all((const char *)bytes, count);
}

int cnc_redirect_errors(const char *path) {
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return -1;
    int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
    if (kept < 0 || dup2(file, STDERR_FILENO) < 0) {
        close(file);
        return -1;
    }
    close(file);
    atomic_store(&saved_errors, kept);
    return 0;
}

int cnc_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK); }

int cnc_wait(int first, int second, int milliseconds) {
    struct pollfd fds[2] = {{.fd = first, .events = POLLIN}, {.fd = second, .events = POLLIN}};
    if (poll(fds, 2, milliseconds) <= 0) return 0;
    return (fds[0].revents ? 1 : 0) | (fds[1].revents ? 2 : 0);
}

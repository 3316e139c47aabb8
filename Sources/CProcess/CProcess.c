#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

/* What a function may have open on AWS. */
static const rlim_t descriptor_limit = 1024;

static void close_from(int first) {
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
    struct rlimit limit;
    int end = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536 ? (int)limit.rlim_cur : 65536;
    for (int descriptor = first; descriptor < end; descriptor++) close(descriptor);
}

/* Runs in the child, in the parent's memory: system calls only. Returns only when something failed. */
static int become(const struct cp_program *program, pid_t parent) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int signal = 1; signal < NSIG; signal++) sigaction(signal, &standard, NULL);
    if (setpgid(0, 0) != 0) return errno;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return errno;
    if (getppid() != parent) return ESRCH;

    /* Out of the way first, so that no descriptor is overwritten before it was copied. */
    int output = fcntl(program->output, F_DUPFD, 10);
    int records = program->records < 0 ? -1 : fcntl(program->records, F_DUPFD, 10);
    int null = open("/dev/null", O_RDONLY);
    if (output < 0 || (program->records >= 0 && records < 0) || null < 0) return errno;
    if (dup2(null, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0) return errno;
    if (records >= 0 && dup2(records, 3) < 0) return errno;
    close_from(records >= 0 ? 4 : 3);

    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur > descriptor_limit) {
        limit.rlim_cur = descriptor_limit;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    limit.rlim_cur = limit.rlim_max = 0;
    setrlimit(RLIMIT_CORE, &limit);
    if (chdir(program->directory) != 0) return errno;
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(program->path, program->arguments, program->environment);
    return errno;
}

pid_t cp_spawn(const struct cp_program *program) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int cancellation;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancellation);
    pid_t parent = getpid();
    volatile int problem = 0;
    pid_t child = vfork();
    if (child == 0) {
        problem = become(program, parent);
        _exit(127);
    }
    int failure = child < 0 ? errno : problem;
    pthread_setcancelstate(cancellation, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (child > 0 && failure != 0) waitpid(child, NULL, 0);
    return failure != 0 ? -failure : child;
}

int cp_watch(pid_t process) {
    int descriptor = (int)syscall(SYS_pidfd_open, process, 0);
    return descriptor < 0 ? -errno : descriptor;
}

int cp_reap(pid_t process, int *status) {
    pid_t result;
    do {
        result = waitpid(process, status, WNOHANG);
    } while (result < 0 && errno == EINTR);
    if (result < 0) return -errno;
    return result == 0 ? -EAGAIN : 0;
}

int cp_pipe(int *read_end, int *write_end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -errno;
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    fcntl(ends[1], F_SETPIPE_SZ, 1024 * 1024);
    *read_end = ends[0];
    *write_end = ends[1];
    return 0;
}

int cp_watch_open(void) {
    int watch = epoll_create1(EPOLL_CLOEXEC);
    return watch < 0 ? -errno : watch;
}

static int control(int watch, int operation, int descriptor, uint64_t token) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLONESHOT, .data.u64 = token};
    return epoll_ctl(watch, operation, descriptor, &event) == 0 ? 0 : -errno;
}

int cp_watch_add(int watch, int descriptor, uint64_t token) { return control(watch, EPOLL_CTL_ADD, descriptor, token); }

int cp_watch_arm(int watch, int descriptor, uint64_t token) { return control(watch, EPOLL_CTL_MOD, descriptor, token); }

int cp_watch_remove(int watch, int descriptor) { return control(watch, EPOLL_CTL_DEL, descriptor, 0); }

int cp_watch_wait(int watch, uint64_t *tokens, int count) {
    struct epoll_event events[64];
    int found = epoll_wait(watch, events, count < 64 ? count : 64, -1);
    for (int place = 0; place < found; place++) tokens[place] = events[place].data.u64;
    return found < 0 ? -errno : found;
}

/* Only segments that can never be written: what is in them is in the file as well. */
static int release_segments(struct dl_phdr_info *info, size_t size, void *ignored) {
    (void)size;
    (void)ignored;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W)) continue;
        uintptr_t start = (info->dlpi_addr + segment->p_vaddr + page - 1) & ~(page - 1);
        uintptr_t end = (info->dlpi_addr + segment->p_vaddr + segment->p_filesz) & ~(page - 1);
        if (end > start) madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 0;
}

void cp_release_code(void) { dl_iterate_phdr(release_segments, NULL); }

import Glibc

/// Ends the program when an input takes too many seconds of the processor, however busy the machine is.
enum Watchdog {
    static func arm() {
        signal(SIGPROF) { _ in
            let text: StaticString = "fntop-fuzz: an input takes too long; it is in the file named above\n"
            _ = write(2, text.utf8Start, text.utf8CodeUnitCount)
            _exit(3)
        }
    }

    static func start(limit seconds: Int) { set(seconds: seconds) }
    static func stop() { set(seconds: 0) }

    private static func set(seconds: Int) {
        var timer = itimerval(
            it_interval: timeval(tv_sec: 0, tv_usec: 0), it_value: timeval(tv_sec: seconds, tv_usec: 0))
        setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    }
}

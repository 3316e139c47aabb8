"""A program on a pseudo terminal, and how fast it reacts."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

from endpoint import cpu_seconds, resident_mib

# Stands in the help and nowhere else.
HELP_MARK = b"type to search"
CURSOR_HIDDEN = b"\x1b[?25l"


class Screen:
    def __init__(self, command, columns=160, rows=48):
        self.began = time.monotonic()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", COLORTERM="truecolor")
            size = struct.pack("HHHH", rows, columns, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execvp(command[0], command)
        self.seen = b""
        self.count = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.pid, signal.SIGTERM)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            self.read(0.05)
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                break
        else:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.terminal)

    def read(self, timeout):
        """What the program wrote within the time; empty when it wrote nothing."""
        if not select.select([self.terminal], [], [], timeout)[0]:
            return b""
        try:
            data = os.read(self.terminal, 1 << 16)
        except OSError:
            return b""
        self.count += len(data)
        self.seen = (self.seen + data)[-(1 << 20):]
        return data

    def read_for(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(max(0.0, end - time.monotonic()))

    def time_to_first_output(self, minimum=400):
        """Seconds from the start until a whole frame's worth of bytes was there."""
        while self.count < minimum:
            if not self.read(10):
                raise SystemExit("the program showed nothing for 10 s")
        return time.monotonic() - self.began

    def time_to_text(self, text, timeout):
        while text.encode() not in self.seen:
            self.read(0.5)
            if time.monotonic() - self.began > timeout:
                raise SystemExit(f"{text!r} did not come within {timeout} s")
        return time.monotonic() - self.began

    def cost_over(self, seconds):
        """CPU as a share of a core, and bytes a second, while nothing is pressed."""
        before, count = cpu_seconds(self.pid), self.count
        self.read_for(seconds)
        return (cpu_seconds(self.pid) - before) / seconds, (self.count - count) / seconds

    def press(self, key):
        os.write(self.terminal, key)

    def key_latencies(self, presses):
        """Opens the help again and again and waits each time for a text that only the help has."""
        return [self.open_and_close_help() for _ in range(presses)]

    def open_and_close_help(self):
        """Seconds from the key to the text."""
        elapsed = self.press_for(b"?", HELP_MARK)
        # An Esc that a key follows at once is that key with Alt, so this waits until the cursor is gone with the help.
        self.press_for(b"\x1b", CURSOR_HIDDEN)
        self.read_for(0.1)
        return elapsed

    def press_for(self, key, text):
        """Seconds from the key until the text comes."""
        self.seen = b""
        began = time.monotonic()
        self.press(key)
        while text not in self.seen:
            self.read(5)
            if time.monotonic() - began > 5:
                raise SystemExit(f"{text!r} did not come within 5 s of the key {key!r}")
        return time.monotonic() - began

    def resident_mib(self):
        return resident_mib(self.pid)

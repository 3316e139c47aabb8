"""A program on a terminal of its own (a pty), as a person's shell would start it."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time


class Program:
    def __init__(self, command, columns=80, rows=24, env=None):
        self.output = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(env or {})})
            time.sleep(0.05)
            os.execv(command[0], command)
        self.before = termios.tcgetattr(self.fd)
        self.resize(columns, rows)

    def resize(self, columns, rows):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, data):
        os.write(self.fd, data)

    def kill(self, number):
        os.kill(self.pid, number)

    def read(self, seconds):
        """What comes within the time."""
        start = len(self.output)
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.fd], [], [], left)[0]:
                break
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                break
            if not data:
                break
            self.output += data
        return self.output[start:]

    def wait_for(self, text, seconds=10):
        end = time.monotonic() + seconds
        while text not in self.output:
            assert time.monotonic() < end, f"{text!r} never came: {self.output[-400:]!r}"
            self.read(0.05)

    def finish(self, seconds=10):
        """The exit status, or the negated signal; reads to the end."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = None
                self.after = termios.tcgetattr(self.fd)
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("it does not end")

    def close(self):
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def is_off(self, mode):
        """Whether a private mode that was switched last was switched off."""
        on = self.output.rfind(b"\x1b[?%dh" % mode)
        return self.output.rfind(b"\x1b[?%dl" % mode) > on

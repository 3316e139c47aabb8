"""The terminal is left as it was found. FNTOP_TERMINAL_PROBE is the built terminal-probe."""

import os
import pathlib
import random
import signal

import pytest
from pty_program import Program

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROBE = os.environ.get("FNTOP_TERMINAL_PROBE", str(ROOT / ".build/debug/terminal-probe"))


@pytest.fixture
def start():
    programs = []

    def make(*arguments, **options):
        programs.append(Program([PROBE, *arguments], **options))
        return programs[-1]

    yield make
    for program in programs:
        program.close()


def expect_restored(program):
    assert program.after == program.before
    assert program.is_off(1049), "alternate screen"
    for mode in (1000, 1002, 1006, 2004):
        assert program.is_off(mode), mode
    assert program.output.rfind(b"\x1b[?25h") > program.output.rfind(b"\x1b[?25l"), "cursor"


@pytest.mark.parametrize(
    "keys, status",
    [(b"q", 0), (b"\x03", 0), (b"T", None), (b"S", -signal.SIGSEGV), (b"O", -signal.SIGSEGV)],
    ids=["q", "ctrl-c", "trap", "segv", "stack-overflow"],
)
def test_after_a_key(start, keys, status):
    program = start()
    program.wait_for(b"ready")
    program.send(keys)
    ended = program.finish()
    assert ended < 0 if status is None else ended == status
    expect_restored(program)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"])
def test_after_a_signal(start, name):
    program = start()
    program.wait_for(b"ready")
    program.kill(getattr(signal, name))
    assert program.finish() == -getattr(signal, name)
    expect_restored(program)


def test_sends_nothing_when_nothing_changes(start):
    program = start()
    program.wait_for(b"ready")
    program.read(0.3)
    assert program.read(1) == b""


def test_escape_answers_while_frames_are_drawn(start):
    program = start("--busy")
    program.wait_for(b"ready")
    program.send(b"\x1b")
    program.wait_for(b"escape")
    program.send(b"q")
    assert program.finish() == 0


def test_survives_any_size(start):
    program = start()
    program.wait_for(b"ready")
    for _ in range(100):
        program.resize(random.randint(1, 300), random.randint(1, 100))
        program.send(b"x")
        program.read(0.01)
    program.resize(80, 24)
    program.send(b"q")
    assert program.finish() == 0
    expect_restored(program)


def test_an_answer_of_the_terminal_is_no_key(start):
    program = start()
    program.wait_for(b"\x1b[?2026$p")
    program.send(b"\x1b[?2026;2$y\x1bOP")
    program.wait_for(b"function(1)")
    assert b"\x1b[?2026h" in program.output


@pytest.mark.parametrize("term", ["", "nonsense", "vt100", "linux", "screen", "tmux-256color"])
def test_starts_on_any_terminal(start, term):
    program = start(env={"TERM": term})
    program.wait_for(b"ready")
    program.send(b"q")
    assert program.finish() == 0


def test_stops_and_goes_on_under_a_shell(start):
    program = Program(["/bin/bash", "--norc", "-i"], env={"PS1": "$ "})
    try:
        program.wait_for(b"$ ")
        program.send(PROBE.encode() + b"\n")
        program.wait_for(b"ready")
        program.send(b"\x1a")
        program.wait_for(b"Stopped")
        assert program.is_off(1049)
        seen = len(program.output)
        program.send(b"fg\n")
        program.read(1)
        # Only what differs from "ready" is sent.
        assert b"sumed" in program.output[seen:]
        program.send(b"q")
        program.read(0.5)
        program.send(b"echo status=$?\n")
        program.wait_for(b"status=0")
        assert program.is_off(1049)
    finally:
        program.close()

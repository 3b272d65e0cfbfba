# SPDX-License-Identifier: ISC
"""terminal.py - a person at a terminal

	terminal.py COMMAND ... <SCRIPT

Runs the command in a terminal of its own.  Each line of the script is

	? words		wait until they are on the screen, behind what was before
	! words		type them, and Enter
	^X		press Control and that key
	no words	they must not have been on the screen so far
	until command	wait for the shell to find it true

The screen is printed; the exit status is the command's, or 99 when words have
not come within 30 seconds.
"""
import os
import pty
import select
import signal
import subprocess
import sys
import time

PATIENCE = 30


class Terminal:
    def __init__(self, argv):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvp(argv[0], argv)
        self.screen = b""
        self.seen = 0
        self.over = False

    def read(self, deadline):
        left = deadline - time.monotonic()
        if self.over or left <= 0:
            return False
        if not select.select([self.fd], [], [], left)[0]:
            return False
        try:
            piece = os.read(self.fd, 4096)
        except OSError:         # the other side is closed
            piece = b""
        self.over = not piece
        self.screen += piece
        return not self.over

    def wait(self, words):
        deadline = time.monotonic() + PATIENCE
        while True:
            at = self.screen.find(words, self.seen)
            if at >= 0:
                self.seen = at + len(words)
                return True
            if not self.read(deadline):
                return False

    def type(self, keys):
        os.write(self.fd, keys)

    def end(self):
        deadline = time.monotonic() + PATIENCE
        while self.read(deadline):
            pass
        if not self.over:
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.fd)
        status = os.waitpid(self.pid, 0)[1]
        return os.waitstatus_to_exitcode(status)


def until(command):
    deadline = time.monotonic() + PATIENCE
    while subprocess.call(command, shell=True, stdin=subprocess.DEVNULL):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def play(terminal, script):
    for line in script:
        word, _, rest = line.rstrip("\n").partition(" ")
        rest = rest.encode()
        if word == "?" and not terminal.wait(rest):
            return "has not come: " + line
        if word == "no" and rest in terminal.screen:
            return "is on the screen: " + line
        if word == "until" and not until(rest):
            return "is not so: " + line
        if word == "!":
            terminal.type(rest + b"\n")
        if word.startswith("^"):
            terminal.type(bytes([ord(word[1]) & 31]))
    return None


def main(argv):
    terminal = Terminal(argv)
    wrong = play(terminal, sys.stdin)
    status = terminal.end() if wrong is None else 99
    if wrong is not None:
        os.kill(terminal.pid, signal.SIGKILL)
        os.close(terminal.fd)
        os.waitpid(terminal.pid, 0)
    text = terminal.screen.replace(b"\r", b"")
    sys.stdout.buffer.write(text)
    if wrong is not None:
        sys.stdout.write("\n" + wrong)
    sys.exit(status)


main(sys.argv[1:])

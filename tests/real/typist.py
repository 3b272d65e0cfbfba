# SPDX-License-Identifier: ISC
"""typist.py - types into a program that wants a terminal

	typist.py SECONDS WORDS KEYS [WORDS KEYS ...] -- COMMAND ...

Waits until the program has written WORDS (blanks and all between them do not
count), then types KEYS (with Python's escapes), and so on; ends it in the end.
Exits with 1, and shows what there was, when words do not come in time.
"""
import os
import pty
import re
import select
import signal
import sys
import time


def squeezed(text):
    return re.sub(rb"\x1b[\[(][0-9;?]*[A-Za-z]?|[^!-~]", b"", text)


def main(seconds, *words):
    split = words.index("--")
    script, command = words[:split], words[split + 1:]
    pid, fd = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    end = time.monotonic() + float(seconds)
    seen = b""
    good = True
    for want, keys in zip(script[::2], script[1::2]):
        want = squeezed(want.encode())
        while good and want not in squeezed(seen):
            left = end - time.monotonic()
            good = left > 0 and bool(select.select([fd], [], [], left)[0])
            try:
                seen += os.read(fd, 65536) if good else b""
            except OSError:
                good = False
        if not good:
            print("does not come: %s; but: %s" % (want,
                  squeezed(seen)[-300:]), file=sys.stderr)
            break
        seen = b""
        os.write(fd, keys.encode().decode("unicode_escape").encode())
    os.kill(pid, signal.SIGKILL)
    os.close(fd)
    os.waitpid(pid, 0)
    return 0 if good else 1


sys.exit(main(*sys.argv[1:]))

# SPDX-License-Identifier: ISC
"""letters.py - 200 letters of every form, and did they arrive as they are?

	letters.py make DIR		writes DIR/0 ... DIR/199
	letters.py offers PORT		what a relay there says to EHLO
	letters.py same WANT GOT	compares two directories of letters

A letter has a number, a Date and a Message-ID, so that it is the same however
often it is sent.  What a relay puts on top of it is left out of account, and
so is whether it keeps lines with CRLF or LF; everything else counts.
"""
import os
import random
import socket
import sys

COUNT = 200

# Written by relays on the way or at the end of it.
ADDED = {b"return-path", b"received", b"delivered-to", b"x-original-to",
         b"envelope-to", b"delivery-date", b"x-peer", b"x-mailfrom",
         b"x-rcptto"}

MIME = b"MIME-Version: 1.0\nContent-Type: text/plain; charset=%s\n"
WORDS = [w.encode() for w in "all mail goes one way and comes back as a "
         "reply or never; so we keep it".split()]


def words(rng, count):
    return b" ".join(rng.choice(WORDS) for _ in range(count))


def lines(rng, count):
    return [words(rng, rng.randint(1, 12)) for _ in range(count)]


def plain(rng):
    return b"", lines(rng, rng.randint(1, 40))


def dots(rng):
    some = [b".", b"..", b"...", b". ", b".a", b"..b", b"a.", b""]
    return b"", [rng.choice(some) for _ in range(30)] + [b".", b"end", b"."]


def long_lines(rng):
    size = rng.choice([997, 998, 999, 1000, 2000, 5000])
    return b"", [b"before", b"x" * size, (b"." * 500 + b"y") * 3, b"after"]


def utf8(rng):
    return (MIME % b"utf-8" + b"Content-Transfer-Encoding: 8bit\n",
            ["Grüße, naïve señor, 日本語".encode() for _ in range(5)])


def latin1(rng):
    return (MIME % b"iso-8859-1" + b"Content-Transfer-Encoding: 8bit\n",
            [bytes(rng.choice(range(160, 256)) for _ in range(40))])


def eight_bits(rng):
    return b"", ["no header says so: äöü".encode(), b"\xff\xfe\x80"]


def empty(rng):
    return b"", []


def blanks(rng):
    return b"", [b"", b"", b"trailing  ", b"\t", b" ", b"=20", b"=", b""]


def from_line(rng):
    return b"", [b"From here to there", b">From", b"From me Thu Jan  1", b""]


def folded(rng):
    return (b"X-Folded: " + words(rng, 9) + b"\n\t" + words(rng, 9) +
            b"\n   " + words(rng, 5) + b"\nReferences:" +
            b"".join(b"\n <%d@example.com>" % i for i in range(30)) + b"\n",
            lines(rng, 3))


def multipart(rng):
    return (b"MIME-Version: 1.0\nContent-Type: multipart/mixed;\n"
            b" boundary=\"=_x.\"\n",
            [b"preamble", b"--=_x.", b"Content-Type: text/plain", b"",
             b"one", b".", b"--=_x.", b"Content-Type: application/x",
             b"Content-Transfer-Encoding: base64", b"", b"AAECAw==",
             b"--=_x.--", b"epilogue"])


def large(rng):
    return b"", lines(rng, 9000)


FORMS = [plain, dots, long_lines, utf8, latin1, eight_bits, empty, blanks,
         from_line, folded, multipart, plain, dots, utf8]


def letter(number):
    rng = random.Random(number)
    form = large if number % 50 == 49 else FORMS[number % len(FORMS)]
    head, body = form(rng)
    text = (b"From: web1@example.com\nTo: a@example.com\n"
            b"Subject: letter %d, %s\nX-Number: %d\n"
            b"Date: Sat, 21 Nov 2026 00:00:00 +0000\n"
            b"Message-ID: <letter-%d@web1.example.com>\n"
            % (number, form.__name__.encode(), number, number))
    text += head + b"\n" + b"\n".join(body)
    if rng.randrange(3) > 0:		# else there is no final newline
        text += b"\n"
    if rng.randrange(2) > 0:
        text = text.replace(b"\n", b"\r\n")
    return text


def make(where):
    os.makedirs(where)
    for number in range(COUNT):
        with open(os.path.join(where, str(number)), "wb") as f:
            f.write(letter(number))


def offers(port):
    known = {"PIPELINING", "SIZE", "8BITMIME", "ENHANCEDSTATUSCODES", "DSN",
             "CHUNKING", "SMTPUTF8"}
    with socket.create_connection(("127.0.0.1", int(port)), 20) as s:
        f = s.makefile("rwb")
        while f.readline()[3:4] == b"-":
            pass
        f.write(b"EHLO web1.example.com\r\n")
        f.flush()
        said = []
        while not said or said[-1][3:4] == "-":
            said.append(f.readline().decode().strip())
        f.write(b"QUIT\r\n")
        f.flush()
        f.readline()
    print(",".join(s[4:] for s in said[1:] if s[4:].split()[0] in known))


def parse(path):
    """The number, the fields that are its own, and the body."""
    with open(path, "rb") as f:
        text = f.read().replace(b"\r\n", b"\n")
    head, _, body = text.partition(b"\n\n")
    fields = []
    for line in head.split(b"\n"):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1] += b"\n" + line
        else:
            fields.append(line)
    own = [f for f in fields if f.partition(b":")[0].lower() not in ADDED]
    number = [int(f[9:]) for f in own if f.lower().startswith(b"x-number:")]
    return number[0] if number else None, own, body


def read_all(where):
    letters, twice = {}, []
    for directory, _, names in os.walk(where):
        for name in names:
            number, own, body = parse(os.path.join(directory, name))
            if number in letters:
                twice.append(number)
            letters[number] = (own, body)
    return letters, twice


def differ(number, want, got):
    for a, b in zip(want[0] + [b"(the end)"], got[0] + [b"(the end)"]):
        if a != b:
            print(f"letter {number}: {a!r} has become {b!r}")
            break
    if want[1] != got[1]:
        a, b = want[1], got[1]
        at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y),
                  min(len(a), len(b)))
        print(f"letter {number}: at {at} of {len(a)} and {len(b)}: "
              f"{a[at:at + 40]!r} has become {b[at:at + 40]!r}")


def same(a, b):
    want, _ = read_all(a)
    got, twice = read_all(b)
    bad = len(want) != COUNT or set(want) != set(got) or twice
    if bad:
        print(f"{len(want)} wanted, {len(got)} here; twice: {twice}, "
              f"not here: {sorted(set(want) - set(got))[:9]}")
    for number in sorted(set(want) & set(got)):
        if want[number] != got[number]:
            differ(number, want[number], got[number])
            bad = True
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit({"make": make, "offers": offers,
              "same": same}[sys.argv[1]](*sys.argv[2:]))

# SPDX-License-Identifier: ISC
"""property.py - random messages: the text survives, and nobody else gets it

	property.py BUILD SCRATCH [SEED [COUNT]]

Recipients come from the operands and from real fields (with -t) and from
nowhere else, whatever the text looks like; the text arrives as it was written
but for line ends and the encoding that the header names.
"""
import base64
import quopri
import random
import re
import sys

import mail
import replay

EVIL = b"evil@evil.example"
TRAPS = (b"To: " + EVIL, b"Bcc: " + EVIL, b".", b"..", b".\r", b"", b"",
         b"From " + EVIL + b" Sat Nov 21 05:30:50 2026", b">From x",
         b"RCPT TO:<" + EVIL + b">", b"QUIT", b"=", b"=20", b"-- ", b"\ttab ",
         b"caf\xc3\xa9 na\xc3\xafve", b"\xe4\xf6\xfc", b"x" * 998, b"y" * 999,
         b"z" * 5000, b"a\rb", b"nul\0nul", b"plain text", b"Resent-To: " +
         EVIL)


class Message(replay.Case):
    def __init__(self, number, rand):
        self.name = "random-%d" % number
        self.rand = rand
        self.expect = {"exit": 0, "messages": [{}]}
        self.wanted = set()
        self.count = 0
        with_t = rand.random() < 0.6
        operands = [self.address() for _ in range(rand.randint(
            0 if with_t else 1, 3))]
        self.wanted |= set(operands)
        self.others = []
        head = self.header(with_t, not operands)
        self.body = b"".join(rand.choice(TRAPS) + self.end()
                             for _ in range(rand.randint(0, 12)))
        if rand.random() < 0.3:
            self.body += b"no end"
        self.stdin = head + self.end() + self.body
        self.argv = ["sendmail", "-i"] + ["-t"] * with_t + ["--"] + operands

    def end(self):
        return self.rand.choice((b"\n", b"\r\n", b"\n"))

    def address(self):
        self.count += 1
        return "u%d@%s.example" % (self.count, self.rand.choice("abc"))

    def written(self, address):
        return self.rand.choice((
            "%s", "<%s>", "A Name <%s>", '"Last, First" <%s>',
            "%s (a (nested) comment)", "=?utf-8?Q?=C3=A4?= <%s>",
            "friends: %s;")) % address

    def header(self, with_t, needs_one):
        rand = self.rand
        fields = []
        for n in range(rand.randint(1, 4)):
            value = rand.choice((b"plain", b"To: " + EVIL, b"caf\xc3\xa9",
                                 b"two\n\tlines", b"x" * 1200, b"a b " * 300))
            self.others.append((b"X-%d" % n, value))
            fields.append((b"X-%d" % n, value))
        for n in range(rand.randint(1 if with_t and needs_one else 0, 3)):
            given = [self.address() for _ in range(rand.randint(1, 3))]
            if with_t:
                self.wanted |= set(given)
            text = rand.choice((", ", ",", ",\n ", ",\n\t")).join(
                self.written(a) for a in given)
            fields.append((rand.choice((b"To", b"Cc", b"Bcc", b"bcc")),
                           text.encode()))
        rand.shuffle(fields)
        self.others = [f for f in fields if f[0].startswith(b"X-")]
        return b"".join(
            name + b": " + value.replace(b"\n", self.end()) + self.end()
            for name, value in fields)


def decoded(raw):
    fields, body = mail.split(raw)
    way = [mail.text(v).lower() for k, v in fields
           if k.lower() == "content-transfer-encoding"]
    if way == ["base64"]:
        return base64.b64decode(body)
    if way == ["quoted-printable"]:
        return quopri.decodestring(body)
    return body


def lines(text):
    return re.sub(rb"\r+\n", b"\n", text).rstrip(b"\r\n")


class Eight(replay.Setup):
    name = "random"

    def envelope(self, want, env):
        return []

    def judge(self, case, want, env, raw):
        wrong = []
        rcpts = [re.match("to <(.*?)>", line).group(1) for line in env
                 if line.startswith("to ")]
        if sorted(rcpts) != sorted(case.wanted):
            wrong.append("the recipients are %s, not %s" % (
                sorted(rcpts), sorted(case.wanted)))
        fields, _ = mail.split(raw)
        # Two of them are the author's, and stay.
        wrong += [w for w in self.hygiene(fields)
                  if w not in ("more than one to", "more than one cc")]
        kept = [(k, mail.text(v)) for k, v in fields if re.match("X-[0-9]", k)]
        # A word that is too long for a line is broken somewhere.
        right = [(k.decode(), mail.text(v)) for k, v in case.others]
        if [(k, v.replace(" ", "")) for k, v in kept] != \
           [(k, v.replace(" ", "")) for k, v in right]:
            wrong.append("the fields are %s, not %s" % (kept, right))
        if lines(decoded(raw)) != lines(case.body):
            wrong.append("the text is %r, not %r" % (
                decoded(raw), case.body))
        if wrong:
            wrong.append("it was %s with %r" % (case.argv, case.stdin))
        return wrong


class Seven(Eight):
    name = "random-seven"
    options = replay.Seven.options


def main(build, scratch, seed="2113", count="60"):
    rand = random.Random(int(seed))
    cases = [Message(n, rand) for n in range(int(count))]
    for setup in (Eight, Seven):
        for good, words, wrong in setup(build, cases, scratch).play():
            print("%s - %s" % ("ok" if good else "not ok", words))
            for line in [] if good else "\n".join(wrong).splitlines():
                print("#   " + line)


if __name__ == "__main__":
    main(*sys.argv[1:])

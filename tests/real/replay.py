# SPDX-License-Identifier: ISC
"""replay.py - real programs' mail through our programs to a scripted relay

	replay.py BUILD CLIENTS SCRATCH

Each setup is a relay of its own and a configuration; all cases go through it,
one after the other, the setups side by side.  Prints TAP points without a
plan.  What has arrived stays in SCRATCH/SETUP/CASE.N for other judges.
"""
import concurrent.futures
import json
import os
import pwd
import re
import shlex
import subprocess
import sys
import time

import mail

PATIENCE = 3


class Case:
    def __init__(self, path):
        self.name = os.path.basename(path)
        with open(os.path.join(path, "argv")) as f:
            self.argv = [(shlex.split(line) or [""])[0]
                         for line in f.read().splitlines()]
        with open(os.path.join(path, "stdin"), "rb") as f:
            self.stdin = f.read()
        with open(os.path.join(path, "expect.json")) as f:
            self.expect = json.load(f)
        # Without -i such a dot is the end and no text.
        self.ends_with_a_dot = self.stdin.endswith(b"\n.\n") and not (
            {"-i", "-oi", "-ti", "-it"} & set(self.argv))


class Relay:
    """The scripted relay; msg.N and env.N of what it has are in into."""

    def __init__(self, build, into, options, script):
        os.makedirs(into)
        self.into = into
        self.seen = 0
        with open(os.path.join(into, "script"), "w") as f:
            f.write(script)
        self.process = subprocess.Popen(
            [os.path.join(build, "tests/relay"), "--into", into,
             "--seconds", "90", *options, os.path.join(into, "script")],
            stdout=subprocess.PIPE)
        self.address = self.process.stdout.readline().decode().strip()

    def take(self, count):
        """The next messages: [(envelope lines, raw message)]."""
        end = time.monotonic() + PATIENCE
        found = []
        while len(found) < count and time.monotonic() < end:
            n = self.seen + 1
            try:
                with open(os.path.join(self.into, "env.%d" % n)) as f:
                    env = f.read()
                with open(os.path.join(self.into, "msg.%d" % n), "rb") as f:
                    raw = f.read()
            except FileNotFoundError:
                time.sleep(0.01)
                continue
            if "\nbytes " not in env:
                continue
            found.append((env.splitlines(), raw))
            self.seen = n
        return found

    def more(self):
        return os.path.exists(os.path.join(self.into, "msg.%d" %
                                           (self.seen + 1)))

    def problems(self):
        try:
            with open(os.path.join(self.into, "problems")) as f:
                return f.read()
        except FileNotFoundError:
            return ""

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Setup:
    """One relay, one configuration, and what must come of each case."""

    name = "own"
    host = ""       # only on a machine of that name
    words = "envelope, header and body are what was meant"
    options = ()
    script = ""
    domain = "lab.example"
    config = """
relay = "%s"
helo = "vault.lab.example"
domain = "lab.example"
local_domains = "vault"
sender = "%u@lab.example"
force_sender = "no"
aliases = "@aliases@"
auto_submitted = "no"
"""

    def __init__(self, build, cases, scratch):
        self.build, self.cases = build, cases
        self.dir = os.path.join(scratch, self.name)
        self.login = pwd.getpwuid(os.getuid()).pw_name
        self.points = []

    # -- how a case is run

    def start(self):
        self.relay = Relay(self.build, os.path.join(self.dir, "record"),
                           self.options, self.script)
        home = os.path.join(self.dir, "home")
        config = os.path.join(self.dir, "config/minismtp")
        for path in (home, config, os.path.join(self.dir, "state")):
            os.makedirs(path)
        with open(os.path.join(config, "minismtp.conf"), "w") as f:
            f.write(self.config.replace("%s", self.relay.address, 1)
                    .replace("@aliases@", os.path.join(home, "aliases")))
        os.chmod(f.name, 0o600)
        with open(os.path.join(home, "aliases"), "w"):
            pass
        self.env = {
            "HOME": home, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
            "XDG_CONFIG_HOME": os.path.join(self.dir, "config"),
            "XDG_STATE_HOME": os.path.join(self.dir, "state")}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                self.env[name] = os.environ[name]

    def run(self, case):
        done = subprocess.run(
            case.argv, executable=os.path.join(self.build, "minismtp"),
            input=case.stdin, env=self.env, cwd=self.dir, timeout=60,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        wrong = []
        if done.returncode != case.expect["exit"]:
            wrong.append("exits with %d: %s" % (
                done.returncode, done.stderr.decode(errors="replace")))
        wanted = case.expect["messages"]
        got = self.relay.take(len(wanted))
        if len(got) != len(wanted) or self.relay.more():
            wrong.append("%d of %d messages arrived: %s" % (
                len(got), len(wanted), done.stderr.decode(errors="replace")))
        # With -odb the second may be the first to arrive.
        if len(got) == len(wanted) == 2 and self.envelope(wanted[0],
                                                          got[0][0]):
            got.reverse()
        for n, (want, (env, raw)) in enumerate(zip(wanted, got), 1):
            with open(os.path.join(self.dir, "%s.%d" % (case.name, n)),
                      "wb") as f:
                f.write(raw)
            try:
                wrong += self.judge(case, want, env, raw)
            except Exception as e:
                wrong.append("cannot be judged: %r" % e)
        return wrong

    def play(self):
        self.start()
        try:
            for case in self.cases:
                wrong = self.run(case)
                self.points.append((not wrong, "%s: %s" % (
                    self.name, case.name), wrong))
            problems = self.relay.problems()
            self.points.append((not problems, self.name + ": the relay has "
                                "nothing to complain about", [problems]))
        finally:
            self.relay.stop()
        return self.points

    # -- what is right

    def qualified(self, address):
        box, at, host = address.partition("@")
        if at and host not in ("vault", "localhost"):
            return address
        return box + "@" + self.domain

    def sender(self, want):
        """All that are right."""
        if want["from_given"]:
            right = want.get("from_any_of", [want["from"]])
        else:
            right = ["%s@%s" % (self.login, self.domain)]
        return {self.qualified(a) if a else "" for a in right}

    def recipients(self, want):
        return sorted(self.qualified(a) for a in want["rcpts"])

    def envelope(self, want, env):
        wrong = []
        sender = [re.match("from <(.*?)>", line).group(1) for line in env
                  if line.startswith("from ")]
        rcpts = sorted(re.match("to <(.*?)>", line).group(1) for line in env
                       if line.startswith("to "))
        if len(sender) != 1 or sender[0] not in self.sender(want):
            wrong.append("the sender is %s, not %s" % (
                sender, self.sender(want)))
        if rcpts != self.recipients(want):
            wrong.append("the recipients are %s, not %s" % (
                rcpts, self.recipients(want)))
        return wrong

    def same(self, name, is_, want):
        if name.lower() in mail.ADDRESSES:
            local = {"vault", "localhost"}
            return mail.addresses(mail.text(is_), self.domain, set()) == \
                mail.addresses(mail.text(want), self.domain, local)
        return mail.text(is_) == mail.text(want)

    def header(self, case, want, fields):
        wrong = []
        at = 0
        for name, value in want["keep"]:
            value = value.encode("latin-1")
            for n in range(at, len(fields)):
                is_, field = fields[n][0].lower(), fields[n][1]
                # What cannot be a From is kept under another name.
                if is_ == name.lower() and self.same(name, field, value) or \
                   is_ == "x-original-" + name.lower() and \
                   mail.text(field) == mail.text(value):
                    at = n + 1
                    break
            else:
                wrong.append("not kept in its place: %s:%r, but %r" % (
                    name, value, [v for k, v in fields
                                  if k.lower() == name.lower()]))
        names = [name.lower() for name, _ in fields]
        for name in want["add"]:
            if names.count(name.lower()) != 1:
                wrong.append("not added: " + name)
        for name in want["drop"] + ["Bcc", "Resent-Bcc", "Return-Path"]:
            if name.lower() in names:
                wrong.append("still there: " + name)
        return wrong + self.hygiene(fields)

    def hygiene(self, fields):
        """What every message has when it leaves us."""
        wrong = []
        names = [name.lower() for name, _ in fields]
        for name in ("date", "from", "to", "message-id", "mime-version",
                     "content-type"):
            if name not in names and not (
                    name == "to" and {"cc", "resent-to"} & set(names)):
                wrong.append("there is no " + name)
        for name in mail.ONCE:
            if names.count(name) > 1:
                wrong.append("more than one " + name)
        for name, value in fields:
            if any(b > 127 for b in value):
                wrong.append("%s is not ASCII: %r" % (name, value))
            if b"\r" in value.replace(b"\r\n", b"") or \
               b"\n" in value.replace(b"\r\n", b"") or b"\0" in value:
                wrong.append("bare bytes in %s: %r" % (name, value))
            if max(len(line) for line in value.split(b"\r\n")) > 998:
                wrong.append("a line of %s is too long" % name)
            for _, box in mail.addresses(mail.text(value), "", set()) \
                    if name.lower() in mail.ADDRESSES else ():
                if not box.strip("@") or box.startswith("undisclosed"):
                    continue
                if "." not in box.rpartition("@")[2] or "@" not in box[:-1]:
                    wrong.append("%s has a bare address: %s" % (name, box))
        return wrong

    def body(self, case, want, raw, body):
        right = want["body"].encode("latin-1")
        if case.ends_with_a_dot and "body_if_dot_ends" in want:
            right = want["body_if_dot_ends"].encode("latin-1")
        if body != right:
            return ["the body is %r, not %r" % (body, right)]
        return []

    def judge(self, case, want, env, raw):
        fields, body = mail.split(raw)
        return self.envelope(want, env) + self.header(case, want, fields) + \
            self.body(case, want, raw, body)


class Seven(Setup):
    """RFC 821 and nothing else: text is encoded, and reads the same."""

    name = "seven"
    options = ("--offer", "SIZE 1000000")

    def header(self, case, want, fields):
        encoded = {"content-transfer-encoding"}
        keep = [f for f in want["keep"] if f[0].lower() not in encoded]
        return super().header(case, {**want, "keep": keep}, fields)

    def body(self, case, want, raw, body):
        if any(b > 127 for b in raw):
            return ["8-bit bytes went to a 7-bit relay"]
        # The same message, as it would be with an 8-bit relay.
        head = b"".join(b"%s:%s\r\n" % (k.encode(), v.encode("latin-1"))
                        for k, v in want["keep"])
        dotted = case.ends_with_a_dot and "body_if_dot_ends" in want
        text = want["body_if_dot_ends" if dotted else "body"]
        right = mail.leaves(head + b"\r\n" + text.encode("latin-1"))
        found = mail.leaves(raw)
        if found != right:
            return ["the text is %r, not %r" % (found, right)]
        return []


class Strict(Setup):
    """One sender only, no bare addresses: what the three lines are for."""

    name = "three"
    domain = "example.com"
    config = """
relay = "%s"
helo = "vault.example.com"
sender = "alerts@example.com"
admin = "admin@example.com"
local_domains = { "vault", "lab.example", "vault.lab.example" }
aliases = "@aliases@"
"""
    script = """
always
on MAIL FROM:<alerts@example.com>
	default
on MAIL FROM:<>
	default
on MAIL FROM:
	say 550 5.7.1 that is not your address
on RCPT TO:<*@vault>
	say 550 5.1.2 unqualified
on RCPT TO:<*@*.*>
	default
on RCPT TO:
	say 550 5.1.2 unqualified
"""
    local = ("vault", "lab.example", "vault.lab.example")

    def sender(self, want):
        if want["from_given"] and want["from"] == "":
            return {""}
        return {"alerts@example.com"}

    def recipients(self, want):
        found = set()
        for address in want["rcpts"]:
            here = address.rpartition("@")[2] in self.local
            found.add("admin@example.com" if here else address)
        return sorted(found)

    def same(self, name, is_, want):
        if name.lower() not in mail.ADDRESSES:
            return super().same(name, is_, want)
        return mail.addresses(mail.text(is_), "", set()) == \
            mail.addresses(mail.text(want), self.domain, self.local)


class Three(Strict):
    """Those three lines and nothing else, on the machine of the recordings."""

    name = "nothing else"
    host = "vault"
    domain = "lab.example"
    config = """
relay = "%s"
helo = "vault.lab.example"
sender = "alerts@lab.example"
"""
    script = Strict.script.replace("alerts@example.com", "alerts@lab.example")
    local = ("vault",)

    def sender(self, want):
        if want["from_given"] and want["from"] == "":
            return {""}
        return {"alerts@lab.example"}

    def recipients(self, want):
        return sorted({self.qualified(a) for a in want["rcpts"]})


class Both(Strict):
    """The From as well: the relay's address, and the original in words."""

    name = "both"
    config = Strict.config + 'force_sender = "both"\n'

    def header(self, case, want, fields):
        wrong = super().header(case, {
            **want, "keep": [f for f in want["keep"]
                             if f[0].lower() not in ("from", "reply-to")]},
            fields)
        value = [v for k, v in fields if k.lower() == "from"][0]
        got = mail.addresses(mail.text(value), "", set())
        if len(got) != 1 or got[0][1] != "alerts@example.com":
            return wrong + ["From is %r" % value]
        # Who it was must be there for a reader, in words or as an address.
        given = [v for k, v in want["keep"] if k.lower() == "from"]
        shown = " ".join(mail.text(v) for k, v in fields if k.lower() in (
            "from", "reply-to", "x-original-from"))
        for name, box in mail.addresses(mail.text(
                given[0].encode("latin-1")) if given else "", "", set()):
            for word in (name or box.partition("@")[0],):
                if word not in shown:
                    wrong.append("%s is nowhere in: %s" % (word, shown))
        return wrong


class Accounts(Strict):
    """Who sends decides about the account; a relay may know two of them."""

    name = "accounts"
    config = Strict.config + """
account "web" {
	from = { "www@*", "bounce@*", "webmaster@*" }
	sender = "web@example.com"
}
"""
    script = Strict.script.replace(
        "on MAIL FROM:<>", "on MAIL FROM:<web@example.com>\n\tdefault\n"
        "on MAIL FROM:<>")

    def sender(self, want):
        if want["from_given"] and want["from"] == "":
            return {""}
        who = want["from"] if want["from_given"] else \
            want.get("from_header") or ""
        web = who.partition("@")[0].partition("+")[0] in ("www", "bounce", "webmaster")
        return {"web@example.com" if web else "alerts@example.com"}


SETUPS = (Setup, Seven, Strict, Three, Both, Accounts)


def main(build, clients, scratch):
    cases = [Case(os.path.join(clients, name))
             for name in sorted(os.listdir(clients))
             if os.path.isdir(os.path.join(clients, name))]
    setups = [setup(build, cases, scratch) for setup in SETUPS
              if setup.host in ("", os.uname().nodename)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for points in pool.map(Setup.play, setups):
            for good, words, wrong in points:
                print("%s - %s" % ("ok" if good else "not ok", words))
                for line in [] if good else "\n".join(wrong).splitlines():
                    print("#   " + line)


if __name__ == "__main__":
    main(*(os.path.abspath(arg) for arg in sys.argv[1:4]))

# SPDX-License-Identifier: ISC
"""judges.py - what others think of the messages that have arrived

	judges.py CLIENTS SCRATCH

Reads what replay.py has left in SCRATCH.  Python's email, mblaze and
SpamAssassin without a network must find nothing that the message's author did
not cause.  Prints TAP points without a plan.
"""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys

import mail

SETUPS = ("own", "seven", "three", "both", "accounts")

# Rules about the form of a header, by the beginnings of their names, and the
# field of the author's that may be the reason.
RULES = (("MISSING_SUBJECT", "subject"), ("MISSING_", None),
         ("INVALID_", None), ("MSGID_", "message-id"), ("DATE_", "date"),
         ("TO_", None), ("FROM_", None), ("FRT_", None), ("HEADER_", None),
         ("HEAD_", None), ("SUBJ_ILLEGAL", None), ("UNPARSEABLE", None),
         ("MIME_", "content-type"), ("MALFORMED", None), ("BAD_", None),
         ("ILLEGAL", None), ("CTYPE_", "content-type"))


class Letter:
    def __init__(self, clients, setup, path):
        self.path = path
        name, _, n = os.path.basename(path).rpartition(".")
        self.name = "%s/%s.%s" % (setup, name, n)
        with open(path, "rb") as f:
            self.raw = f.read()
        with open(os.path.join(clients, name, "expect.json")) as f:
            kept = json.load(f)["messages"][int(n) - 1]["keep"]
        self.authors = {field.lower() for field, _ in kept}


def letters(clients, scratch):
    for setup in SETUPS:
        folder = os.path.join(scratch, setup)
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                yield Letter(clients, setup, path)


def python(found):
    return ["%s: %s" % (letter.name, defect) for letter in found
            for defect in sorted(mail.defects(letter.raw))]


def run(*argv, **more):
    done = subprocess.run(argv, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=80, **more)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def mblaze_one(letter):
    """It sees the same subject and as many parts as Python does."""
    wrong = []
    fields, _ = mail.split(letter.raw)
    want = "".join(mail.text(v) for k, v in fields if k.lower() == "subject")
    _, out, err = run("mhdr", "-d", "-h", "subject", letter.path)
    if " ".join(out.decode(errors="replace").split()) != want:
        wrong.append("%s: the subject is %r, not %r" % (
            letter.name, out, want))
    code, out, said = run("mshow", "-t", letter.path)
    wrong += ["%s: %s" % (letter.name, line)
              for line in (err + said).splitlines()]
    parts = [line for line in out.splitlines()
             if re.match(rb"\s*\d+: (?!multipart/|message/)", line)]
    leaves = [leaf for leaf in mail.leaves(letter.raw)
              if not leaf[0].startswith("message/")]
    if code != 0 or len(parts) < min(1, len(leaves)):
        wrong.append("%s: mshow sees %d parts, Python %d" % (
            letter.name, len(parts), len(leaves)))
    return wrong


def mblaze(found):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return sum(pool.map(mblaze_one, found), [])


def reports(found):
    """What SpamAssassin says of each, in one run; or the words of a failure."""
    # It sorts by date: each needs a mark to be known again.
    box = b"".join(
        b"From x@example.com Sat Nov 21 05:30:50 2026\n" +
        b"X-Case: %d\n" % number + re.sub(rb"(?m)^From ", b">From ",
               letter.raw.replace(b"\r\n", b"\n")).rstrip(b"\n") + b"\n\n"
        for number, letter in enumerate(found))
    code, out, err = run("spamassassin", "-L", "-t", "--mbox", input=box)
    texts = out.decode(errors="replace").split(
        "\nContent analysis details:")
    marks = [re.search(r"(?m)^X-Case: (\d+)$", text) for text in texts[:-1]]
    del texts[0]
    if len(texts) != len(found) or None in marks:
        return [], ["%d reports about %d messages (%d): %s" % (
            len(texts), len(found), code, err)]
    return [(found[int(mark.group(1))], text)
            for mark, text in zip(marks, texts)], []


def unformed(told):
    """The rules about the form of a header that have something to say."""
    wrong = []
    for letter, report in told:
        for rule in re.findall(r"(?m)^ *-?[0-9.]+ ([A-Z][A-Z0-9_]+) ",
                               report):
            for begin, field in RULES:
                if not rule.startswith(begin):
                    continue
                missing = rule.startswith("MISSING_")
                if not field or missing == (field in letter.authors):
                    wrong.append("%s: %s" % (letter.name, rule))
                break
    return wrong


def spamassassin(found):
    told, wrong = reports(found)
    return wrong + unformed(told)


def main(clients, scratch):
    found = list(letters(clients, scratch))
    few = [x for x in found if x.name.startswith(("own/", "seven/"))]
    for words, program, judge, which in (
            ("Python's email finds no defect", None, python, found),
            ("mblaze reads the same", "mshow", mblaze, few),
            ("SpamAssassin has nothing against the form", "spamassassin",
             spamassassin, few)):
        if program and not shutil.which(program):
            print("ok - %s # SKIP there is no %s" % (words, program))
            continue
        wrong = judge(which)
        print("%s - %s, in %d messages" % (
            "not ok" if wrong else "ok", words, len(which)))
        for line in wrong:
            print("#   " + line)


if __name__ == "__main__":
    main(*(os.path.abspath(arg) for arg in sys.argv[1:3]))

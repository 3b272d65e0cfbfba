# SPDX-License-Identifier: ISC
"""composed.py - what others think of messages that minismtp send has written

	composed.py MESSAGE ...

Python's email, mblaze and SpamAssassin without a network, as in judges.py; and
no message may look like spam.  Prints TAP points without a plan.
"""
import os
import re
import shutil
import sys

import judges
import mail


class Letter:
    def __init__(self, path):
        self.path = path
        self.name = os.path.basename(path)
        with open(path, "rb") as f:
            self.raw = f.read()
        fields, _ = mail.split(self.raw)
        self.authors = {"subject"} & {name.lower() for name, _ in fields}


def mblaze(found):
    return sum(map(judges.mblaze_one, found), [])


def spam(found):
    """By its form, and as the many judge it: by points."""
    told, wrong = judges.reports(found)
    wrong += judges.unformed(told)
    for letter, text in told:
        points = re.match(r"\s*\((-?[0-9.]+) point", text)
        rules = re.findall(r"(?m)^ *-?[0-9.]+ ([A-Z][A-Z0-9_]+) ", text)
        if not points or float(points.group(1)) >= 2:
            wrong.append("%s: %s points: %s" % (
                letter.name, points and points.group(1), " ".join(rules)))
    return wrong


def main(paths):
    found = [Letter(path) for path in paths]
    for words, program, judge in (
            ("Python's email finds no defect", None, judges.python),
            ("mblaze reads the same", "mshow", mblaze),
            ("SpamAssassin has nothing against form or content",
             "spamassassin", spam)):
        if program and not shutil.which(program):
            print("ok - %s # SKIP there is no %s" % (words, program))
            continue
        wrong = judge(found)
        print("%sok - %s" % ("not " if wrong else "", words))
        for line in wrong:
            print("# %s" % line)


main(sys.argv[1:])

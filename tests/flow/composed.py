# SPDX-License-Identifier: ISC
"""composed.py - what Python's email understands of a composed message

	composed.py MESSAGE TYPE[:FILE] ...

Each part in order, multiparts too, must have that type, and the name and the
bytes of that file (its line ends aside where it is text).  There must be no
defect, no long line, nothing but ASCII, and every cid: must lead to a part.
"""
import email
import email.policy
import os
import re
import sys


def content(part):
    data = part.get_payload(decode=True)
    if part.get_content_maintype() == "text":
        data = data.replace(b"\r\n", b"\n")
    return data


def main(path, *wanted):
    with open(path, "rb") as f:
        raw = f.read()
    raw.decode("ascii")
    assert max(map(len, raw.split(b"\n"))) <= 998, "a long line"
    message = email.message_from_bytes(raw, policy=email.policy.default)
    parts = list(message.walk())
    types = [part.get_content_type() for part in parts]
    assert types == [want.partition(":")[0] for want in wanted], types
    ids = {str(part["Content-ID"])[1:-1] for part in parts
           if part["Content-ID"]}
    for part, want in zip(parts, wanted):
        assert not part.defects, part.defects
        for name in part:
            assert not part[name].defects, (name, part[name].defects)
        name = want.partition(":")[2]
        if name:
            with open(name, "rb") as f:
                data = f.read()
            assert part.get_filename() == os.path.basename(name), \
                part.get_filename()
            assert content(part) == data, "%s: other bytes" % name
        if part.get_content_type() == "text/html":
            for cid in re.findall(r"cid:([^\"'>]*)", part.get_content()):
                assert cid in ids, cid
        print(part.get_content_type(), part.get_content_charset(),
              part["Content-Transfer-Encoding"], part.get_filename())


main(*sys.argv[1:])

# SPDX-License-Identifier: ISC
"""names.py - a name service of a few lines, for tests

    python3 names.py RECORDS >ADDRESS

RECORDS has lines "NAME TYPE VALUE": A, AAAA, MX ("10 host"), SRV ("0 1 587
host"); it is read anew for each question.  A name that is not in there does
not exist, and one of type SILENT is never answered.  It listens on some
address of loopback, port 53, and says which.
"""
import socket
import struct
import sys

TYPES = {"A": 1, "MX": 15, "AAAA": 28, "SRV": 33}


def host(name):
    parts = [p for p in name.rstrip(".").split(".") if p]
    return b"".join(bytes([len(p)]) + p.encode() for p in parts) + b"\0"


def data(kind, value):
    words = value.split()
    if kind == "A":
        return socket.inet_pton(socket.AF_INET, value)
    if kind == "AAAA":
        return socket.inet_pton(socket.AF_INET6, value)
    numbers = b"".join(struct.pack("!H", int(w)) for w in words[:-1])
    return numbers + host(words[-1])


def question(packet):
    at, labels = 12, []
    while packet[at]:
        size = packet[at]
        labels.append(packet[at + 1:at + 1 + size].decode("latin-1"))
        at += size + 1
    return ".".join(labels).lower(), struct.unpack(
        "!H", packet[at + 1:at + 3])[0], packet[12:at + 5]


def answer(packet, path):
    name, wanted, asked = question(packet)
    known, found = False, []
    with open(path, encoding="ascii") as lines:
        for line in lines:
            its, kind, value = line.strip().split(None, 2)
            if its.lower() != name:
                continue
            known = True
            if kind == "SILENT":
                return None
            if TYPES[kind] == wanted:
                found.append(data(kind, value))
    flags = 0x8580 if known else 0x8583
    head = packet[:2] + struct.pack("!HHHHH", flags, 1, len(found), 0, 0)
    return head + asked + b"".join(
        b"\xc0\x0c" + struct.pack("!HHIH", wanted, 1, 5, len(one)) + one
        for one in found)


def listen():
    for last in range(60, 250):
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            s.bind(("127.0.53.%d" % last, 53))
            return s
        except OSError:
            s.close()
    sys.exit("there is no free address")


def main():
    s = listen()
    print(s.getsockname()[0], flush=True)
    sys.stdout.close()
    while True:
        packet, peer = s.recvfrom(4096)
        reply = answer(packet, sys.argv[1])
        if reply is not None:
            s.sendto(reply, peer)


main()

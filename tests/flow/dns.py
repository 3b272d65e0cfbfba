# SPDX-License-Identifier: ISC
"""dns.py - a name server for one test

	dns.py ADDRESS FILE

Answers on port 53 of that address until it is ended.  The file is read anew for
each question; a line is "NAME A ADDRESS", "NAME MX PREFERENCE HOST" or
"NAME SRV PRIORITY WEIGHT PORT HOST".  What is not there does not exist, and
"NAME SILENT -" is never answered.  A line "ready" says that it listens.
"""
import socket
import struct
import sys

TYPES = {"A": 1, "MX": 15, "SRV": 33}


def pack_name(name):
    labels = [label for label in name.encode().split(b".") if label]
    return b"".join(bytes([len(part)]) + part for part in labels) + b"\0"


def pack_data(kind, words):
    if kind == "A":
        return socket.inet_aton(words[0])
    numbers = b"".join(struct.pack("!H", int(word)) for word in words[:-1])
    return numbers + pack_name(words[-1])


def question(packet):
    labels, at = [], 12
    while packet[at]:
        labels.append(packet[at + 1:at + 1 + packet[at]].decode().lower())
        at += packet[at] + 1
    kind, = struct.unpack("!H", packet[at + 1:at + 3])
    return ".".join(labels), kind, packet[12:at + 5]


def answer(packet, lines):
    name, asked, copied = question(packet)
    records, known = [], False
    for line in lines:
        words = line.split()
        if len(words) < 3 or words[0] != name:
            continue
        known = True
        if words[1] == "SILENT":
            return None
        if TYPES[words[1]] == asked:
            data = pack_data(words[1], words[2:])
            records.append(b"\xc0\x0c" + struct.pack(
                "!HHIH", asked, 1, 60, len(data)) + data)
    flags = 0x8580 if known else 0x8583
    head = packet[:2] + struct.pack("!HHHHH", flags, 1, len(records), 0, 0)
    return head + copied + b"".join(records)


def main(address, path):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind((address, 53))
    print("ready", flush=True)
    while True:
        packet, who = sock.recvfrom(4096)
        with open(path, encoding="ascii") as lines:
            reply = answer(packet, lines)
        if reply is not None:
            sock.sendto(reply, who)


main(*sys.argv[1:])

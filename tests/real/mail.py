# SPDX-License-Identifier: ISC
"""mail.py - a message, as somebody else's parser sees it

What the replay of tests/real/clients compares: fields in their order, values
that mean the same, and the text of each leaf without its encoding.
"""
import email
import email.header
import email.policy
import email.utils
import re

ADDRESSES = {"from", "sender", "to", "cc", "reply-to", "errors-to",
             "resent-from", "resent-sender", "resent-to", "resent-cc",
             "mail-followup-to", "disposition-notification-to"}
ONCE = {"date", "from", "sender", "reply-to", "to", "cc", "message-id",
        "subject", "in-reply-to", "references", "mime-version",
        "content-type", "content-transfer-encoding"}


def split(raw):
    """The fields, [name, value] with folds, and the body."""
    head, gap, body = raw.partition(b"\r\n\r\n")
    if not gap and raw.startswith(b"\r\n"):
        head, body = b"", raw[2:]
    fields = []
    for line in head.split(b"\r\n"):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1][1] += b"\r\n" + line
        elif b":" in line:
            fields.append(line.split(b":", 1))
            fields[-1][0] = fields[-1][0].strip().decode("latin-1")
        elif line:
            raise ValueError("not a field: %r" % line)
    return fields, body


def text(value):
    """Bytes of a value in one line, encoded words read."""
    value = re.sub(rb"[ \t]*\r?\n(?=[ \t])", b"", value).strip()
    try:
        words = value.decode("utf-8")
    except UnicodeDecodeError:
        words = value.decode("latin-1")
    read = ""
    for part, charset in email.header.decode_header(words):
        if isinstance(part, bytes):
            # plain parts come as bytes that were text
            try:
                part = part.decode(charset or "raw-unicode-escape")
            except (LookupError, UnicodeDecodeError):
                part = part.decode("latin-1")
        read += part
    return re.sub(r"\s+", " ", read).strip()


def addresses(words, domain, local):
    """Names and full addresses of a list, bare ones with the domain."""
    found = []
    for name, address in email.utils.getaddresses([words]):
        box, _, host = address.partition("@")
        if not name and not address:
            continue    # some versions find one in an empty field
        if not host:
            box = box.split()[0] if box.split() else ""
        if host.lower() in local or not host:
            host = domain
        found.append((name, box + "@" + host))
    return found


def leaves(raw):
    """What a reader of the message sees: type, file name and text of each."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    found = []
    for part in message.walk():
        if part.is_multipart():
            continue
        data = part.get_payload(decode=True) or b""
        data = re.sub(rb"\r?\n", b"\n", data)
        found.append((part.get_content_type(), part.get_filename(), data))
    return found


def defects(raw):
    """What Python's parser has against it, each field's too."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    found = set()
    for part in message.walk():
        found |= {type(d).__name__ for d in part.defects}
        for name, value in part.items():
            for d in getattr(value, "defects", ()):
                found.add("%s in %s" % (type(d).__name__, name))
    return found

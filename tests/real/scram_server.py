# SPDX-License-Identifier: ISC
"""scram_server.py - aiosmtpd, with libgsasl to judge SCRAM bound to TLS 1.2

    scram_server.py CERT KEY USER PASSWORD PORT

Serves until it is killed; each login that was right is a
line on standard output.
"""
import base64
import ctypes
import logging
import ssl
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, MISSING, SMTP

AUTHID, PASSWORD, ITERATIONS, TLS_UNIQUE = 1, 3, 15, 18
OK, NEEDS_MORE, NO_CALLBACK = 0, 1, 51
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p,
                            ctypes.c_int)
CERT, KEY, USER, SECRET, PORT = sys.argv[1:6]

gsasl = ctypes.CDLL("libgsasl.so.18")
gsasl.gsasl_property_fast.restype = ctypes.c_char_p
gsasl.gsasl_property_fast.argtypes = [ctypes.c_void_p, ctypes.c_int]
gsasl.gsasl_property_set.argtypes = [ctypes.c_void_p, ctypes.c_int,
                                     ctypes.c_char_p]
gsasl.gsasl_callback_set.argtypes = [ctypes.c_void_p, CALLBACK]
gsasl.gsasl_server_start.argtypes = [ctypes.c_void_p, ctypes.c_char_p,
                                     ctypes.c_void_p]
gsasl.gsasl_step.argtypes = [ctypes.c_void_p, ctypes.c_char_p,
                             ctypes.c_size_t, ctypes.c_void_p,
                             ctypes.c_void_p]
context = ctypes.c_void_p()
assert gsasl.gsasl_init(ctypes.byref(context)) == OK


def step(session, heard):
    out, size = ctypes.c_void_p(), ctypes.c_size_t()
    rc = gsasl.gsasl_step(session, heard, len(heard), ctypes.byref(out),
                          ctypes.byref(size))
    return rc, ctypes.string_at(out, size.value) if out else b""


async def scram(server, args):
    mechanism = args[0].upper()
    tls = server.transport.get_extra_info("ssl_object")
    unique = base64.b64encode(tls.get_channel_binding("tls-unique"))

    def answer(_, session, prop):
        known = {PASSWORD: SECRET.encode(), ITERATIONS: b"4096",
                 TLS_UNIQUE: unique}.get(prop)
        if known is None:
            return NO_CALLBACK
        return gsasl.gsasl_property_set(session, prop, known)

    callback = CALLBACK(answer)
    gsasl.gsasl_callback_set(context, callback)
    session = ctypes.c_void_p()
    assert gsasl.gsasl_server_start(context, mechanism.encode(),
                                    ctypes.byref(session)) == OK
    heard = base64.b64decode(args[1]) if len(args) > 1 else b""
    while True:
        rc, say = step(session, heard)
        if rc not in (OK, NEEDS_MORE):
            return AuthResult(success=False, handled=False)
        if rc == NEEDS_MORE or say:
            heard = await server.challenge_auth(say)
            if heard is MISSING:
                return AuthResult(success=False)
        if rc == OK:
            break
    who = gsasl.gsasl_property_fast(session, AUTHID).decode()
    if who != USER:
        return AuthResult(success=False, handled=False)
    print(mechanism, who, tls.version(), flush=True)
    return AuthResult(success=True, auth_data=who)


class Handler:
    async def auth_SCRAM__SHA__1__PLUS(self, server, args):
        return await scram(server, args)

    async def auth_SCRAM__SHA__256__PLUS(self, server, args):
        return await scram(server, args)

    async def handle_DATA(self, server, session, envelope):
        return "250 2.0.0 taken"


logging.disable(logging.CRITICAL)
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(CERT, KEY)
tls.maximum_version = ssl.TLSVersion.TLSv1_2
relay = Controller(Handler(), hostname="127.0.0.1", port=int(PORT),
                   tls_context=tls, require_starttls=True, auth_required=True,
                   auth_exclude_mechanism=["PLAIN", "LOGIN"])
relay.start()
time.sleep(90)

// SPDX-License-Identifier: ISC
/*
 * proxy.h - through a SOCKS5 proxy (RFC 1928, 1929)
 *
 * The proxy looks the name up, so that a host behind it (Tor) needs no name
 * service and tells nobody whom it asks for.
 */
#ifndef MINISMTP_NET_PROXY_H
#define MINISMTP_NET_PROXY_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "net/dial.h"

/*
 * fd is connected to the proxy; after 0 it is connected to host.  Not one
 * byte of what the host says is taken.
 */
int proxy_ask(int fd, const struct dial_policy *p, struct str host, int port,
    int64_t deadline, struct err *e);

#endif

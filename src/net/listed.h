// SPDX-License-Identifier: ISC
/*
 * listed.h - hosts whose addresses stand in /etc/hosts
 *
 * Where that file is what the name service would look into first, there is
 * nobody to wait for and nothing from the network to take apart.
 */
#ifndef MINISMTP_NET_LISTED_H
#define MINISMTP_NET_LISTED_H

#include <stdbool.h>

#include "base/str.h"
#include "net/lookup.h"

/* No: whatever the reason is, the name service has to be asked. */
bool listed_host(const char *host, int port, struct endpoints *p);

/* For listed.c and the tests: the same, from the texts of the two files. */
bool listed_find(struct str order, struct str hosts, const char *host,
    int port, struct endpoints *p);

#endif

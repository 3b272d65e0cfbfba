// SPDX-License-Identifier: ISC
/*
 * hosts.h - /etc/hosts, the names that need no name service
 */
#ifndef MINISMTP_BASE_HOSTS_H
#define MINISMTP_BASE_HOSTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/* Appends the whole file; where it cannot be read there are no such names. */
void hosts_load(struct buf *out);

/*
 * Takes the next host off the front of *hosts: "127.0.1.1" and "vault.lan
 * vault", for str_eat_word().  Comments and empty lines are none.
 */
bool hosts_eat(struct str *hosts, struct str *address, struct str *names);

#endif

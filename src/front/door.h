// SPDX-License-Identifier: ISC
/*
 * door.h - a connection to the drop
 *
 * The drop is a child with one socket as its standard input and output; or,
 * where its setgid bit is void (no_new_privs, a file system mounted nosuid, the
 * bit itself lost), the machine's socket behind which a service manager starts
 * the same program.
 */
#ifndef MINISMTP_FRONT_DOOR_H
#define MINISMTP_FRONT_DOOR_H

#include "base/err.h"
#include "front/options.h"
#include "front/place.h"

/* For one message.  Returns a socket, or -1 with EX_TEMPFAIL. */
int door_open(const struct place *p, enum wait wait, struct err *e);

/* The same for a verb that is about what is there; ids may be NULL. */
int door_ask(const struct place *p, const char *verb, const struct strs *ids,
    struct err *e);

/* A socket to the relay program, with our rights: relay/converse.h. */
int door_converse(const struct place *p, struct err *e);

/*
 * Does the setgid bit count here?  What speaks against it is in why, for a
 * person: "no_new_privs is set".
 */
bool door_is_setgid(const char *drop, struct buf *why);

#endif

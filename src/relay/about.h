// SPDX-License-Identifier: ISC
/*
 * about.h - which program this is, and what is built in
 */
#ifndef MINISMTP_RELAY_ABOUT_H
#define MINISMTP_RELAY_ABOUT_H

#include "relay/question.h"

/*
 * "minismtp 0.1" and, a line each, "libraries: ...", "TLS: ...", "login: ...",
 * "sandbox: ...", "queue: ...", "configuration: ...".
 */
int about_version(const struct question *q);

#endif

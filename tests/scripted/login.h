// SPDX-License-Identifier: ISC
/*
 * login.h - AUTH PLAIN and AUTH LOGIN (RFC 4954, 4616)
 */
#ifndef MINISMTP_TESTS_LOGIN_H
#define MINISMTP_TESTS_LOGIN_H

#include "session.h"

void login_run(struct session *s, struct str args);

#endif

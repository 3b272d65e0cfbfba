// SPDX-License-Identifier: ISC
/*
 * login.h - AUTH (RFC 4954)
 */
#ifndef MINISMTP_TESTS_LOGIN_H
#define MINISMTP_TESTS_LOGIN_H

#include "session.h"

void login_run(struct session *s, struct str args);

#endif

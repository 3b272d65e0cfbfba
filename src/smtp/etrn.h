// SPDX-License-Identifier: ISC
/*
 * etrn.h - ask the relay to send what it holds for us (RFC 1985)
 */
#ifndef MINISMTP_SMTP_ETRN_H
#define MINISMTP_SMTP_ETRN_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "smtp/ehlo.h"
#include "smtp/wire.h"

/* 0 with what the relay will do, in words; or -1. */
int etrn(struct wire *w, const struct ehlo *caps, struct str name,
    struct buf *words, struct err *e);

#endif

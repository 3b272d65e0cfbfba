// SPDX-License-Identifier: ISC
/*
 * put.h - one submission from standard input into the queue
 *
 * Two halves: whoever reads it is in a cell, and reports which message there
 * is now; the other one answers "ok ID" and becomes the relay if that was
 * wanted.
 */
#ifndef MINISMTP_DROP_PUT_H
#define MINISMTP_DROP_PUT_H

#include "guard/cell.h"

cell_fn put_take;

struct drop;
void put_answer(struct drop *d, struct str report);

#endif

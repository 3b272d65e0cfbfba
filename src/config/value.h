// SPDX-License-Identifier: ISC
/*
 * value.h - what a value may look like
 *
 *	time	90s 5m 4h 5d 1w 1h30m, 0 or off
 *	size	2000 100k 25M 1G (of 1024), 0 or off
 *	rate	100/h 25M/d, per s m h d w
 *	truth	yes no true false on off 1 0
 *
 * Each returns false and leaves its output alone where the text is something
 * else.
 */
#ifndef MINISMTP_CONFIG_VALUE_H
#define MINISMTP_CONFIG_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "config/config.h"

bool value_bool(struct str s, bool *value);
bool value_int(struct str s, int64_t *value);
bool value_duration(struct str s, int64_t *seconds);
bool value_size(struct str s, uint64_t *bytes);
bool value_rate(struct str s, struct rate *rate);
/* "host", "host:port", "[v6]:port"; *port is 0 where none is said. */
bool value_host_port(struct str s, struct buf *host, int *port);
/* Everything that relay = may say; why gets words where it is none. */
bool value_relay(struct str s, struct relay *relay, const char **why);

/* And back, as short as it goes. */
void value_print_duration(struct buf *out, int64_t seconds);
void value_print_size(struct buf *out, uint64_t bytes);
void value_print_rate(struct buf *out, const struct rate *rate);

#endif

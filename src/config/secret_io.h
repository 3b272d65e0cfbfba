// SPDX-License-Identifier: ISC
/*
 * secret_io.h - what the places of secret.h share
 */
#ifndef MINISMTP_CONFIG_SECRET_IO_H
#define MINISMTP_CONFIG_SECRET_IO_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/secret.h"

/* Adds all that fd has, at most SECRET_MAX bytes; from is for words. */
int secret_read(int fd, const char *from, struct secret *s, struct err *e);

/* The same with a file that nobody else may see; s is empty on failure. */
int secret_read_private(const char *path, struct secret *s, struct err *e);

/* Only its first line stays; an empty one is an error. */
int secret_keep_line(struct secret *s, const char *from, struct err *e);

/* Can nobody but root and us exchange what is at path? */
int secret_check_parents(const char *path, struct err *e);

bool secret_owner_is_trusted(uid_t uid);

#endif

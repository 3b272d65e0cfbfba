// SPDX-License-Identifier: ISC
/*
 * front.h - what stands behind the names sendmail, mailq and minismtp
 */
#ifndef MINISMTP_FRONT_FRONT_H
#define MINISMTP_FRONT_FRONT_H

/* Everything main() does; returns the exit status. */
int front_run(int argc, char *const *argv);

#endif

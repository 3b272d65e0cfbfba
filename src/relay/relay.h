// SPDX-License-Identifier: ISC
/*
 * relay.h - the program that has the secrets and the network
 */
#ifndef MINISMTP_RELAY_RELAY_H
#define MINISMTP_RELAY_RELAY_H

/* Everything main() does; returns the exit status. */
int relay_main(int argc, char *argv[]);

#endif

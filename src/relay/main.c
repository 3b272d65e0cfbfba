// SPDX-License-Identifier: ISC
/*
 * main.c - the back door
 */
#include "relay/relay.h"

int
main(int argc, char *argv[])
{
	return relay_main(argc, argv);
}

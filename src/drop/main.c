// SPDX-License-Identifier: ISC
/*
 * main.c - the door with the setgid bit
 *
 * It has locked itself up, and whatever a library does at exit is no business
 * of its any more.
 */
#include <unistd.h>

#include "drop/drop.h"

int
main(int argc, char *argv[])
{
	_exit(drop_run(argc, argv));
}

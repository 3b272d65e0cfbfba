// SPDX-License-Identifier: ISC
/*
 * main.c - the door with the setgid bit
 */
#include "drop/drop.h"

int
main(int argc, char *argv[])
{
	return drop_run(argc, argv);
}

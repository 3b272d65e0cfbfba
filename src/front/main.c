// SPDX-License-Identifier: ISC
/*
 * main.c - the front door
 */
#include "front/front.h"

int
main(int argc, char **argv)
{
	return front_run(argc, argv);
}

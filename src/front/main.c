// SPDX-License-Identifier: ISC
/*
 * main.c - the front door
 */
#include <stdio.h>
#include <sysexits.h>

#include "config.h"

int
main(void)
{
	puts(PACKAGE_STRING);
	return EX_OK;
}

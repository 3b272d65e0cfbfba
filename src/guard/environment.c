// SPDX-License-Identifier: ISC
/*
 * environment.c - nobody talks to us through the environment
 */
#include "guard/environment.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

const char *const environment_personal[] = {
	"DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "GNUPGHOME", "GPG_TTY", "HOME",
	"KRB5CCNAME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME",
	"NOTIFY_SOCKET", "NO_COLOR", "PASSWORD_STORE_DIR", "PATH",
	"SSH_AUTH_SOCK", "TERM", "TZ", "USER", "WATCHDOG_USEC",
	"WAYLAND_DISPLAY", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR",
	"XDG_STATE_HOME", NULL
};

static bool
is_kept(const char *variable, const char *const keep[])
{
	for (size_t i = 0; keep != NULL && keep[i] != NULL; i++) {
		size_t n = strlen(keep[i]);

		if (strncmp(variable, keep[i], n) == 0 && variable[n] == '=')
			return true;
	}
	return false;
}

/* In place: no unsetenv(3), which would ask what a name is. */
void
environment_clear(const char *const keep[])
{
	char **to = environ;

	if (environ == NULL)
		return;
	for (char **from = environ; *from != NULL; from++)
		if (is_kept(*from, keep))
			*to++ = *from;
	*to = NULL;
}

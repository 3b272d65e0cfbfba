// SPDX-License-Identifier: ISC
/*
 * front.c - what stands behind the names sendmail, mailq and minismtp
 */
#include "front/front.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "front/ask.h"
#include "front/door.h"
#include "front/help.h"
#include "front/mailq.h"
#include "front/options.h"
#include "front/place.h"
#include "front/queue.h"
#include "front/serve.h"
#include "front/submit.h"
#include "front/verbs.h"
#include "front/version.h"

#define IDLE_MS (5 * 60 * 1000)		/* RFC 5321, 4.5.3.2.7 */

static int
print(void (*text)(struct buf *out), FILE *to)
{
	struct buf out = { 0 };
	int rc;

	text(&out);
	rc = fputs(buf_cstr(&out), to) == EOF || fflush(to) == EOF ?
	    EX_IOERR : EX_OK;
	buf_free(&out);
	return rc;
}

static int
run_submit(const struct options *o)
{
	return submit_run(o, STDIN_FILENO);
}

static int
open_door(void *who, struct err *e)
{
	const struct options *o = who;
	struct place p = { 0 };
	int fd = -1;

	if (place_find(&p, o, e) == 0)
		fd = door_open(&p, o->wait, e);
	place_free(&p);
	return fd;
}

static int
run_serve(const struct options *o)
{
	const struct serve_exit to = { open_door, (void *)o };

	return serve_run(o, STDIN_FILENO, STDOUT_FILENO, &to, IDLE_MS);
}

/* Boot scripts say -bd -q15m and want to hear that all is well. */
static int
run_daemon(const struct options *o)
{
	(void)o;
	fputs("minismtp: there is no daemon: each message is sent at once,"
	    " and what must wait is tried\n"
	    "minismtp: again by minismtp-relay.timer, or by"
	    " 'minismtp-relay --watch' where there is no systemd;\n"
	    "minismtp: sendmail -bD becomes that, in the foreground\n",
	    stderr);
	return EX_OK;
}

static int
run_rewrite(const struct options *o)
{
	(void)o;
	puts("There are no rewriting rules;"
	    " sendmail -bv ADDRESS shows what becomes of an address.");
	return fflush(stdout) == EOF ? EX_IOERR : EX_OK;
}

static int
run_nothing(const struct options *o)
{
	(void)o;
	return EX_OK;
}

static int
run_help(const struct options *o)
{
	(void)o;
	return print(help_all, stdout);
}

static int
run_version(const struct options *o)
{
	struct err e = { 0 };
	int status = EX_OK;

	(void)o;
	if (version_print(&e) < 0) {
		fprintf(stderr, "minismtp: %s\n", buf_cstr(&e.text));
		status = e.code;
	}
	err_clear(&e);
	return status;
}

/*
 * Root, and whoever has a queue of his own, may read the configuration and can
 * run the relay himself; others ask the drop.
 */
static int
run_flush(const struct options *o)
{
	struct place p = { 0 };
	struct err e = { 0 };
	bool own = place_find(&p, o, &e) < 0 || p.personal || getuid() == 0;

	place_free(&p);
	err_clear(&e);
	return own ? ask_relay(o) : queue_flush(o);
}

static int (*const runs[])(const struct options *o) = {
	[MODE_SUBMIT] = run_submit,
	[MODE_SERVE] = run_serve,
	[MODE_LIST] = mailq_run,
	[MODE_COUNT] = mailq_run,
	[MODE_ALIASES] = ask_relay,
	[MODE_VERIFY] = ask_relay,
	[MODE_CHECK] = ask_relay,
	[MODE_FLUSH] = run_flush,
	[MODE_DAEMON] = run_daemon,
	[MODE_WATCH] = ask_relay,
	[MODE_REWRITE] = run_rewrite,
	[MODE_NOTHING] = run_nothing,
	[MODE_HELP] = run_help,
	[MODE_VERSION] = run_version,
};

/*
 * Descriptors 0 to 2 are there, so that nothing else becomes one of them.  A
 * closed standard input must not look like an empty message: reading from what
 * is open only for writing fails as it did before.
 */
static bool
have_descriptors(void)
{
	for (int fd = 0; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) >= 0)
			continue;
		if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDWR) != fd)
			return false;
	}
	return true;
}

static bool
is_minismtp(const char *argv0)
{
	struct str name = str_of(argv0), dir;

	(void)str_cut_last(name, '/', &dir, &name);
	return str_eq(name, STR("minismtp"));
}

int
front_run(int argc, char *const *argv)
{
	struct options o = { 0 };
	struct err e = { 0 };
	int status;

	if (!have_descriptors())
		return EX_OSERR;
	(void)signal(SIGPIPE, SIG_IGN);
	/* The human side: a first word that is no option is a verb. */
	if (argc > 1 && is_minismtp(argv[0]) && argv[1][0] != '-')
		return verbs_run(str_of(argv[1]), argv + 2);
	options_name(&o, argc > 0 ? argv[0] : NULL);
	if (options_parse(&o, argc, argv, &e) < 0) {
		fprintf(stderr, "minismtp: %s\n", buf_cstr(&e.text));
		(void)print(help_usage, stderr);
		status = e.code;
	} else
		status = runs[o.mode](&o);
	options_free(&o);
	err_clear(&e);
	return status;
}

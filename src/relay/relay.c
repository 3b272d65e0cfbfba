// SPDX-License-Identifier: ISC
/*
 * relay.c - the program that has the secrets and the network
 */
#include "relay/relay.h"

#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/xmem.h"
#include "guard/environment.h"
#include "guard/fds.h"
#include "guard/ids.h"
#include "guard/process.h"
#include "queue/spool.h"
#include "relay/converse.h"
#include "relay/options.h"
#include "relay/wake.h"

#define HEAR_MAX (4 * 1024 * 1024)
#define HEAR_OFTEN 64		/* bytes of most: one ID */

/*
 * The machine's queue belongs to an account of its own: root becomes it before
 * anything is read that others have written.
 */
static int
become_owner(const struct run_options *o, struct err *e)
{
	struct spool s = { 0 };
	int rc = 0;

	if (spool_open(&s, o->spool, e) < 0)
		return -1;
	if (s.owner == 0)
		rc = err_set(e, EX_TEMPFAIL, "spool %s: belongs to root: "
		    "cd to it, chown " MAIL_USER ":" MAIL_GROUP
		    " tmp new cur failed", o->spool);
	else
		rc = ids_become(s.owner, s.group, e);
	spool_close(&s);
	return rc;
}

static int
enter_system(struct run_options *o, struct err *e)
{
	/* What a service manager says to its services. */
	static const char *const kept[] = { "CREDENTIALS_DIRECTORY",
	    "NOTIFY_SOCKET", "WATCHDOG_USEC", NULL };

	environment_clear(kept);
	o->config = SYSCONFDIR "/minismtp.conf";
	o->spool = SPOOLDIR;
	return geteuid() == 0 ? become_owner(o, e) : 0;
}

static int
enter(struct run_options *o, struct err *e)
{
	if (fds_clean(e) < 0)
		return -1;
	if (o->config == NULL)
		return enter_system(o, e);
	o->personal = true;
	if (ids_give_back(e) < 0)
		return -1;
	environment_clear(environment_personal);
	return 0;
}

/*
 * Where there is no queue yet, root talks to the relay himself, from the
 * sandbox of a courier.
 */
static int
enter_converse(struct options *o, struct err *e)
{
	if (o->question.personal || geteuid() != 0 ||
	    access(SPOOLDIR, F_OK) < 0)
		return 0;
	o->run.spool = SPOOLDIR;
	return become_owner(&o->run, e);
}

/* Who asks is told what he may know: root all, others what they can read. */
static int
enter_question(struct options *o, struct err *e)
{
	if (fds_clean(e) < 0 || ids_give_back(e) < 0)
		return -1;
	o->question.personal = o->run.config != NULL;
	o->question.config = o->question.personal ? o->run.config :
	    SYSCONFDIR "/minismtp.conf";
	o->question.spool = o->question.personal ? o->run.spool : SPOOLDIR;
	environment_clear(environment_personal);
	return o->answer == converse ? enter_converse(o, e) : 0;
}

/*
 * The drop names them when they are safe, and nothing where there are none.
 * Before that nobody wants to hear of us.
 */
static int
hear(struct orders *o, struct err *e)
{
	struct buf text = { 0 };
	struct str rest, line;
	int rc = 0;

	if (!o->to_hear)
		return 0;
	(void)buf_room(&text, HEAR_OFTEN);
	rc = fd_read_all(STDIN_FILENO, &text, HEAR_MAX, e);
	rest = buf_str(&text);
	while (rc == 0 && str_eat_line(&rest, &line)) {
		o->id = xgrow(o->id, o->ids, sizeof(*o->id));
		if (!id_parse(line, &o->id[o->ids++]))
			rc = err_set(e, EX_USAGE, "--deliver: not an ID");
	}
	buf_free(&text);
	return rc < 0 ? -1 : fds_null(STDIN_FILENO, e);
}

/* The drop had a submission that came to nothing. */
static bool
is_in_vain(const struct orders *o)
{
	return o->only_these && o->ids == 0;
}

static int
prepare(struct options *o, int argc, char *argv[], struct err *e)
{
	if (options_parse(o, argc, argv, e) < 0)
		return -1;
	if (o->asks_nothing)
		return 0;
	if (process_reset(e) < 0 || hear(&o->run.orders, e) < 0)
		return -1;
	if (is_in_vain(&o->run.orders))
		return 0;
	return o->answer == NULL ? enter(&o->run, e) : enter_question(o, e);
}

int
relay_main(int argc, char *argv[])
{
	struct options o = { 0 };
	struct err e = { 0 };
	int status;

	if (prepare(&o, argc, argv, &e) < 0) {
		fprintf(stderr, "minismtp-relay: %s\n", buf_cstr(&e.text));
		report_send(&o.run.orders.report, "done", "%d %s", EX_TEMPFAIL,
		    buf_cstr(&e.text));
		status = e.code;
	} else if (is_in_vain(&o.run.orders)) {
		status = EX_OK;
	} else if (o.answer != NULL) {
		status = o.answer(&o.question);
	} else if (o.wake != NULL) {
		/* Locked up: as a courier, who has no business at exit. */
		_exit(wake(&o.run, o.wake));
	} else {
		status = run(&o.run);
	}
	options_free(&o);
	err_clear(&e);
	return status;
}

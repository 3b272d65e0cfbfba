// SPDX-License-Identifier: ISC
/*
 * session.c - one connection to the scripted relay, from hello to goodbye
 */
#include "session.h"

#include <stdlib.h>

#include "base/xmem.h"
#include "script.h"
#include "tls.h"
#include "verbs.h"

/*
 * The commands that must be the last of a flight (RFC 2920, 3.1), and all of
 * them where PIPELINING was not offered.
 */
static void
watch_the_flight(struct session *s, struct str command)
{
	static const char *const last[] = { "EHLO", "HELO", "DATA", "AUTH",
	    "STARTTLS", "QUIT", "NOOP", "VRFY" };
	struct str verb, rest = command;

	if (!stream_has_more(&s->stream))
		return;
	if (!str_eat_until(&rest, ' ', &verb))
		verb = command;
	if (!verbs_offered(s, "PIPELINING"))
		record_problem(&s->record,
		    "more came behind %.*s, and no PIPELINING was offered",
		    STR_ARGS(verb));
	for (size_t i = 0; i < sizeof(last) / sizeof(last[0]); i++)
		if (str_ieq(verb, str_of(last[i])))
			record_problem(&s->record,
			    "more came behind %s without waiting", last[i]);
}

void
session_default(struct session *s)
{
	s->ruled = 0;
	verbs_run(s, s->command);
	if (s->ruled == 0)
		s->ruled = '-';		/* answered: not once more */
}

void
session_answer(struct session *s, struct str command)
{
	char *own = xstrdup(command);
	const struct rule *rule;
	struct str outer = s->command;

	s->command = str_of(own);
	s->ruled = 0;
	rule = script_rule(s, s->command);
	if (rule != NULL) {
		script_run(s, &rule->steps);
		if (s->ruled == 0)
			s->ruled = '-';
	}
	if (!s->done && s->ruled != '-')
		verbs_run(s, s->command);
	s->ruled = 0;
	s->command = outer;
	free(own);
}

void
session_run(struct session *s)
{
	struct str line;

	s->stream.record = &s->record;
	s->stream.delay = s->set->delay;
	s->part = script_part(s->set->script, s->record.connection);
	if (s->part != NULL && s->part->rules > 0)
		s->fired = xcalloc(s->part->rules, sizeof(*s->fired));
	if (s->set->tls == TLS_AT_ONCE && !tls_accept(&s->stream))
		s->done = true;
	if (!s->done && s->part != NULL && s->part->steps.count > 0)
		script_run(s, &s->part->steps);
	else if (!s->done)
		session_answer(s, STR("connect"));
	while (!s->done && !s->stream.over && stream_line(&s->stream, &line)) {
		record_line(&s->record, '>', line);
		watch_the_flight(s, line);
		session_answer(s, line);
	}
	stream_close(&s->stream);
	record_close(&s->record, s->stream.flights);
	buf_free(&s->login);
	buf_free(&s->envelope);
	free(s->fired);
}

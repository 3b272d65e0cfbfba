// SPDX-License-Identifier: ISC
/*
 * login.c - AUTH: PLAIN, LOGIN and OAuth here, the others by libgsasl
 */
#include "login.h"

#include "base/base64.h"
#include "base/table.h"
#include "sasl.h"
#include "verbs.h"

/* Has the other side sent something readable?  If not, it has our answer. */
static bool
decode(struct session *s, struct str text, struct buf *out)
{
	buf_reset(out);
	if (str_eq(text, STR("*")))
		(void)verbs_reply(s, "501 5.0.0 as you like");
	else if (str_eq(text, STR("=")) || base64_decode(out, text))
		return true;
	else
		(void)verbs_reply(s, "501 5.5.2 that is not base64");
	return false;
}

static bool
ask(struct session *s, const char *prompt, struct buf *out)
{
	struct str line;

	if (verbs_reply(s, "334 %s", prompt) != '3' ||
	    !stream_line(&s->stream, &line))
		return false;
	record_line(&s->record, '>', line);
	return decode(s, line, out);
}

static void
decide(struct session *s, struct str user, struct str password)
{
	if (!str_eq(user, str_of(s->set->user)) ||
	    !str_eq(password, str_of(s->set->password)))
		(void)verbs_reply(s, "535 5.7.8 authentication failed");
	else if (verbs_reply(s, "235 2.7.0 welcome") == '2')
		buf_set(&s->login, user);
}

static void
plain(struct session *s, struct str initial)
{
	struct buf all = { 0 };
	struct str password, who, user;

	if (initial.len > 0 ? decode(s, initial, &all) : ask(s, "", &all)) {
		password = buf_str(&all);
		if (str_eat_until(&password, '\0', &who) &&
		    str_eat_until(&password, '\0', &user))
			decide(s, user, password);
		else
			(void)verbs_reply(s, "501 5.5.2 that is not PLAIN");
	}
	buf_free(&all);
}

static void
in_two(struct session *s, struct str initial)
{
	struct buf user = { 0 }, password = { 0 };

	if ((initial.len > 0 ? decode(s, initial, &user) :
	    ask(s, "VXNlcm5hbWU6", &user)) &&
	    ask(s, "UGFzc3dvcmQ6", &password))
		decide(s, buf_str(&user), buf_str(&password));
	buf_free(&user);
	buf_free(&password);
}

/* A no comes in JSON, and after an answer to that once more. */
static void
decide_token(struct session *s, struct str user, struct str token)
{
	struct buf words = { 0 }, ignored = { 0 };

	if (str_eq(user, str_of(s->set->user)) &&
	    str_eq(token, str_of(s->set->password))) {
		decide(s, user, token);
		return;
	}
	base64_encode(&words, STR("{\"status\":\"invalid_token\","
	    "\"scope\":\"mail\"}"));
	if (ask(s, buf_cstr(&words), &ignored))
		decide(s, user, token);
	buf_free(&words);
	buf_free(&ignored);
}

/* user=NAME^Aauth=Bearer TOKEN^A^A */
static void
xoauth2(struct session *s, struct str initial)
{
	struct buf all = { 0 };
	struct str in, user, token;

	if (initial.len > 0 ? decode(s, initial, &all) : ask(s, "", &all)) {
		in = buf_str(&all);
		if (str_eat(&in, STR("user=")) &&
		    str_eat_until(&in, '\1', &user) &&
		    str_eat(&in, STR("auth=Bearer ")) &&
		    str_eat_until(&in, '\1', &token) &&
		    str_eq(in, STR("\1")))
			decide_token(s, user, token);
		else
			(void)verbs_reply(s, "501 5.5.2 that is not XOAUTH2");
	}
	buf_free(&all);
}

/* n,a=NAME,^Ahost=HOST^Aauth=Bearer TOKEN^A^A (RFC 7628) */
static void
oauthbearer(struct session *s, struct str initial)
{
	struct buf all = { 0 };
	struct str in, user, host, token;

	if (initial.len > 0 ? decode(s, initial, &all) : ask(s, "", &all)) {
		in = buf_str(&all);
		if (str_eat(&in, STR("n,a=")) &&
		    str_eat_until(&in, ',', &user) &&
		    str_eat(&in, STR("\1host=")) &&
		    str_eat_until(&in, '\1', &host) &&
		    str_eat(&in, STR("auth=Bearer ")) &&
		    str_eat_until(&in, '\1', &token) &&
		    str_eq(in, STR("\1")))
			decide_token(s, user, token);
		else
			(void)verbs_reply(s, "501 5.5.2 that is not "
			    "OAUTHBEARER");
	}
	buf_free(&all);
}

/* Where there is no function libgsasl has it. */
static const struct mechanism {
	const char *name;
	void (*run)(struct session *s, struct str initial);
} mechanisms[] = {
	{ "CRAM-MD5", NULL },
	{ "EXTERNAL", NULL },
	{ "LOGIN", in_two },
	{ "OAUTHBEARER", oauthbearer },
	{ "PLAIN", plain },
	{ "SCRAM-SHA-1", NULL },
	{ "SCRAM-SHA-1-PLUS", NULL },
	{ "SCRAM-SHA-256", NULL },
	{ "SCRAM-SHA-256-PLUS", NULL },
	{ "XOAUTH2", xoauth2 },
};

static bool
is_offered(const struct session *s, struct str name)
{
	struct str word, list = str_of(s->set->mechanisms);

	while (str_eat_word(&list, &word))
		if (str_ieq(word, name))
			return true;
	return false;
}

void
login_run(struct session *s, struct str args)
{
	const struct mechanism *m;
	struct str name;

	if (!str_eat_until(&args, ' ', &name)) {
		name = args;
		args = STR("");
	}
	m = TABLE_IFIND(mechanisms, name);
	if (m == NULL || !is_offered(s, name))
		(void)verbs_reply(s, "504 5.5.4 no such mechanism");
	else if (m->run != NULL)
		m->run(s, args);
	else
		sasl_run(s, m->name, args);
}

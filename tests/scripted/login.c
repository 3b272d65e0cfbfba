// SPDX-License-Identifier: ISC
/*
 * login.c - AUTH PLAIN and AUTH LOGIN (RFC 4954, 4616)
 */
#include "login.h"

#include "base/base64.h"
#include "base/table.h"
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

static const struct mechanism {
	const char *name;
	void (*run)(struct session *s, struct str initial);
} mechanisms[] = {
	{ "LOGIN", in_two },
	{ "PLAIN", plain },
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
	else
		m->run(s, args);
}

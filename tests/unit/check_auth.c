// SPDX-License-Identifier: ISC
/*
 * check_auth.c - AUTH: the right answers, and the wrong relays
 *
 * The wire is a fake in here: what is said goes straight to a server, which is
 * libgsasl's, or a script that lies.
 */
#include "run.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include <gsasl.h>

#include "base/base64.h"
#include "base/table.h"
#include "net/tls.h"
#include "smtp/auth.h"
#include "smtp/reply.h"
#include "smtp/scram.h"

#define USER "jo,=e"
#define PASSWORD "pa\"ss w\xc3\xb6rd"
#define BINDING "0123456789abcdef0123456789abcdef"

/* -- the wire ------------------------------------------------------------- */

/* Changes what the server says, decoded; 0: leaves it. */
typedef int twist(int step, struct buf *text);

static struct server {
	Gsasl *context;
	Gsasl_session *session;
	bool done;		/* and waits for the empty line */
	const char *const *script;	/* instead: replies, one a line */
	twist *twist;
	int step;
	const char *binding;	/* the server's own idea of it */
	const char *name;
	struct buf open, hidden, last;	/* lines said, and said in secret */
	int lines;
} server;

static const char *bound;	/* what tls_binding() answers; NULL: no TLS */

bool
tls_binding(struct conn *c, const char **name, struct buf *bytes)
{
	(void)c;
	if (bound == NULL)
		return false;
	*name = bound;
	buf_set(bytes, STR(BINDING));
	return true;
}

void
wire_say(struct wire *w, struct str line)
{
	(void)w;
	buf_add(&server.open, line);
	buf_putc(&server.open, '\n');
	buf_set(&server.last, line);
	server.lines++;
}

void
wire_say_secret(struct wire *w, struct secret *line)
{
	(void)w;
	buf_add(&server.hidden, secret_reveal(line));
	buf_putc(&server.hidden, '\n');
	buf_set(&server.last, secret_reveal(line));
	secret_free(line);
	server.lines++;
}

/* -- libgsasl's server ---------------------------------------------------- */

static int
on_property(Gsasl *context, Gsasl_session *session, Gsasl_property prop)
{
	struct buf text = { 0 };

	(void)context;
	switch ((int)prop) {
	case GSASL_PASSWORD:
		gsasl_property_set(session, prop, PASSWORD);
		return GSASL_OK;
	case GSASL_VALIDATE_EXTERNAL:
		return strcmp(gsasl_property_fast(session, GSASL_AUTHZID),
		    USER) == 0 ? GSASL_OK : GSASL_AUTHENTICATION_ERROR;
	case GSASL_CB_TLS_EXPORTER:
	case GSASL_CB_TLS_UNIQUE:
		if (server.binding == NULL || strcmp(server.name, prop ==
		    GSASL_CB_TLS_EXPORTER ? "tls-exporter" : "tls-unique"))
			return GSASL_NO_CALLBACK;
		base64_encode(&text, str_of(server.binding));
		gsasl_property_set(session, prop, buf_cstr(&text));
		buf_free(&text);
		return GSASL_OK;
	default:
		return GSASL_NO_CALLBACK;
	}
}

static void
reply_set(struct reply *r, int code, const char *text)
{
	r->code = code;
	r->lines = 1;
	buf_set(&r->text, str_of(text));
}

static void
challenge(struct reply *r, const char *text)
{
	struct buf bytes = { 0 }, letters = { 0 };

	ck_assert(base64_decode(&bytes, str_of(text)));
	if (server.twist != NULL) {
		int code = server.twist(server.step, &bytes);

		if (code != 0) {
			reply_set(r, code, "2.7.0 welcome");
			goto out;
		}
	}
	base64_encode(&letters, buf_str(&bytes));
	reply_set(r, 334, buf_cstr(&letters));
out:
	buf_free(&bytes);
	buf_free(&letters);
}

static void
serve(struct reply *r)
{
	struct str line = buf_str(&server.last), name;
	struct buf in = { 0 };
	char *out = NULL;
	int rc;

	if (str_eq(line, STR("*"))) {
		reply_set(r, 501, "5.7.0 cancelled");
		return;
	}
	if (server.done) {
		ck_assert_uint_eq(line.len, 0);
		reply_set(r, 235, "2.7.0 welcome");
		return;
	}
	if (str_eat(&line, STR("AUTH "))) {
		ck_assert(str_eat_word(&line, &name));
		buf_set(&in, name);
		if (server.session != NULL)
			gsasl_finish(server.session);
		ck_assert_int_eq(gsasl_server_start(server.context,
		    buf_cstr(&in), &server.session), GSASL_OK);
	}
	buf_set(&in, line);
	rc = gsasl_step64(server.session, buf_cstr(&in), &out);
	server.step++;
	if (rc == GSASL_NEEDS_MORE || (rc == GSASL_OK && out[0] != '\0')) {
		server.done = rc == GSASL_OK;
		challenge(r, out);
	} else if (rc == GSASL_OK)
		reply_set(r, 235, "2.7.0 welcome");
	else
		reply_set(r, 535, "5.7.8 no");
	gsasl_free(out);
	buf_free(&in);
}

int
wire_hear(struct wire *w, struct reply *r, struct err *e)
{
	struct str line;
	int code;

	(void)w;
	reply_reset(r);
	if (server.script == NULL) {
		serve(r);
		return 0;
	}
	if (*server.script == NULL)
		return err_set(e, EX_TEMPFAIL, "the script is at its end");
	line = str_of(*server.script);
	if (server.script[1] != NULL ||
	    strcmp(*server.script, "334 again") != 0)
		server.script++;
	else
		line = STR("334 YWdhaW4=");
	ck_assert(str_eat_digits(&line, 3, &code));
	reply_set(r, code, line.len > 0 ? line.ptr + 1 : "");
	return 0;
}

static void
set_up(void)
{
	server = (struct server){ .binding = BINDING, .name = "tls-exporter" };
	bound = NULL;
	ck_assert_int_eq(gsasl_init(&server.context), GSASL_OK);
	gsasl_callback_set(server.context, on_property);
}

static void
tear_down(void)
{
	if (server.session != NULL)
		gsasl_finish(server.session);
	gsasl_done(server.context);
	buf_free(&server.open);
	buf_free(&server.hidden);
	buf_free(&server.last);
}

static int
login_as(const char *mechanism, const char *offered, const char *password,
    bool external, struct err *e)
{
	struct wire w = { 0 };
	struct login l = { .external = external };
	int rc;

	buf_puts(&l.user, USER);
	buf_puts(&l.host, "smtp.example.com");
	buf_puts(&l.mechanism, mechanism);
	if (password != NULL)
		secret_set(&l.password, str_of(password));
	rc = auth_login(&w, str_of(offered), &l, e);
	secret_free(&l.password);
	buf_free(&l.user);
	buf_free(&l.host);
	buf_free(&l.mechanism);
	return rc;
}

/* -- right ---------------------------------------------------------------- */

static const struct good {
	const char *name, *bound, *open;
	bool external;
} goods[] = {
	{ "PLAIN", NULL, "", false },
	{ "LOGIN", NULL, "AUTH LOGIN\n", false },
	{ "CRAM-MD5", NULL, "AUTH CRAM-MD5\n", false },
	{ "SCRAM-SHA-1", NULL, "", false },
	{ "SCRAM-SHA-256", NULL, "", false },
	{ "SCRAM-SHA-1-PLUS", "tls-unique", "", false },
	{ "SCRAM-SHA-256-PLUS", "tls-unique", "", false },
	{ "SCRAM-SHA-256-PLUS", "tls-exporter", "", false },
	{ "SCRAM-SHA-1-PLUS", "tls-exporter", "", false },
	{ "SCRAM-SHA-256", "tls-exporter", "", false },
	{ "EXTERNAL", NULL, "", true },
};

START_TEST(a_mechanism_succeeds_and_shows_no_secret)
{
	const struct good *g = &goods[_i];
	struct err e = { 0 };

	set_up();
	bound = g->bound;
	if (g->bound != NULL)
		server.name = g->bound;
	/* "y" is only said where the server could not have bound. */
	if (strstr(g->name, "PLUS") == NULL)
		server.binding = NULL;
	ck_assert_msg(login_as(g->name, g->name, PASSWORD, g->external,
	    &e) == 0, "%s: %s", g->name, buf_cstr(&e.text));
	ck_assert_str_eq(buf_cstr(&server.open), g->open);
	/* And again with another password. */
	if (!g->external) {
		server.done = false;
		ck_assert_int_eq(login_as(g->name, g->name, "wrong", false,
		    &e), -1);
		ck_assert_int_eq(e.smtp, 535);
		ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text),
		    "password is wrong"));
	}
	err_clear(&e);
	tear_down();
}
END_TEST

START_TEST(the_binding_must_be_of_this_connection)
{
	struct err e = { 0 };

	set_up();
	bound = "tls-exporter";
	server.binding = "ffffffffffffffffffffffffffffffff";
	ck_assert_int_eq(login_as("auto", "SCRAM-SHA-256-PLUS PLAIN", PASSWORD,
	    false, &e), -1);
	ck_assert_int_eq(e.smtp, 535);
	err_clear(&e);
	tear_down();
}
END_TEST

/* -- which ---------------------------------------------------------------- */

static const struct choice {
	const char *wish, *offered;
	bool password, external, tls;
	const char *takes, *says;	/* one of them */
	int code;
} choices[] = {
	{ "auto", "LOGIN PLAIN", true, false, true, "PLAIN", NULL, 0 },
	{ "", "LOGIN", true, false, true, "LOGIN", NULL, 0 },
	{ "auto", "login plain", true, false, true, "PLAIN", NULL, 0 },
	{ "auto", "PLAIN CRAM-MD5", true, false, true, "CRAM-MD5", NULL, 0 },
	{ "AUTO", "PLAIN SCRAM-SHA-1 SCRAM-SHA-256", true, false, true,
	    "SCRAM-SHA-256", NULL, 0 },
	{ "auto", "SCRAM-SHA-256 SCRAM-SHA-1-PLUS", true, false, true,
	    "SCRAM-SHA-1-PLUS", NULL, 0 },
	{ "auto", "SCRAM-SHA-256-PLUS SCRAM-SHA-1", true, false, false,
	    "SCRAM-SHA-1", NULL, 0 },
	{ "auto", "EXTERNAL PLAIN", true, true, true, "PLAIN", NULL, 0 },
	{ "auto", "EXTERNAL PLAIN", false, true, true, "EXTERNAL", NULL, 0 },
	{ "external", "EXTERNAL PLAIN", true, true, true, "EXTERNAL", NULL,
	    0 },
	{ "auto", "XOAUTH2 PLAIN", true, false, true, "PLAIN", NULL, 0 },
	{ "XOAUTH2", "XOAUTH2 PLAIN", true, false, true, "XOAUTH2", NULL, 0 },
	{ "auto", "", true, false, true, NULL, "does not offer AUTH",
	    EX_PROTOCOL },
	{ "auto", "PLAINX XPLAIN NTLM", true, false, true, NULL,
	    "none of that", EX_PROTOCOL },
	{ "auto", "XOAUTH2", true, false, true, NULL, "auth = \"XOAUTH2\"",
	    EX_PROTOCOL },
	{ "auto", "PLAIN", false, false, true, NULL, "no password",
	    EX_PROTOCOL },
	{ "LOGIN", "PLAIN LOGINX", true, false, true, NULL,
	    "does not offer AUTH LOGIN", EX_PROTOCOL },
	{ "PLAN", "PLAIN", true, false, true, NULL, "is it PLAIN", EX_CONFIG },
	{ "EXTERNAL", "EXTERNAL", true, false, true, NULL, "tls_cert",
	    EX_CONFIG },
	{ "PLAIN", "PLAIN", false, false, true, NULL, "needs a password",
	    EX_CONFIG },
	{ "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256-PLUS", true, false, false,
	    NULL, "needs TLS", EX_CONFIG },
};

START_TEST(the_strongest_that_fits_or_the_one_named)
{
	static const char *const no[] = { "535 5.7.8 no", NULL };
	const struct choice *c = &choices[_i];
	struct buf begins = { 0 };
	struct err e = { 0 };
	const char *said;

	set_up();
	server.script = no;
	bound = c->tls ? "tls-exporter" : NULL;
	ck_assert_int_eq(login_as(c->wish, c->offered, c->password ? "secret" :
	    NULL, c->external, &e), -1);
	said = server.hidden.len > 0 ? buf_cstr(&server.hidden) :
	    buf_cstr(&server.open);
	if (c->takes == NULL) {
		ck_assert_int_eq(server.lines, 0);
		ck_assert_msg(strstr(buf_cstr(&e.text), c->says) != NULL, "%s",
		    buf_cstr(&e.text));
		ck_assert_int_eq(e.code, c->code);
		ck_assert(err_is_temporary(&e));
	} else {
		buf_printf(&begins, "AUTH %s", c->takes);
		ck_assert_msg(strncmp(said, buf_cstr(&begins), begins.len) ==
		    0 && (said[begins.len] == ' ' || said[begins.len] ==
		    '\n'), "%s", said);
		ck_assert_int_eq(server.lines, 1);	/* and no second try */
	}
	buf_free(&begins);
	err_clear(&e);
	tear_down();
}
END_TEST

START_TEST(off_is_off)
{
	struct err e = { 0 };

	set_up();
	ck_assert_int_eq(login_as("off", "PLAIN", "secret", false, &e), 0);
	ck_assert_int_eq(server.lines, 0);
	tear_down();
}
END_TEST

/* -- exactly -------------------------------------------------------------- */

static const struct exact {
	const char *mechanism, *password;
	const char *script[6];
	const char *hidden;	/* decoded where it begins with "AUTH" */
	const char *says;	/* NULL: it succeeds */
	int smtp, lines;
} exacts[] = {
	{ "PLAIN", "secret", { "235 ok" },
	    "AUTH PLAIN AGpvLD1lAHNlY3JldA==\n", NULL, 0, 1 },
	{ "LOGIN", "secret", { "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6",
	    "235 ok" }, "am8sPWU=\nc2VjcmV0\n", NULL, 0, 3 },
	{ "LOGIN", "secret", { "334", "334 ", "235 ok" },
	    "am8sPWU=\nc2VjcmV0\n", NULL, 0, 3 },
	{ "LOGIN", "secret", { "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6",
	    "334 YWdhaW4=", "501 ok" }, NULL, "once more", 0, 4 },
	{ "LOGIN", "secret", { "334 no base64", "501 ok" }, "", "no base64",
	    0, 2 },
	{ "LOGIN", "secret", { "334 VXNlcm5hbWU", "501 ok" }, "", "no base64",
	    0, 2 },
	{ "PLAIN", "secret", { "454 4.7.0 later" }, NULL, "for now", 454, 1 },
	{ "PLAIN", "secret", { "250 ok" }, NULL, "means nothing", 0, 1 },
	{ "PLAIN", "secret", { "334 ", "501 ok" }, NULL, "once more", 0, 2 },
	{ "PLAIN", "secret", { "535-5.7.8 see "
	    "https://support.google.com/mail/?p=BadCredentials" }, NULL,
	    "app password", 535, 1 },
	{ "PLAIN", "secret", { "535 5.7.139 Authentication unsuccessful, "
	    "SmtpClientAuthentication is disabled for the Tenant." }, NULL,
	    "Set-CASMailbox", 535, 1 },
	{ "PLAIN", "secret", { "550 5.7.30 Basic authentication is not "
	    "supported for Client Submission." }, NULL, "XOAUTH2", 550, 1 },
	{ "PLAIN", "secret", { "535 5.7.8 Error: authentication failed: This "
	    "user does not have access rights to this service" }, NULL,
	    "Yandex", 535, 1 },
	{ "PLAIN", "secret", { "535 5.0.0 NEOBHODIM parol prilozheniya" },
	    NULL, "Mail.ru", 535, 1 },
	{ "PLAIN", "secret", { "535 \x1b[2J evil" }, NULL, "\\e[2J", 535, 1 },
	{ "XOAUTH2", "tok", { "235 ok" },
	    "AUTH XOAUTH2 dXNlcj1qbyw9ZQFhdXRoPUJlYXJlciB0b2sBAQ==\n", NULL,
	    0, 1 },
	{ "XOAUTH2", "tok", { "334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoi"
	    "QmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ==",
	    "535 5.7.8 no" }, NULL, "expired or was revoked: a new one is "
	    "needed (status 401), its scope must be https://mail.google.com/",
	    535, 2 },
	{ "XOAUTH2", "tok", { "334 bm90IGpzb24=", "535 no" }, NULL,
	    "the token is refused", 535, 2 },
	{ "XOAUTH2", "tok", { "334 bm90IGpzb24=", "334 bm90IGpzb24=",
	    "501 ok" }, NULL, "once more", 0, 3 },
	{ "OAUTHBEARER", "tok", { "235 ok" },
	    "AUTH OAUTHBEARER bixhPWpvPTJDPTNEZSwBaG9zdD1zbXRwLmV4YW1wbGUu"
	    "Y29tAWF1dGg9QmVhcmVyIHRvawEB\n", NULL, 0, 1 },
	{ "OAUTHBEARER", "tok", { "334 eyJzdGF0dXMiOiAiaW52YWxpZF90b2tlbiJ9",
	    "535 5.7.8 no" }, NULL, "status invalid_token", 535, 2 },
	{ "SCRAM-SHA-256", "secret", { "235 ok" }, NULL, "without having "
	    "proved", 0, 1 },
	{ "SCRAM-SHA-256", "secret", { "334 cj1hYmMscz1hYmNkLGk9NDA5Ng==",
	    "501 ok" }, NULL, "does not extend", 0, 2 },
	{ "SCRAM-SHA-256", "secret", { "334 bT14LHI9YWJj", "501 ok" }, NULL,
	    "extension", 0, 2 },
	{ "SCRAM-SHA-256", "secret", { "334 ", "501 ok" }, NULL,
	    "malformed", 0, 2 },
	{ "CRAM-MD5", "secret", { "334 ", "501 ok" }, NULL, "empty", 0, 2 },
	{ "CRAM-MD5", "tanstaaftanstaaf", {
	    "334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+",
	    "235 ok" },		/* RFC 2195, but for the name */
	    "am8sPWUgYjkxM2E2MDJjN2VkYTdhNDk1YjRlNmU3MzM0ZDM4OTA=\n", NULL, 0,
	    2 },
	{ "PLAIN", "secret", { NULL }, NULL, "at its end", 0, 1 },
};

START_TEST(a_dialogue_is_exactly_this)
{
	const struct exact *x = &exacts[_i];
	struct err e = { 0 };
	int rc;

	set_up();
	server.script = x->script;
	rc = login_as(x->mechanism, x->mechanism, x->password, false, &e);
	ck_assert_msg((rc == 0) == (x->says == NULL), "%s",
	    buf_cstr(&e.text));
	if (x->hidden != NULL)
		ck_assert_str_eq(buf_cstr(&server.hidden), x->hidden);
	if (rc < 0) {
		ck_assert_msg(strstr(buf_cstr(&e.text), x->says) != NULL,
		    "%s", buf_cstr(&e.text));
		ck_assert_int_eq(e.smtp, x->smtp);
		ck_assert_ptr_null(strstr(buf_cstr(&e.text), "secret"));
	}
	ck_assert_int_eq(server.lines, x->lines);
	err_clear(&e);
	tear_down();
}
END_TEST

START_TEST(a_relay_that_asks_for_ever_is_left)
{
	static const char *const again[] = { "334 again", NULL };
	struct err e = { 0 };

	set_up();
	server.script = again;
	ck_assert_int_eq(login_as("LOGIN", "LOGIN", "secret", false, &e), -1);
	ck_assert_int_le(server.lines, 12);
	ck_assert(err_is_temporary(&e));
	err_clear(&e);
	tear_down();
}
END_TEST

START_TEST(a_long_token_waits_for_its_turn)
{
	static const char *const script[] = { "334 Go on, please", "235 ok",
		NULL };
	struct buf token = { 0 };
	struct err e = { 0 };

	set_up();
	server.script = script;
	for (int i = 0; i < 2000; i++)
		buf_putc(&token, 'x');
	ck_assert_int_eq(login_as("XOAUTH2", "XOAUTH2", buf_cstr(&token),
	    false, &e), 0);
	ck_assert_str_eq(buf_cstr(&server.open), "AUTH XOAUTH2\n");
	ck_assert_uint_gt(server.hidden.len, 2000);
	for (int i = 0; i < 8000; i++)
		buf_putc(&token, 'x');
	server.script = script;
	ck_assert_int_eq(login_as("XOAUTH2", "XOAUTH2", buf_cstr(&token),
	    false, &e), -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "longer"));
	buf_free(&token);
	err_clear(&e);
	tear_down();
}
END_TEST

/* -- relays that lie in SCRAM --------------------------------------------- */

static void
replace(struct buf *text, const char *from, const char *to)
{
	char *at = strstr(buf_cstr(text), from);
	struct buf all = { 0 };

	ck_assert_ptr_nonnull(at);
	buf_add(&all, (struct str){ text->data, (size_t)(at - text->data) });
	buf_puts(&all, to);
	buf_puts(&all, at + strlen(from));
	buf_set(text, buf_str(&all));
	buf_free(&all);
}

static int
few(int step, struct buf *text)
{
	if (step == 1)
		replace(text, "i=4096", "i=4095");
	return 0;
}

static int
many(int step, struct buf *text)
{
	if (step == 1)
		replace(text, "i=4096", "i=1000001");
	return 0;
}

static int
endless(int step, struct buf *text)
{
	if (step == 1)
		replace(text, "i=4096", "i=99999999999999999999999");
	return 0;
}

static int
same_nonce(int step, struct buf *text)
{
	if (step == 1) {
		struct str in = buf_str(text), nonce;
		struct buf all = { 0 };

		ck_assert(str_eat_until(&in, ',', &nonce));
		buf_add(&all, str_head(nonce, 2 + 32));
		buf_putc(&all, ',');
		buf_add(&all, in);
		buf_set(text, buf_str(&all));
		buf_free(&all);
	}
	return 0;
}

static int
other_nonce(int step, struct buf *text)
{
	if (step == 1)
		text->data[2] = text->data[2] == 'A' ? 'B' : 'A';
	return 0;
}

static int
no_salt(int step, struct buf *text)
{
	if (step == 1) {
		char *at = strstr(text->data, ",s=");

		buf_cut(text, (size_t)(at - text->data));
		buf_puts(text, ",s=,i=4096");
	}
	return 0;
}

static int
wrong_signature(int step, struct buf *text)
{
	if (step == 2)
		text->data[2] = text->data[2] == 'A' ? 'B' : 'A';
	return 0;
}

static int
no_signature(int step, struct buf *text)
{
	if (step == 2)
		buf_set(text, STR("v="));
	return 0;
}

static int
early(int step, struct buf *text)
{
	(void)text;
	return step == 2 ? 235 : 0;
}

static int
says_no(int step, struct buf *text)
{
	if (step == 2)
		buf_set(text, STR("e=invalid-proof"));
	return 0;
}

static const struct lie {
	twist *twist;
	const char *says;
} lies[] = {
	{ few, "iteration count" },
	{ many, "iteration count" },
	{ endless, "iteration count" },
	{ same_nonce, "does not extend" },
	{ other_nonce, "does not extend" },
	{ no_salt, "salt" },
	{ wrong_signature, "cannot prove" },
	{ no_signature, "cannot prove" },
	{ early, "without having proved" },
	{ says_no, "invalid-proof" },
};

START_TEST(a_relay_that_lies_is_not_believed)
{
	const struct lie *l = &lies[_i];
	struct err e = { 0 };

	set_up();
	server.binding = NULL;
	server.twist = l->twist;
	ck_assert_int_eq(login_as("SCRAM-SHA-256", "SCRAM-SHA-256", PASSWORD,
	    false, &e), -1);
	ck_assert_msg(strstr(buf_cstr(&e.text), l->says) != NULL, "%s",
	    buf_cstr(&e.text));
	ck_assert(err_is_temporary(&e));
	ck_assert_int_eq(e.smtp, 0);
	err_clear(&e);
	tear_down();
}
END_TEST

START_TEST(somebody_who_hides_the_binding_is_noticed)
{
	struct err e = { 0 };
	struct buf first = { 0 };
	struct str in, line;

	set_up();
	bound = "tls-exporter";		/* and the relay's list lacks -PLUS */
	ck_assert_int_eq(login_as("auto", "SCRAM-SHA-256", PASSWORD, false,
	    &e), -1);
	in = buf_str(&server.hidden);
	ck_assert(str_eat(&in, STR("AUTH SCRAM-SHA-256 ")));
	ck_assert(str_eat_line(&in, &line));
	ck_assert(base64_decode(&first, line));
	ck_assert(str_eq(str_head(buf_str(&first), 3), STR("y,,")));
	buf_free(&first);
	err_clear(&e);
	tear_down();
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_mechanism_succeeds_and_shows_no_secret,
		    TABLE_COUNT(goods) },
		{ the_binding_must_be_of_this_connection, 0 },
		{ the_strongest_that_fits_or_the_one_named,
		    TABLE_COUNT(choices) },
		{ off_is_off, 0 },
		{ a_dialogue_is_exactly_this, TABLE_COUNT(exacts) },
		{ a_relay_that_asks_for_ever_is_left, 0 },
		{ a_long_token_waits_for_its_turn, 0 },
		{ a_relay_that_lies_is_not_believed, TABLE_COUNT(lies) },
		{ somebody_who_hides_the_binding_is_noticed, 0 },
	};

	return RUN("auth", tests);
}

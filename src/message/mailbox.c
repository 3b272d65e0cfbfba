// SPDX-License-Identifier: ISC
/*
 * mailbox.c - one name and address out of a list
 */
#include "message/mailbox.h"

#include "base/vis.h"
#include "message/address.h"

/* Words and dots in a row: a phrase or a local part, the next token tells. */
struct run {
	struct buf phrase, local;
	size_t at, end;
	size_t words;
	size_t gap;		/* where a word follows a word without a dot, */
	size_t first;		/* and how much of local is before it */
	bool quoted;		/* or is it an encoded word? the first one */
};

static void
next(struct parse *p)
{
	lex_next(&p->lex, &p->tok);
}

int
parse_fail(struct parse *p, size_t at, const char *why)
{
	if (p->wrong.len == 0) {
		buf_puts(&p->wrong, why);
		p->wrong_at = at;
	}
	return -1;
}

/* The token at hand has no business here. */
static int
fail_here(struct parse *p, const char *where)
{
	struct buf why = { 0 };

	if (p->tok.kind == TOKEN_BAD)
		return parse_fail(p, p->tok.at, p->lex.why);
	if (p->tok.kind == TOKEN_END)
		buf_printf(&why, "it ends %s", where);
	else {
		buf_puts(&why, "unexpected \"");
		vis_add_some(&why, p->tok.raw, 20);
		buf_printf(&why, "\" %s", where);
	}
	parse_fail(p, p->tok.at, buf_cstr(&why));
	buf_free(&why);
	return -1;
}

static void
run_free(struct run *run)
{
	buf_free(&run->phrase);
	buf_free(&run->local);
}

static size_t
token_end(const struct token *t)
{
	return t->at + t->raw.len;
}

static bool
is_word(const struct token *t)
{
	return t->kind == TOKEN_ATOM || t->kind == TOKEN_QUOTED;
}

static bool
is_separator(const struct token *t)
{
	return t->kind == TOKEN_END || token_is(t, ',') || token_is(t, ';');
}

static void
eat_run(struct parse *p, struct run *run)
{
	bool joined = true;

	*run = (struct run){ .at = p->tok.at, .gap = PARSE_NOWHERE };
	for (; is_word(&p->tok) || token_is(&p->tok, '.'); next(p)) {
		if (is_word(&p->tok) && !joined && run->gap == PARSE_NOWHERE) {
			run->gap = p->tok.at;
			run->first = run->local.len;
		}
		if (run->phrase.len > 0 && p->tok.spaced)
			buf_putc(&run->phrase, ' ');
		token_value(&run->phrase, &p->tok);
		token_value(&run->local, &p->tok);
		run->end = token_end(&p->tok);
		if (run->words == 0)
			run->quoted = p->tok.kind == TOKEN_QUOTED ||
			    str_eq(str_head(p->tok.raw, 2), STR("=?"));
		run->words += is_word(&p->tok);
		joined = !is_word(&p->tok);
	}
}

/* Behind the @; one dot at the end is only the root's and is left out. */
static int
eat_domain(struct parse *p, struct buf *domain, size_t *end)
{
	size_t at = p->tok.at;
	bool joined = true;
	const char *why;

	if (p->tok.kind == TOKEN_LITERAL) {
		buf_add(domain, p->tok.raw);
		*end = token_end(&p->tok);
		next(p);
	}
	while (domain->len == 0 || domain->data[0] != '[') {
		bool dot = token_is(&p->tok, '.');

		if (!dot && (p->tok.kind != TOKEN_ATOM || !joined))
			break;
		buf_add(domain, p->tok.raw);
		*end = token_end(&p->tok);
		joined = dot;
		next(p);
	}
	if (domain->len > 1 && domain->data[domain->len - 1] == '.')
		buf_cut(domain, domain->len - 1);
	if (p->tok.kind == TOKEN_BAD && domain->len == 0)
		return fail_here(p, "");
	return domain_is_valid(buf_str(domain), &why) ? 0 :
	    parse_fail(p, at, why);
}

static const char *
bare_fault(struct str local)
{
	if (str_eat(&local, STR("|")))
		return "mail to a program is not for senders to ask for";
	if (str_eat(&local, STR("/")))
		return "mail to a file is not for senders to ask for";
	return NULL;
}

/* What came before the @, or before the end of a bare name. */
static int
check_local(struct parse *p, struct run *run)
{
	const char *why = NULL;

	if (run->words == 0)
		return parse_fail(p, p->tok.at, token_is(&p->tok, '@') ?
		    "there is nothing before the @" : "there is no address");
	/* "Backup Service" in a To field: a login, and what he is. */
	if (run->gap != PARSE_NOWHERE && is_separator(&p->tok) &&
	    p->recipients && !run->quoted)
		buf_cut(&run->local, run->first);
	else if (run->gap != PARSE_NOWHERE)
		return parse_fail(p, run->gap, token_is(&p->tok, '@') ?
		    "two words before the @" : "two words, but no address");
	if (!token_is(&p->tok, '@'))
		why = bare_fault(buf_str(&run->local));
	return why == NULL ? 0 : parse_fail(p, run->at, why);
}

/* local or local@domain; run holds what stands before the @. */
static int
read_spec(struct parse *p, struct run *run, struct mailbox *m)
{
	struct buf wire = { 0 };
	size_t end = run->end;
	const char *why;

	if (check_local(p, run) < 0)
		return -1;
	local_add(&m->local, buf_str(&run->local));
	m->at = run->at;
	if (token_is(&p->tok, '@')) {
		next(p);
		if (eat_domain(p, &m->domain, &end) < 0)
			return -1;
	}
	m->len = end - m->at;
	mailbox_add(&wire, m);
	why = address_fault(buf_str(&wire));
	buf_free(&wire);
	return why == NULL ? 0 : parse_fail(p, m->at, why);
}

/* <@a,@b:c@d>: a route, which nobody follows any more (RFC 5321, F.2). */
static int
skip_route(struct parse *p)
{
	while (token_is(&p->tok, '@') || token_is(&p->tok, ',')) {
		bool at = token_is(&p->tok, '@');
		struct buf domain = { 0 };
		size_t end;
		int rc = 0;

		next(p);
		if (at)
			rc = eat_domain(p, &domain, &end);
		buf_free(&domain);
		if (rc < 0)
			return -1;
	}
	if (!token_is(&p->tok, ':'))
		return fail_here(p, "in the route");
	next(p);
	return 0;
}

/* From behind the < to the comma. */
static int
read_angle(struct parse *p, size_t open, struct mailbox *m)
{
	struct run run = { 0 };
	int rc = 0;

	m->angle = true;
	if (p->null_allowed && token_is(&p->tok, '>')) {
		next(p);
		return 0;
	}
	if (token_is(&p->tok, '@'))
		rc = skip_route(p);
	if (rc == 0) {
		eat_run(p, &run);
		rc = read_spec(p, &run, m);
		run_free(&run);
	}
	if (rc < 0)
		return -1;
	if (p->tok.kind == TOKEN_END || token_is(&p->tok, ',') ||
	    token_is(&p->tok, ';'))
		return parse_fail(p, open, "the '<' is never closed");
	if (!token_is(&p->tok, '>'))
		return fail_here(p, "in the angle brackets");
	next(p);
	/* "<stable@kernel.org> # 4.19": what follows is a remark. */
	while (is_word(&p->tok) || p->tok.kind == TOKEN_LITERAL ||
	    token_is(&p->tok, '.'))
		next(p);
	return 0;
}

static int
open_group(struct parse *p, const struct run *run)
{
	struct str ahead = str_skip(p->lex.text, p->tok.at);

	if (run->words == 0 && str_ieat(&ahead, STR(":include:")))
		return parse_fail(p, p->tok.at,
		    "an :include: list is not for senders to ask for");
	if (run->words == 0)
		return parse_fail(p, p->tok.at, "a group needs a name");
	if (p->group != PARSE_NOWHERE)
		return parse_fail(p, p->tok.at, "a group within a group");
	p->group = run->at;
	next(p);
	p->start = p->tok.at;
	return 0;
}

/* One mailbox; 0 with *got false for nothing between two commas. */
int
mailbox_read(struct parse *p, struct mailbox *m, bool *got)
{
	struct run run;
	int rc;

	*got = false;
	eat_run(p, &run);
	if (token_is(&p->tok, ':')) {
		rc = open_group(p, &run);
	} else if (token_is(&p->tok, '<')) {
		size_t open = p->tok.at;

		*got = true;
		buf_add(&m->phrase, buf_str(&run.phrase));
		next(p);
		rc = read_angle(p, open, m);
	} else if (run.end == 0 && is_separator(&p->tok)) {
		rc = 0;
	} else if (p->tok.kind == TOKEN_BAD) {
		rc = fail_here(p, "");
	} else {
		*got = true;
		rc = read_spec(p, &run, m);
	}
	run_free(&run);
	if (rc == 0 && *got && !is_separator(&p->tok))
		rc = fail_here(p, "behind the address");
	return rc;
}

/* Go on behind what is wrong; the token at hand is then a separator. */
void
parse_resync(struct parse *p)
{
	bool inside = false;

	p->lex.at = p->start;
	for (;;) {
		next(p);
		if (p->tok.kind == TOKEN_END)
			return;
		if (token_is(&p->tok, '<') || token_is(&p->tok, '>'))
			inside = token_is(&p->tok, '<');
		else if (!inside && is_separator(&p->tok) &&
		    p->tok.at >= p->wrong_at)
			return;
	}
}

void
mailbox_add(struct buf *out, const struct mailbox *m)
{
	buf_add(out, buf_str(&m->local));
	if (m->domain.len > 0) {
		buf_putc(out, '@');
		buf_add(out, buf_str(&m->domain));
	}
}

void
mailbox_free(struct mailbox *m)
{
	buf_free(&m->phrase);
	buf_free(&m->local);
	buf_free(&m->domain);
}

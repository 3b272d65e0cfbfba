// SPDX-License-Identifier: ISC
/*
 * html.c - the little that must be known of HTML to send it
 */
#include "message/html.h"

#include "base/table.h"
#include "message/entity.h"

struct plain {
	struct buf *out;
	bool utf8;
	size_t mute;		/* within so many elements that show nothing */
	size_t pre;		/* within so many that keep their blanks */
	bool blank;		/* one is owed before the next word */
	unsigned breaks;	/* line ends that are owed */
	struct buf href;	/* of the link at hand */
	size_t link;		/* where in out its text began */
};

enum shape {
	INLINE,			/* nothing to see */
	LINE,			/* begins a line and ends it */
	PARAGRAPH,		/* with an empty line around it */
	ITEM,			/* of a list */
	CELL,			/* of a table */
	RULE,
	PRE,
	MUTE,			/* and what is in it is no text */
	LINK,
	IMAGE
};

static const struct element {
	const char *name;
	enum shape shape;
} elements[] = {
	{ "a", LINK }, { "address", LINE }, { "article", PARAGRAPH },
	{ "blockquote", PARAGRAPH }, { "br", LINE }, { "dd", LINE },
	{ "div", LINE }, { "dl", PARAGRAPH }, { "dt", LINE },
	{ "footer", PARAGRAPH }, { "form", LINE }, { "h1", PARAGRAPH },
	{ "h2", PARAGRAPH }, { "h3", PARAGRAPH }, { "h4", PARAGRAPH },
	{ "h5", PARAGRAPH }, { "h6", PARAGRAPH }, { "header", PARAGRAPH },
	{ "hr", RULE }, { "img", IMAGE }, { "li", ITEM }, { "ol", LINE },
	{ "p", PARAGRAPH }, { "pre", PRE }, { "script", MUTE },
	{ "section", PARAGRAPH }, { "style", MUTE }, { "table", PARAGRAPH },
	{ "td", CELL }, { "th", CELL }, { "title", MUTE }, { "tr", LINE },
	{ "ul", LINE },
};

static void
owe_breaks(struct plain *p, unsigned n)
{
	if (p->out->len > 0 && p->breaks < n)
		p->breaks = n;
	p->blank = false;
}

static void
pay(struct plain *p)
{
	for (; p->breaks > 0; p->breaks--)
		buf_putc(p->out, '\n');
	if (p->blank)
		buf_putc(p->out, ' ');
	p->blank = false;
}

static bool
is_space(char c)
{
	return str_is_blank(c) || c == '\n' || c == '\r' || c == '\f';
}

static void
add_text_byte(struct plain *p, char c)
{
	if (p->mute > 0)
		return;
	if (is_space(c) && p->pre == 0) {
		p->blank = p->out->len > 0 && p->breaks == 0;
		return;
	}
	if (c == '\n' && p->pre > 0) {
		p->breaks++;
		return;
	}
	pay(p);
	if (c != '\r')
		buf_putc(p->out, c);
}

static void
add_text(struct plain *p, struct str text)
{
	struct buf letter = { 0 };
	struct str rest;
	char c;

	while (text.len > 0) {
		buf_reset(&letter);
		if (entity_eat(&text, &letter, p->utf8)) {
			for (rest = buf_str(&letter); str_eat_byte(&rest, &c);)
				add_text_byte(p, c);
			continue;
		}
		(void)str_eat_byte(&text, &c);
		add_text_byte(p, c);
	}
	buf_free(&letter);
}

/* The next attribute of a tag; false behind the last. */
static bool
eat_attribute(struct str *in, struct str *name, struct str *value)
{
	struct str skipped;
	size_t n = 0;
	char quote;

	(void)str_eat_span(in, " \t\r\n\f/", &skipped);
	while (n < in->len && !is_space(in->ptr[n]) && in->ptr[n] != '=' &&
	    in->ptr[n] != '/')
		n++;
	*name = str_head(*in, n);
	*in = str_skip(*in, n);
	(void)str_eat_span(in, " \t\r\n\f", &skipped);
	*value = STR("");
	if (!str_eat(in, STR("=")))
		return n > 0;
	(void)str_eat_span(in, " \t\r\n\f", &skipped);
	if (str_eat(in, STR("\"")) || str_eat(in, STR("'"))) {
		quote = in->ptr[-1];
		if (!str_eat_until(in, quote, value)) {
			*value = *in;
			in->len = 0;
		}
		return true;
	}
	for (n = 0; n < in->len && !is_space(in->ptr[n]); n++)
		;
	*value = str_head(*in, n);
	*in = str_skip(*in, n);
	return true;
}

static bool
find_attribute(struct str tag, const char *wanted, struct str *value)
{
	struct str name;

	while (eat_attribute(&tag, &name, value))
		if (str_ieq(name, str_of(wanted)))
			return true;
	return false;
}

/* Where the link leads, unless its text says so already. */
static void
end_link(struct plain *p)
{
	struct str href = buf_str(&p->href), shown, ahead = href;

	if (href.len == 0 || p->mute > 0)
		return;
	shown = p->link < p->out->len ? str_skip(buf_str(p->out), p->link) :
	    STR("");
	(void)str_ieat(&ahead, STR("mailto:"));
	if (!str_eq(str_trim(shown), ahead)) {
		p->blank = p->blank || shown.len > 0;
		pay(p);
		buf_printf(p->out, "<%.*s>", STR_ARGS(href));
	}
	buf_reset(&p->href);
}

static void
begin_link(struct plain *p, struct str tag)
{
	struct str href, ahead;

	end_link(p);
	if (!find_attribute(tag, "href", &href))
		return;
	ahead = href;
	if (!str_ieat(&ahead, STR("http:")) &&
	    !str_ieat(&ahead, STR("https:")) &&
	    !str_ieat(&ahead, STR("mailto:")))
		return;
	pay(p);
	p->link = p->out->len;
	while (href.len > 0)
		if (!entity_eat(&href, &p->href, p->utf8)) {
			buf_add(&p->href, str_head(href, 1));
			href = str_skip(href, 1);
		}
}

static void
add_image(struct plain *p, struct str tag)
{
	struct str alt;

	if (!find_attribute(tag, "alt", &alt) || str_trim(alt).len == 0)
		return;
	add_text(p, STR("["));
	add_text(p, alt);
	add_text(p, STR("]"));
}

static void
take_element(struct plain *p, enum shape shape, bool closes, struct str tag)
{
	switch (shape) {
	case INLINE:
		return;
	case LINE:
		owe_breaks(p, 1);
		return;
	case PARAGRAPH:
		owe_breaks(p, 2);
		return;
	case ITEM:
		owe_breaks(p, 1);
		if (!closes)
			add_text(p, STR("* "));
		return;
	case CELL:
		p->blank = p->breaks == 0 && p->out->len > 0;
		return;
	case RULE:
		owe_breaks(p, 2);
		add_text(p, STR("----"));
		owe_breaks(p, 2);
		return;
	case PRE:
		owe_breaks(p, 2);
		p->pre = closes ? p->pre - (p->pre > 0) : p->pre + 1;
		return;
	case MUTE:
		p->mute = closes ? 0 : 1;
		return;
	case LINK:
		if (closes)
			end_link(p);
		else
			begin_link(p, tag);
		return;
	case IMAGE:
		add_image(p, tag);
		return;
	}
}

/* What stands between < and >; in a script only its own end counts. */
static void
take_tag(struct plain *p, struct str tag)
{
	bool closes = str_eat(&tag, STR("/"));
	const struct element *row;
	size_t n = 0;

	while (n < tag.len && (str_is_alpha(tag.ptr[n]) ||
	    str_is_digit(tag.ptr[n])))
		n++;
	row = TABLE_IFIND(elements, str_head(tag, n));
	if (row == NULL || (p->mute > 0 && row->shape != MUTE))
		return;
	take_element(p, row->shape, closes, str_skip(tag, n));
}

/* Up to its >, of which those in quotes are none. */
static bool
eat_tag(struct str *in, struct str *tag)
{
	char quote = '\0';
	size_t n = 1;

	if (in->len < 2 || in->ptr[0] != '<' || !(str_is_alpha(in->ptr[1]) ||
	    in->ptr[1] == '/' || in->ptr[1] == '!' || in->ptr[1] == '?'))
		return false;
	for (; n < in->len && (quote != '\0' || in->ptr[n] != '>'); n++) {
		char c = in->ptr[n];

		if (quote == c)
			quote = '\0';
		else if (quote == '\0' && n > 1 && (c == '"' || c == '\'') &&
		    in->ptr[n - 1] == '=')
			quote = c;
	}
	*tag = str_skip(str_head(*in, n), 1);
	*in = str_skip(*in, n + 1);
	return true;
}

static bool
eat_comment(struct str *in)
{
	if (!str_eat(in, STR("<!--")))
		return false;
	while (in->len > 0 && !str_eat(in, STR("-->")))
		*in = str_skip(*in, 1);
	return true;
}

/* "if (a<b)" opens no element. */
static bool
is_script(const struct plain *p, struct str html)
{
	return p->mute > 0 && !str_eat(&html, STR("</"));
}

void
html_plain(struct buf *out, struct str html, bool utf8)
{
	struct plain p = { .out = out, .utf8 = utf8 };
	struct str tag;
	size_t n;

	while (html.len > 0) {
		if (eat_comment(&html))
			continue;
		if (!is_script(&p, html) && eat_tag(&html, &tag)) {
			take_tag(&p, tag);
			continue;
		}
		for (n = 1; n < html.len && html.ptr[n] != '<'; n++)
			;
		add_text(&p, str_head(html, n));
		html = str_skip(html, n);
	}
	end_link(&p);
	if (out->len > 0)
		buf_putc(out, '\n');
	buf_free(&p.href);
}

// SPDX-License-Identifier: ISC
/*
 * prompt.c - ask the person at the terminal
 */
#include "base/prompt.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "base/fd.h"

bool
prompt_is_terminal(const struct prompt *p)
{
	return isatty(p->in) == 1 && isatty(p->out) == 1;
}

/* Words that cannot be written are missed by nobody but the reader. */
static void
write_out(const struct prompt *p, struct str words)
{
	struct err e = { 0 };

	(void)fd_write(p->out, words, &e);
	err_clear(&e);
}

void
prompt_say(const struct prompt *p, const char *fmt, ...)
{
	struct buf words = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&words, fmt, ap);
	va_end(ap);
	write_out(p, buf_str(&words));
	buf_free(&words);
}

static bool
read_byte(int fd, char *c)
{
	ssize_t n;

	do
		n = read(fd, c, 1);
	while (n < 0 && errno == EINTR);
	return n == 1;
}

/* The end of the input: the shell's prompt shall not stand behind ours. */
static bool
ended(const struct prompt *p)
{
	if (isatty(p->in) == 1)
		write_out(p, STR("\n"));
	return false;
}

bool
prompt_line(const struct prompt *p, const char *words, struct buf *line)
{
	char c;

	buf_reset(line);
	if (p->edit != NULL)
		return p->edit(p->who, words, line);
	write_out(p, str_of(words));
	while (read_byte(p->in, &c)) {
		if (c == '\n')
			return true;
		buf_putc(line, c);
	}
	return line->len > 0 || ended(p);
}

/* -- questions */

static bool
is_quit(struct str answer)
{
	return str_ieq(answer, STR("quit"));
}

static int
check(const struct question *q, struct str answer, struct err *e)
{
	if (answer.len == 0 && q->optional)
		return 0;
	if (answer.len == 0)
		return err_set(e, 0, "it is needed");
	if (answer.len > PROMPT_MAX)
		return err_set(e, 0, "that is too long");
	for (size_t i = 0; i < answer.len; i++)
		if (str_is_control(answer.ptr[i]))
			return err_set(e, 0, "there is a control character "
			    "in it");
	return q->check != NULL ? q->check(q->who, answer, e) : 0;
}

static void
add_words(struct buf *out, const struct question *q)
{
	buf_puts(out, q->words);
	if (q->usual != NULL)
		buf_printf(out, " [%s]", q->usual);
	buf_putc(out, ' ');
}

enum said
prompt_ask(const struct prompt *p, const struct question *q,
    struct buf *answer)
{
	struct buf words = { 0 }, line = { 0 };
	struct err e = { 0 };
	enum said said = SAID_QUIT;
	struct str text;

	add_words(&words, q);
	while (prompt_line(p, buf_cstr(&words), &line)) {
		text = str_trim(buf_str(&line));
		if (is_quit(text))
			break;
		if (text.len == 0 && q->usual != NULL)
			text = str_of(q->usual);
		if (check(q, text, &e) == 0) {
			buf_set(answer, text);
			said = SAID_IT;
			break;
		}
		prompt_say(p, "  %s\n", buf_cstr(&e.text));
		err_clear(&e);
	}
	buf_free(&words);
	buf_free(&line);
	return said;
}

static int
check_yes(void *who, struct str answer, struct err *e)
{
	bool *yes = who;

	*yes = str_ieq(answer, STR("y")) || str_ieq(answer, STR("yes"));
	if (*yes || str_ieq(answer, STR("n")) || str_ieq(answer, STR("no")))
		return 0;
	return err_set(e, 0, "yes or no?");
}

enum said
prompt_yes(const struct prompt *p, const char *words, bool *yes)
{
	bool answered = *yes;
	const struct question q = { .words = words,
	    .usual = *yes ? "yes" : "no", .check = check_yes,
	    .who = &answered };
	struct buf answer = { 0 };
	enum said said = prompt_ask(p, &q, &answer);

	if (said == SAID_IT)
		*yes = answered;
	buf_free(&answer);
	return said;
}

/* -- what must not be seen */

struct curtain {
	int in;
	bool holding, drawn;
	struct termios before, hidden;
	sigset_t held, unheld;
	int signals;			/* readable: one wants to come */
};

/*
 * A signal that ends or stops us must find the terminal as it was.  So it has
 * to wait until we see it.
 */
static void
draw(struct curtain *c)
{
	static const int held[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM,
	    SIGTSTP };

	if (tcgetattr(c->in, &c->before) < 0)
		return;
	sigemptyset(&c->held);
	for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++)
		sigaddset(&c->held, held[i]);
	c->holding = sigprocmask(SIG_BLOCK, &c->held, &c->unheld) == 0;
	c->signals = signalfd(-1, &c->held, SFD_CLOEXEC);
	c->hidden = c->before;
	c->hidden.c_lflag &= ~(tcflag_t)ECHO;
	c->hidden.c_lflag |= ICANON | ISIG | ECHONL;
	c->drawn = tcsetattr(c->in, TCSADRAIN, &c->hidden) == 0;
}

static void
open_up(struct curtain *c)
{
	if (c->drawn)
		(void)tcsetattr(c->in, TCSADRAIN, &c->before);
	if (c->holding)
		(void)sigprocmask(SIG_SETMASK, &c->unheld, NULL);
	if (c->signals >= 0)
		(void)close(c->signals);
	*c = (struct curtain){ .in = c->in, .signals = -1 };
}

/* True: somebody types; false: a signal has come, and we are still here. */
static bool
await(struct curtain *c)
{
	struct pollfd fds[2] = { { c->in, POLLIN, 0 },
	    { c->signals, POLLIN, 0 } };

	while (poll(fds, 2, -1) < 0 && errno == EINTR)
		;
	if ((fds[1].revents & POLLIN) == 0)
		return true;
	open_up(c);
	draw(c);
	return false;
}

static bool
read_hidden(const struct prompt *p, const char *words, struct secret *s)
{
	struct curtain c = { .in = p->in, .signals = -1 };
	bool terminal = isatty(p->in) == 1, more = true;
	char byte = '\0';

	if (terminal)
		draw(&c);
	prompt_say(p, "%s ", words);
	while (more && byte != '\n') {
		if (c.drawn && !await(&c)) {
			secret_free(s);
			prompt_say(p, "\n%s ", words);
			continue;
		}
		more = read_byte(p->in, &byte);
		if (more && byte != '\n')
			secret_add(s, (struct str){ &byte, 1 });
	}
	explicit_bzero(&byte, sizeof(byte));
	if (terminal)
		open_up(&c);
	return more || s->len > 0 || ended(p);
}

enum said
prompt_secret(const struct prompt *p, const char *words, struct secret *s)
{
	for (;;) {
		secret_free(s);
		if (!read_hidden(p, words, s))
			return SAID_QUIT;
		if (is_quit(secret_reveal(s))) {
			secret_free(s);
			return SAID_QUIT;
		}
		if (s->len > PROMPT_MAX)
			prompt_say(p, "  that is too long\n");
		else if (s->len > 0)
			return SAID_IT;
		else
			prompt_say(p, "  it is needed\n");
	}
}

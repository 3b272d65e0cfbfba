// SPDX-License-Identifier: ISC
/*
 * check_base_prompt.c - questions, with a pipe and with a real terminal
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include "base/colour.h"
#include "base/fd.h"
#include "base/prompt.h"
#include "base/table.h"
#include "run.h"

#define PATIENCE 20000		/* ms, for a machine that is busy */

/* -- answers from a pipe */

static int
pipe_with(const char *text)
{
	struct err e = { 0 };
	int fds[2];

	ck_assert_int_eq(pipe(fds), 0);
	ck_assert_int_eq(fd_write(fds[1], str_of(text), &e), 0);
	close(fds[1]);
	return fds[0];
}

/* All that is in a pipe of which the other end is shut. */
static void
drain(int fd, struct buf *out)
{
	struct err e = { 0 };

	buf_reset(out);
	ck_assert_int_eq(fd_read_all(fd, out, 1 << 20, &e), 0);
	close(fd);
}

static int
check_port(void *who, struct str answer, struct err *e)
{
	uint64_t n;

	(void)who;
	return str_eat_number(&answer, &n) && answer.len == 0 ? 0 :
	    err_set(e, 0, "no number");
}

static const struct question plain = { .words = "Host:" };
static const struct question optional = { .words = "Bcc:", .optional = true };
static const struct question usual = { .words = "Port:", .usual = "587",
    .check = check_port };

static const struct {
	const char *name;
	const struct question *question;
	const char *input, *answer, *said, *rest;
} asked[] = {
	{ "one", &plain, "mx\nmore\n", "mx", "Host: ", "more\n" },
	{ "blanks around it", &plain, " \tmx a \r\n", "mx a", "Host: ", "" },
	{ "no line end", &plain, "mx", "mx", "Host: ", "" },
	{ "nothing", &plain, "", NULL, "Host: ", "" },
	{ "empty lines", &plain, "\n \nmx\n", "mx",
	    "Host:   it is needed\nHost:   it is needed\nHost: ", "" },
	{ "empty to the end", &plain, "\n", NULL,
	    "Host:   it is needed\nHost: ", "" },
	{ "quit", &plain, "quit\nmx\n", NULL, "Host: ", "mx\n" },
	{ "Quit", &plain, " QUIT \n", NULL, "Host: ", "" },
	{ "quitter", &plain, "quitter\n", "quitter", "Host: ", "" },
	{ "an escape", &plain, "\033[A\nmx\n", "mx",
	    "Host:   there is a control character in it\nHost: ", "" },
	{ "may be empty", &optional, "\nx\n", "", "Bcc: ", "x\n" },
	{ "quit where it may be empty", &optional, "quit\n", NULL, "Bcc: ",
	    "" },
	{ "the usual", &usual, "\n", "587", "Port: [587] ", "" },
	{ "another", &usual, "25\n", "25", "Port: [587] ", "" },
	{ "wrong, then right", &usual, "x\n25\n", "25",
	    "Port: [587]   no number\nPort: [587] ", "" },
	{ "wrong to the end", &usual, "x\ny", NULL,
	    "Port: [587]   no number\nPort: [587]   no number\n"
	    "Port: [587] ", "" },
};

START_TEST(questions_are_asked)
{
	struct buf answer = { 0 }, heard = { 0 };
	struct prompt p = { .in = pipe_with(asked[_i].input) };
	enum said said;
	int out[2];

	ck_assert_int_eq(pipe(out), 0);
	p.out = out[1];
	said = prompt_ask(&p, asked[_i].question, &answer);
	ck_assert_msg((said == SAID_IT) == (asked[_i].answer != NULL), "%s",
	    asked[_i].name);
	if (asked[_i].answer != NULL)
		ck_assert_str_eq(buf_cstr(&answer), asked[_i].answer);
	ck_assert(!prompt_is_terminal(&p));
	close(out[1]);
	drain(out[0], &heard);
	ck_assert_str_eq(buf_cstr(&heard), asked[_i].said);
	drain(p.in, &heard);
	ck_assert_str_eq(buf_cstr(&heard), asked[_i].rest);
	buf_free(&answer);
	buf_free(&heard);
}
END_TEST

START_TEST(an_answer_has_an_end)
{
	struct buf input = { 0 }, answer = { 0 };
	struct prompt p = { .out = -1 };

	for (int i = 0; i < PROMPT_MAX; i++)
		buf_putc(&input, 'x');
	buf_putc(&input, '\n');
	p.in = pipe_with(buf_cstr(&input));
	ck_assert(prompt_ask(&p, &plain, &answer) == SAID_IT);
	ck_assert_uint_eq(answer.len, PROMPT_MAX);
	close(p.in);
	buf_set(&answer, buf_str(&input));
	buf_reset(&input);
	buf_printf(&input, "x%smx\n", buf_cstr(&answer));
	p.in = pipe_with(buf_cstr(&input));
	ck_assert(prompt_ask(&p, &plain, &answer) == SAID_IT);
	ck_assert_str_eq(buf_cstr(&answer), "mx");
	close(p.in);
	buf_free(&input);
	buf_free(&answer);
}
END_TEST

static const struct {
	const char *input;
	bool before;
	enum said said;
	bool after;
} yes_or_no[] = {
	{ "y\n", false, SAID_IT, true },
	{ "YES\n", false, SAID_IT, true },
	{ "n\n", true, SAID_IT, false },
	{ "No\n", true, SAID_IT, false },
	{ "\n", true, SAID_IT, true },
	{ "\n", false, SAID_IT, false },
	{ "perhaps\nyes\n", false, SAID_IT, true },
	{ "perhaps\nquit\n", true, SAID_QUIT, true },
	{ "", false, SAID_QUIT, false },
};

START_TEST(yes_is_yes)
{
	struct prompt p = { .in = pipe_with(yes_or_no[_i].input), .out = -1 };
	bool yes = yes_or_no[_i].before;

	ck_assert_int_eq(prompt_yes(&p, "Well?", &yes), yes_or_no[_i].said);
	ck_assert(yes == yes_or_no[_i].after);
	close(p.in);
}
END_TEST

START_TEST(a_secret_comes_from_a_pipe_too)
{
	struct prompt p = { .in = pipe_with("\n sesame \nquit\nx"),
	    .out = -1 };
	struct secret s = { 0 };

	ck_assert(prompt_secret(&p, "Password:", &s) == SAID_IT);
	ck_assert(str_eq(secret_reveal(&s), STR(" sesame ")));
	ck_assert(prompt_secret(&p, "Password:", &s) == SAID_QUIT);
	ck_assert(!secret_is_set(&s));
	ck_assert(prompt_secret(&p, "Password:", &s) == SAID_IT);
	ck_assert(prompt_secret(&p, "Password:", &s) == SAID_QUIT);
	close(p.in);
}
END_TEST

START_TEST(a_line_is_taken_as_it_is)
{
	struct prompt p = { .in = pipe_with(" quit \n\n.\n"), .out = -1 };
	struct buf line = { 0 };

	ck_assert(prompt_line(&p, "", &line));
	ck_assert_str_eq(buf_cstr(&line), " quit ");
	ck_assert(prompt_line(&p, "", &line));
	ck_assert_uint_eq(line.len, 0);
	ck_assert(prompt_line(&p, "", &line));
	ck_assert_str_eq(buf_cstr(&line), ".");
	ck_assert(!prompt_line(&p, "", &line));
	close(p.in);
	buf_free(&line);
}
END_TEST

static bool
edit(void *who, const char *words, struct buf *line)
{
	int *calls = who;

	buf_puts(line, words);
	return ++*calls < 2;
}

START_TEST(an_editor_may_read_the_line)
{
	int calls = 0;
	struct prompt p = { -1, -1, edit, &calls };
	struct buf answer = { 0 };

	ck_assert(prompt_ask(&p, &plain, &answer) == SAID_IT);
	ck_assert_str_eq(buf_cstr(&answer), "Host:");
	ck_assert(prompt_ask(&p, &plain, &answer) == SAID_QUIT);
	buf_free(&answer);
}
END_TEST

/* -- a terminal */

struct screen {
	int fd;			/* what the person has */
	int line;		/* what the program has; so it stays open */
	pid_t pid;
	struct buf seen;
};

/* Nothing of a password may be among what is read on the way. */
static void
await(struct screen *s, const char *words)
{
	struct pollfd p = { s->fd, POLLIN, 0 };
	struct err e = { 0 };
	const char *at;

	while ((at = strstr(buf_cstr(&s->seen), words)) == NULL) {
		ck_assert_msg(poll(&p, 1, PATIENCE) == 1, "%s in %s", words,
		    buf_cstr(&s->seen));
		ck_assert_int_gt(fd_read(s->fd, &s->seen, 256, &e), 0);
	}
	ck_assert_ptr_null(strstr(buf_cstr(&s->seen), "sesame"));
	buf_shift(&s->seen, (size_t)(at - buf_cstr(&s->seen)) +
	    strlen(words));
}

static void
type(struct screen *s, const char *keys)
{
	struct err e = { 0 };

	ck_assert_int_eq(fd_write(s->fd, str_of(keys), &e), 0);
}

static bool
has_echo(const struct screen *s)
{
	struct termios t;

	ck_assert_int_eq(tcgetattr(s->line, &t), 0);
	return (t.c_lflag & ECHO) != 0;
}

static void
start(struct screen *s, void (*program)(void))
{
	ck_assert_int_eq(openpty(&s->fd, &s->line, NULL, NULL, NULL), 0);
	s->pid = fork();
	if (s->pid != 0)
		return;
	/* Check has handlers of its own. */
	(void)signal(SIGINT, SIG_DFL);
	(void)signal(SIGTERM, SIG_DFL);
	close(s->fd);
	if (login_tty(s->line) != 0)
		_exit(1);
	program();
	_exit(0);
}

static int
finish(struct screen *s)
{
	int status;

	ck_assert_int_eq(waitpid(s->pid, &status, 0), s->pid);
	ck_assert(has_echo(s));
	close(s->fd);
	close(s->line);
	buf_free(&s->seen);
	return status;
}

static void
ask_password(void)
{
	const struct prompt p = { .in = 0, .out = 1 };
	struct secret s = { 0 };

	if (prompt_secret(&p, "Password:", &s) == SAID_QUIT)
		_exit(7);
	prompt_say(&p, "so it is %d\n", (int)secret_reveal(&s).len);
}

START_TEST(a_secret_is_not_seen)
{
	struct screen s = { 0 };

	start(&s, ask_password);
	await(&s, "Password: ");
	ck_assert(!has_echo(&s));
	type(&s, "sesame\n");
	await(&s, "\r\nso it is 6");
	ck_assert_int_eq(finish(&s), 0);
}
END_TEST

static const struct {
	const char *keys;
	int status;
} leaving[] = {
	{ "quit\n", 7 << 8 },
	{ "\004", 7 << 8 },
	{ "ses\003", SIGINT },
	{ "ses\034", SIGQUIT },
	{ "\n\nquit\n", 7 << 8 },
};

START_TEST(the_terminal_is_as_it_was)
{
	struct screen s = { 0 };

	start(&s, ask_password);
	await(&s, "Password: ");
	type(&s, leaving[_i].keys);
	ck_assert_int_eq(finish(&s) & ~WCOREFLAG, leaving[_i].status);
}
END_TEST

START_TEST(a_signal_from_elsewhere_finds_it_so_too)
{
	struct screen s = { 0 };

	start(&s, ask_password);
	await(&s, "Password: ");
	kill(s.pid, SIGTERM);
	ck_assert_int_eq(finish(&s), SIGTERM);
}
END_TEST

START_TEST(who_was_stopped_is_asked_again)
{
	struct screen s = { 0 };
	int status;

	start(&s, ask_password);
	await(&s, "Password: ");
	/* Ctrl-Z stops nobody in a session without a shell; this does. */
	kill(s.pid, SIGSTOP);
	ck_assert_int_eq(waitpid(s.pid, &status, WUNTRACED), s.pid);
	kill(s.pid, SIGCONT);
	type(&s, "\n");
	await(&s, "it is needed");
	await(&s, "Password: ");
	ck_assert(!has_echo(&s));
	type(&s, "sesame\n");
	await(&s, "so it is 6");
	ck_assert_int_eq(finish(&s), 0);
}
END_TEST

static void
ignore_and_ask(void)
{
	(void)signal(SIGHUP, SIG_IGN);
	ask_password();
}

START_TEST(a_signal_that_is_ignored_changes_nothing)
{
	struct screen s = { 0 };

	start(&s, ignore_and_ask);
	await(&s, "Password: ");
	kill(s.pid, SIGHUP);
	await(&s, "Password: ");
	ck_assert(!has_echo(&s));
	type(&s, "sesame\n");
	await(&s, "so it is 6");
	ck_assert_int_eq(finish(&s), 0);
}
END_TEST

static void
ask_host(void)
{
	const struct prompt p = { .in = 0, .out = 1 };
	struct buf answer = { 0 };

	if (!prompt_is_terminal(&p))
		_exit(8);
	if (prompt_ask(&p, &plain, &answer) == SAID_QUIT)
		_exit(7);
	prompt_say(&p, "so it is %s\n", buf_cstr(&answer));
}

START_TEST(a_terminal_answers)
{
	struct screen s = { 0 };

	start(&s, ask_host);
	await(&s, "Host: ");
	type(&s, "mxx\177\n");
	await(&s, "so it is mx");
	ck_assert_int_eq(finish(&s), 0);
	start(&s, ask_host);
	await(&s, "Host: ");
	type(&s, "\004");
	await(&s, "\n");
	ck_assert_int_eq(finish(&s), 7 << 8);
}
END_TEST

/* -- colour */

static const struct {
	const char *no_color, *term;
	bool terminal, wanted;
} colours[] = {
	{ NULL, "xterm", true, true },
	{ "", "xterm", true, true },
	{ "1", "xterm", true, false },
	{ NULL, "dumb", true, false },
	{ NULL, "", true, false },
	{ NULL, NULL, true, false },
	{ NULL, "xterm", false, false },
};

static void
set(const char *name, const char *value)
{
	if (value == NULL)
		unsetenv(name);
	else
		setenv(name, value, 1);
}

START_TEST(colour_is_for_who_wants_it)
{
	int fds[2];
	struct buf out = { 0 };
	bool wanted;

	ck_assert_int_eq(openpty(&fds[0], &fds[1], NULL, NULL, NULL), 0);
	if (!colours[_i].terminal) {
		close(fds[1]);
		close(fds[0]);
		ck_assert_int_eq(pipe(fds), 0);
	}
	set("NO_COLOR", colours[_i].no_color);
	set("TERM", colours[_i].term);
	wanted = colour_is_wanted(fds[1]);
	ck_assert(wanted == colours[_i].wanted);
	colour_add(&out, wanted, COLOUR_BAD, STR("no"));
	ck_assert_str_eq(buf_cstr(&out), wanted ? "\033[31mno\033[0m" : "no");
	buf_free(&out);
	close(fds[0]);
	close(fds[1]);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ questions_are_asked, TABLE_COUNT(asked) },
		{ an_answer_has_an_end, 0 },
		{ yes_is_yes, TABLE_COUNT(yes_or_no) },
		{ a_secret_comes_from_a_pipe_too, 0 },
		{ a_line_is_taken_as_it_is, 0 },
		{ an_editor_may_read_the_line, 0 },
		{ a_secret_is_not_seen, 0 },
		{ the_terminal_is_as_it_was, TABLE_COUNT(leaving) },
		{ a_signal_from_elsewhere_finds_it_so_too, 0 },
		{ who_was_stopped_is_asked_again, 0 },
		{ a_signal_that_is_ignored_changes_nothing, 0 },
		{ a_terminal_answers, 0 },
		{ colour_is_for_who_wants_it, TABLE_COUNT(colours) },
	};

	return RUN("prompt", tests);
}

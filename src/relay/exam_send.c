// SPDX-License-Identifier: ISC
/*
 * exam_send.c - a test message, through all of the house
 *
 * By the same door as everybody's: sendmail is started with the rights of
 * whoever asks, and tells how it goes (-v, -odi).
 */
#include "relay/exam.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "queue/entry.h"
#include "queue/marks.h"
#include "queue/record.h"

#define VERDICT_S 120		/* how long we follow it */
#define OUTPUT_MAX (1024 * 1024)
#define LOOK_MS 200		/* between two looks into the queue */

struct sending {
	pid_t pid;
	int in, out;			/* its standard input, and error */
	struct buf said;
	bool late;
	int status;			/* as _exit() had it, or -1 */
};

static void
name(struct finding *f)
{
	buf_puts(&f->check, "send");
	buf_puts(&f->group, "A test message");
}

/* -- as every program does it */

static void
become_sendmail(const struct exam *x, const char *path, int in, int out)
{
	const struct question *q = x->question;
	const char *argv[] = { "sendmail", "-i", "-v", "-odi", "-C",
	    q->config, "--", q->send, NULL };
	const char *plain[] = { "sendmail", "-i", "-v", "-odi", "--",
	    q->send, NULL };

	if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
	    dup2(out, STDERR_FILENO) >= 0) {
		(void)signal(SIGPIPE, SIG_DFL);
		(void)execv(path, (char *const *)(q->personal ? argv :
		    plain));
	}
	_exit(EX_OSERR);
}

static int
start(const struct exam *x, struct sending *s, const char *path)
{
	int in[2], out[2];

	if (pipe2(in, O_CLOEXEC) < 0)
		return -1;
	if (pipe2(out, O_CLOEXEC) < 0) {
		close(in[0]);
		close(in[1]);
		return -1;
	}
	s->pid = fork();
	if (s->pid == 0)
		become_sendmail(x, path, in[0], out[1]);
	close(in[0]);
	close(out[1]);
	s->in = in[1];
	s->out = out[0];
	return s->pid < 0 ? -1 : 0;
}

static void
write_letter(const struct exam *x, struct sending *s)
{
	struct buf text = { 0 };
	struct err e = { 0 };

	buf_printf(&text, "To: %s\nSubject: minismtp test\n\n"
	    "\"minismtp check --send\" has sent this.  Whoever reads it knows "
	    "that mail from\nthis machine arrives.\n", x->question->send);
	(void)fd_write(s->in, buf_str(&text), &e);
	close(s->in);
	buf_free(&text);
	err_clear(&e);
}

/* Until it has ended, or nobody wants to wait any longer. */
static void
listen(struct sending *s, int64_t until)
{
	struct pollfd p = { .fd = s->out, .events = POLLIN };
	struct err e = { 0 };
	int status = 0;

	while (s->said.len < OUTPUT_MAX && !s->late) {
		int n = poll(&p, 1, clock_left(until));

		s->late = n == 0;
		if (n > 0 && fd_read(s->out, &s->said, 4096, &e) <= 0)
			break;
	}
	close(s->out);
	if (s->late)
		kill(s->pid, SIGTERM);
	while (waitpid(s->pid, &status, 0) < 0 && errno == EINTR)
		;
	s->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	err_clear(&e);
}

static bool
is_refusal(struct str reply)
{
	struct str rest = reply;

	return str_eat(&rest, STR("4")) || str_eat(&rest, STR("5"));
}

/*
 * The last line that is no dialogue; and what it came from: the first no, or
 * the answer before QUIT.
 */
static void
read_output(struct str said, struct str *last, struct str *reply)
{
	struct str line, heard = STR("");
	bool no = false;

	*last = *reply = STR("");
	while (str_eat_line(&said, &line)) {
		struct str rest = line;

		if (str_eat(&rest, STR("< "))) {
			heard = rest;
			if (!no && (no = is_refusal(rest)))
				*reply = rest;
		} else if (str_eat(&rest, STR("> "))) {
			if (!no && str_eq(rest, STR("QUIT")))
				*reply = heard;
		} else if (line.len > 0) {
			*last = line;
			(void)str_eat(last, STR("minismtp: "));
		}
	}
}

static bool
cut_word(struct str last, const char *word, struct str *id)
{
	struct str tail;

	return str_cut_last(last, ':', id, &tail) &&
	    str_eq(str_trim(tail), str_of(word));
}

/* -- what waits: the service may come for it */

static void
say_waiting(struct finding *f, const struct exam *x, struct str why)
{
	finding_say(f, FINDING_WARNING, "it waits in the queue: %.*s",
	    STR_ARGS(why));
	finding_mend(f, "minismtp queue show %s", x->sent.text);
}

/*
 * The file tells, also when it has no name any more.  One that is gone and says
 * nothing was sent: a refusal would have been written down.
 */
static bool
has_verdict(struct finding *f, const struct exam *x, int fd)
{
	struct record r = { 0 };
	struct marks m = { 0 };
	struct err e = { 0 };
	struct stat st;
	bool known = true, gone = fstat(fd, &st) == 0 && st.st_nlink == 0;

	if (record_read(&r, fd, &e) < 0 || marks_read(&m, fd, &r, &e) < 0)
		finding_err(f, FINDING_BAD, &e);
	else if (r.env.rcpt[0].state == RCPT_FAILED)
		finding_say(f, FINDING_BAD, "%s", m.rcpt[0].time > 0 ?
		    buf_cstr(&m.rcpt[0].words) : "the relay refuses it");
	else if (gone)
		finding_say(f, FINDING_GOOD, "the service has sent it to %s",
		    x->question->send);
	else if (m.attempts > 0)
		say_waiting(f, x, buf_str(m.rcpt[0].time > 0 ?
		    &m.rcpt[0].words : &m.all.words));
	else
		known = false;
	marks_free(&m);
	record_free(&r);
	err_clear(&e);
	return known;
}

/* 1 when it is open, 0 when it has left the queue. */
static int
open_sent(struct exam *x, struct entry *en, struct err *e)
{
	enum spool_where where;
	int64_t next;
	int rc;

	if (exam_become(x, e) < 0 ||
	    spool_open(&x->spool, x->question->spool, e) < 0)
		return -1;
	for (;;) {
		rc = spool_find(&x->spool, &x->sent, &where, &next, e);
		if (rc <= 0)
			return rc;
		rc = entry_peek(en, &x->spool, where, &x->sent, next, e);
		if (rc != 0 || clock_left(x->until) == 0)
			return rc;
		(void)poll(NULL, 0, 1);		/* it has just been moved */
	}
}

/* In a child, which is the service. */
static void
await_verdict(struct exam *x)
{
	struct finding f = { 0 };
	struct entry en = { 0 };
	struct err e = { 0 };
	bool known = false;
	int rc;

	name(&f);
	rc = open_sent(x, &en, &e);
	while (rc > 0 && !(known = has_verdict(&f, x, en.fd)) &&
	    clock_left(x->until) > 0)
		(void)poll(NULL, 0, LOOK_MS);
	if (rc == 0) {
		finding_say(&f, FINDING_GOOD, "the service has come for it at "
		    "once");
		finding_add(&f, "%s in the log tells how it went",
		    x->sent.text);
	} else if (!known)
		say_waiting(&f, x, rc > 0 ? STR("nobody has come for it yet") :
		    STR("the service sends it"));
	exam_tell(x, &f);
	entry_close(&en);
	finding_free(&f);
	err_clear(&e);
}

/* -- how it went */

/* False: the queue knows. */
static bool
judge(struct exam *x, struct finding *f, const struct sending *s)
{
	const char *to = x->question->send;
	struct str last, reply, id;

	read_output(buf_str(&s->said), &last, &reply);
	if (s->late) {
		finding_say(f, FINDING_WARNING, "no verdict within %d s; it "
		    "is in the queue", VERDICT_S);
		finding_mend(f, "minismtp queue list");
	} else if (s->status != 0) {
		if (last.len == 0)
			last = STR("sendmail says nothing and fails");
		finding_say(f, FINDING_BAD, "%.*s", STR_ARGS(last));
		finding_add(f, "exit status %d", s->status);
		finding_mend(f, "sendmail -v %s </dev/null", to);
	} else if (cut_word(last, "sent", &id)) {
		finding_say(f, FINDING_GOOD, "the relay has taken it for %s: "
		    "%.*s", to, STR_ARGS(reply));
		finding_add(f, "%.*s in the log", STR_ARGS(id));
	} else if (cut_word(last, "queued", &id) && id_parse(id, &x->sent)) {
		if (reply.len == 0)
			return false;
		say_waiting(f, x, reply);
	} else {
		finding_say(f, FINDING_BAD, "%.*s", STR_ARGS(last));
		finding_mend(f, "minismtp queue list");
	}
	return true;
}

void
exam_send(struct exam *x)
{
	struct sending s = { .in = -1, .out = -1 };
	struct finding f = { 0 };
	struct buf path = { 0 };
	bool known = true;

	x->until = clock_deadline(VERDICT_S * 1000);
	exam_program(&path, BINDIR, "minismtp");
	name(&f);
	if (start(x, &s, buf_cstr(&path)) < 0) {
		finding_say(&f, FINDING_BAD, "%s: %s", buf_cstr(&path),
		    strerror(errno));
	} else {
		write_letter(x, &s);
		listen(&s, x->until);
		known = judge(x, &f, &s);
	}
	if (known)
		exam_tell(x, &f);
	else
		(void)exam_fork(x, await_verdict);
	buf_free(&s.said);
	finding_free(&f);
	buf_free(&path);
}

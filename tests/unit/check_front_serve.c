// SPDX-License-Identifier: ISC
/*
 * check_front_serve.c - the front's SMTP: dialogues with a drop that listens
 *
 * Each case is what a client sends, the codes that it hears, and what the drop
 * was told.  The drop of these tests is a child that writes down what it gets:
 * "sender=a rcpt=b ... [text] end", or "cut" where no end came.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/table.h"
#include "front/dotted.h"
#include "front/path.h"
#include "front/serve.h"
#include "queue/field.h"
#include "run.h"

struct drop {
	int record;		/* what the children write down */
	const char *answer;	/* behind the end */
	const char *early;	/* said at once, then it hangs up */
	bool absent;
};

/* -- the drop */

static bool
is_fact(struct str key)
{
	static const char *const facts[] = {
		"login", "gecos", "host", "zone", "charset", "wait",
	};

	for (size_t i = 0; i < TABLE_COUNT(facts); i++)
		if (str_eq(key, str_of(facts[i])))
			return true;
	return false;
}

static bool
note(struct buf *out, struct str *in)
{
	struct str key, value;
	bool over = false;

	while (!over && field_eat(in, (size_t)1 << 20, &key, &value) > 0) {
		over = str_eq(key, STR("end"));
		if (over)
			buf_puts(out, "end");
		else if (str_eq(key, STR("data")))
			buf_printf(out, "[%.*s]", STR_ARGS(value));
		else if (!is_fact(key))
			buf_printf(out, "%.*s=%.*s ", STR_ARGS(key),
			    STR_ARGS(value));
	}
	return over;
}

static void
be_drop(const struct drop *d, int fd)
{
	struct buf in = { 0 }, out = { 0 };
	struct err e = { 0 };
	struct str rest;
	bool over = false;

	if (d->early != NULL) {
		(void)fd_write(fd, str_of(d->early), &e);
		_exit(0);
	}
	while (!over && fd_read(fd, &in, 65536, &e) > 0) {
		rest = buf_str(&in);
		over = note(&out, &rest);
		buf_shift(&in, in.len - rest.len);
	}
	buf_puts(&out, over ? "\n" : "cut\n");
	(void)fd_write(d->record, buf_str(&out), &e);
	if (over)
		(void)fd_write(fd, str_of(d->answer), &e);
	_exit(0);
}

static int
open_drop(void *who, struct err *e)
{
	const struct drop *d = who;
	int sv[2];
	pid_t pid;

	if (d->absent)
		return err_set(e, EX_TEMPFAIL, "nobody at home");
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0,
	    sv), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		close(sv[0]);
		be_drop(d, sv[1]);
	}
	close(sv[1]);
	return sv[0];
}

/* -- the client */

static int
file_of(struct str bytes)
{
	struct err e = { 0 };
	int fd = memfd_create("bytes", MFD_CLOEXEC);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(fd_write(fd, bytes, &e), 0);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static void
read_file(int fd, struct buf *out)
{
	struct err e = { 0 };

	lseek(fd, 0, SEEK_SET);
	ck_assert_int_eq(fd_read_all(fd, out, 1 << 26, &e), 0);
	close(fd);
}

/* All is said at once; a client that does not hang up is silent then. */
static int
talk(struct drop *d, struct str said, bool hang_up, struct buf *heard,
    struct buf *told)
{
	const struct serve_exit to = { open_drop, d };
	struct options o = { 0 };
	struct err e = { 0 };
	int in[2] = { -1, -1 }, out = file_of(STR("")), status;

	d->record = file_of(STR(""));
	if (hang_up)
		in[1] = file_of(said);
	else {
		ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC,
		    0, in), 0);
		ck_assert_int_eq(fd_write(in[0], said, &e), 0);
	}
	status = serve_run(&o, in[1], out, &to, 200);
	close(in[0]);
	close(in[1]);
	read_file(out, heard);
	while (wait(NULL) >= 0 || errno == EINTR)
		;
	read_file(d->record, told);
	return status;
}

/* "220 250 354 ...": one code for each reply, however many lines it has. */
static void
codes(struct buf *out, const struct buf *heard)
{
	struct str rest = buf_str(heard), line;

	while (str_eat_line(&rest, &line)) {
		ck_assert_uint_ge(line.len, 4);
		if (line.ptr[3] == '-')
			continue;
		if (out->len > 0)
			buf_putc(out, ' ');
		buf_add(out, str_head(line, 3));
	}
}

#define OK "ok 3:abc\n"
#define HI "EHLO me\r\n"
#define AB "MAIL FROM:<a@x>\r\nRCPT TO:<b@y>\r\n"
#define BYE "QUIT\r\n"

static const struct {
	const char *name, *said, *codes, *told;
	int status;
} dialogues[] = {
	{ "nothing", "", "220", "", EX_OK },
	{ "quit", BYE, "220 221", "", EX_OK },
	{ "hello and nothing", HI BYE, "220 250 221", "", EX_OK },
	{ "one message", HI AB "DATA\r\nS: x\r\n\r\nhi\r\n.\r\n" BYE,
	  "220 250 250 250 354 250 221",
	  "sender=a@x rcpt=b@y [S: x\r\n\r\nhi\r\n]end\n", EX_OK },
	{ "HELO will do", "HELO [127.0.0.1]\r\n" AB "DATA\r\nx\r\n.\r\n" BYE,
	  "220 250 250 250 354 250 221", "sender=a@x rcpt=b@y [x\r\n]end\n",
	  EX_OK },
	{ "none will do", AB "DATA\r\nx\r\n.\r\n" BYE,
	  "220 250 250 354 250 221", "sender=a@x rcpt=b@y [x\r\n]end\n",
	  EX_OK },
	{ "bare LFs", "HELO me\nMAIL FROM:<a@x>\nRCPT TO:<b@y>\nDATA\n"
	  "..x\n.\nQUIT\n",
	  "220 250 250 250 354 250 221", "sender=a@x rcpt=b@y [.x\n]end\n",
	  EX_OK },
	{ "small letters", "helo me\r\nmail from:<a@x>\r\nrcpt to:<b@y>\r\n"
	  "data\r\nx\r\n.\r\nquit\r\n",
	  "220 250 250 250 354 250 221", "sender=a@x rcpt=b@y [x\r\n]end\n",
	  EX_OK },
	{ "the null sender", "MAIL FROM:<>\r\nRCPT TO:<b@y>\r\n"
	  "DATA\r\nx\r\n.\r\n" BYE,
	  "220 250 250 354 250 221", "sender= rcpt=b@y [x\r\n]end\n", EX_OK },
	{ "an empty message", AB "DATA\r\n.\r\n" BYE,
	  "220 250 250 354 250 221", "sender=a@x rcpt=b@y end\n", EX_OK },
	{ "stuffed dots", AB "DATA\r\n..\r\n...\r\n.x\r\n.\r\n" BYE,
	  "220 250 250 354 250 221",
	  "sender=a@x rcpt=b@y [.\r\n..\r\nx\r\n]end\n", EX_OK },
	{ "two messages", AB "DATA\r\n1\r\n.\r\n" AB "DATA\r\n2\r\n.\r\n" BYE,
	  "220 250 250 354 250 250 250 354 250 221",
	  "sender=a@x rcpt=b@y [1\r\n]end\nsender=a@x rcpt=b@y [2\r\n]end\n",
	  EX_OK },
	{ "RSET forgets", AB "RSET\r\nMAIL FROM:<c@x>\r\nRCPT TO:<d@y>\r\n"
	  "DATA\r\nx\r\n.\r\n" BYE,
	  "220 250 250 250 250 250 354 250 221",
	  "sender=c@x rcpt=d@y [x\r\n]end\n", EX_OK },
	{ "EHLO forgets", AB HI "DATA\r\n" BYE,
	  "220 250 250 250 503 221", "", EX_OK },
	{ "parameters", "MAIL FROM:<a@x> SIZE=9 BODY=8BITMIME RET=HDRS"
	  " ENVID=q+2Br AUTH=<>\r\n"
	  "RCPT TO:<b@y> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b+2By@z\r\n"
	  "RCPT TO:<c@y> NOTIFY=never\r\nDATA\r\n.\r\n" BYE,
	  "220 250 250 250 354 250 221",
	  "sender=a@x rcpt=b@y notify=success,delay orcpt=rfc822;b+y@z "
	  "rcpt=c@y notify=never envid=q+r ret=hdrs body=8bitmime end\n",
	  EX_OK },
	{ "SMTPUTF8", "MAIL FROM:<\xc3\xa4@x> SMTPUTF8\r\n"
	  "RCPT TO:<b@y>\r\nDATA\r\n.\r\n" BYE,
	  "220 250 250 354 250 221",
	  "sender=\xc3\xa4@x rcpt=b@y smtputf8=yes end\n", EX_OK },
	{ "REQUIRETLS", "MAIL FROM:<a@x> REQUIRETLS\r\n"
	  "RCPT TO:<b@y>\r\nDATA\r\n.\r\n" BYE,
	  "220 250 250 354 250 221",
	  "sender=a@x rcpt=b@y requiretls=yes end\n", EX_OK },
	{ "unknown parameters", "MAIL FROM:<a@x> FOO=1\r\n"
	  "MAIL FROM:<a@x> BODY=BINARYMIME\r\nMAIL FROM:<a@x> SIZE=x\r\n"
	  "MAIL FROM:<a@x>\r\nRCPT TO:<b@y> NOTIFY=x\r\n"
	  "RCPT TO:<b@y> ORCPT=x\r\nRCPT TO:<b@y> RET=FULL\r\nDATA\r\n" BYE,
	  "220 555 501 501 250 501 501 555 554 221", "", EX_OK },
	{ "routes and blanks", "MAIL FROM: <@r,@s:a@x>\r\nRCPT TO:  b@y\r\n"
	  "RCPT TO:<\"c d>\"@y>\r\nDATA\r\n.\r\n" BYE,
	  "220 250 250 250 354 250 221",
	  "sender=a@x rcpt=b@y rcpt=\"c d>\"@y end\n", EX_OK },
	{ "bad paths", "MAIL FROM:<a@x\r\nMAIL FROM:a b@x\r\nMAIL <a@x>\r\n"
	  "MAIL FROM:<a@x>y\r\nMAIL FROM:<a\x01@x>\r\nMAIL FROM:\r\n"
	  "MAIL FROM:<a@x>\r\nRCPT TO:<>\r\nRCPT TO:<a b@x>\r\n"
	  "RCPT TO:<a@x>,<b@x>\r\n" BYE,
	  "220 501 555 501 501 501 501 250 501 501 501 221", "", EX_OK },
	{ "a CR is no way into an address",
	  "MAIL FROM:<a@x>\r\nRCPT TO:<b@y\rRCPT TO:<c@y>\r\n" BYE,
	  "220 250 501 221", "", EX_OK },
	{ "programs and files", "MAIL FROM:<a@x>\r\nRCPT TO:<|sh>\r\n"
	  "RCPT TO:</etc/passwd>\r\nRCPT TO:<:include:/x>\r\n"
	  "RCPT TO:<\"|sh\">\r\n" BYE,
	  "220 250 501 501 501 501 221", "", EX_OK },
	{ "out of order", "RCPT TO:<b@y>\r\nDATA\r\nMAIL FROM:<a@x>\r\n"
	  "MAIL FROM:<a@x>\r\nDATA\r\n" BYE,
	  "220 503 503 250 503 554 221", "", EX_OK },
	{ "other verbs", "NOOP\r\nNOOP x\r\nVRFY a\r\nHELP\r\nEXPN a\r\n"
	  "STARTTLS\r\nAUTH PLAIN x\r\n\r\nGET / HTTP/1.0\r\n" BYE,
	  "220 250 250 252 214 500 500 500 500 500 221", "", EX_OK },
	{ "LF.LF from a client of CRLFs is text",
	  AB "DATA\r\nx\n.\nMAIL FROM:<evil@x>\r\n.\r\n" BYE,
	  "220 250 250 354 250 221",
	  "sender=a@x rcpt=b@y [x\n.\nMAIL FROM:<evil@x>\r\n]end\n", EX_OK },
	{ "and so is LF.CRLF", AB "DATA\r\nx\n.\r\nRSET\r\n.\r\n" BYE,
	  "220 250 250 354 250 221",
	  "sender=a@x rcpt=b@y [x\n.\r\nRSET\r\n]end\n", EX_OK },
	{ "and CRLF.LF", AB "DATA\r\nx\r\n.\nRSET\r\n.\r\n" BYE,
	  "220 250 250 354 250 221",
	  "sender=a@x rcpt=b@y [x\r\n.\nRSET\r\n]end\n", EX_OK },
	{ "and CR.CR", AB "DATA\r\nx\r.\ry\r\n.\r\n" BYE,
	  "220 250 250 354 250 221",
	  "sender=a@x rcpt=b@y [x\r.\ry\r\n]end\n", EX_OK },
	{ "one CRLF makes a client of LFs one of CRLFs",
	  "MAIL FROM:<a@x>\nRCPT TO:<b@y>\nDATA\nx\r\ny\n.\nz\r\n.\r\nQUIT\n",
	  "220 250 250 354 250 221",
	  "sender=a@x rcpt=b@y [x\r\ny\n.\nz\r\n]end\n", EX_OK },
	{ "BDAT", AB "BDAT 3\r\na.\nBDAT 4 LAST\r\n.\r\nb" BYE,
	  "220 250 250 250 250 221",
	  "sender=a@x rcpt=b@y [a.\n.\r\nb]end\n", EX_OK },
	{ "BDAT of nothing", AB "BDAT 0 LAST\r\n" BYE,
	  "220 250 250 250 221", "sender=a@x rcpt=b@y end\n", EX_OK },
	{ "BDAT is cut by RSET", AB "BDAT 3\r\nabcRSET\r\n" BYE,
	  "220 250 250 250 250 221", "sender=a@x rcpt=b@y cut\n", EX_OK },
	{ "no DATA within BDAT", AB "BDAT 1\r\naDATA\r\nBDAT 1 LAST\r\nb" BYE,
	  "220 250 250 250 503 250 221",
	  "sender=a@x rcpt=b@y [ab]end\n", EX_OK },
	{ "BDAT without recipients takes its bytes all the same",
	  "BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n" BYE, "220 503 250 221", "",
	  EX_OK },
	{ "BDAT without a number", AB "BDAT x\r\nNOOP\r\n",
	  "220 250 250 421", "", EX_PROTOCOL },
	{ "hung up in the text", AB "DATA\r\nx\r\n", "220 250 250 354",
	  "sender=a@x rcpt=b@y cut\n", EX_PROTOCOL },
	{ "hung up in a chunk", AB "BDAT 9\r\nx", "220 250 250",
	  "sender=a@x rcpt=b@y cut\n", EX_PROTOCOL },
	{ "hung up before the last dot's line end",
	  AB "DATA\r\nx\r\n.", "220 250 250 354",
	  "sender=a@x rcpt=b@y cut\n", EX_PROTOCOL },
	{ "hung up after RCPT", AB, "220 250 250", "", EX_PROTOCOL },
	{ "half a command", "QUI", "220", "", EX_OK },
};

START_TEST(a_dialogue)
{
	struct drop d = { .answer = OK };
	struct buf heard = { 0 }, told = { 0 }, got = { 0 };
	int status = talk(&d, str_of(dialogues[_i].said), true, &heard, &told);

	codes(&got, &heard);
	ck_assert_msg(strcmp(buf_cstr(&got), dialogues[_i].codes) == 0,
	    "%s: %s", dialogues[_i].name, buf_cstr(&heard));
	ck_assert_msg(strcmp(buf_cstr(&told), dialogues[_i].told) == 0,
	    "%s: %s", dialogues[_i].name, buf_cstr(&told));
	ck_assert_msg(status == dialogues[_i].status, "%s: %d",
	    dialogues[_i].name, status);
	buf_free(&heard);
	buf_free(&told);
	buf_free(&got);
}
END_TEST

#define ONE AB "DATA\r\nx\r\n.\r\n" BYE

static const struct {
	const char *name;
	struct drop drop;
	const char *said, *codes;
} drops[] = {
	{ "commits", { .answer = OK }, ONE, "220 250 250 354 250 221" },
	{ "refuses", { .answer = "err 8:65 no no\n" }, ONE,
	  "220 250 250 354 554 221" },
	{ "cannot now", { .answer = "err 7:75 full\n" }, ONE,
	  "220 250 250 354 451 221" },
	{ "dies", { .answer = "" }, ONE, "220 250 250 354 451 221" },
	{ "talks nonsense", { .answer = "HTTP/1.0 200 OK\r\n" }, ONE,
	  "220 250 250 354 451 221" },
	{ "is not there", { .absent = true }, AB "DATA\r\n" BYE,
	  "220 250 250 451 221" },
	{ "is not there for BDAT", { .absent = true },
	  AB "BDAT 6\r\nQUIT\r\nBDAT 1 LAST\r\nxNOOP\r\n" BYE,
	  "220 250 250 451 503 250 221" },
	{ "refuses early", { .early = "err 8:65 no no\n" }, ONE,
	  "220 250 250 354 554 221" },
};

START_TEST(a_reply_is_as_good_as_the_drop_s_word)
{
	struct drop d = drops[_i].drop;
	struct buf heard = { 0 }, told = { 0 }, got = { 0 };

	talk(&d, str_of(drops[_i].said), true, &heard, &told);
	codes(&got, &heard);
	ck_assert_msg(strcmp(buf_cstr(&got), drops[_i].codes) == 0,
	    "%s: %s", drops[_i].name, buf_cstr(&heard));
	buf_free(&heard);
	buf_free(&told);
	buf_free(&got);
}
END_TEST

START_TEST(a_silent_client_is_let_go)
{
	static const char *const said[] = { "", AB, AB "DATA\r\nx\r\n",
		AB "BDAT 9\r\nx" };
	struct drop d = { .answer = OK };
	struct buf heard = { 0 }, told = { 0 };

	ck_assert_int_eq(talk(&d, str_of(said[_i]), false, &heard, &told),
	    EX_TEMPFAIL);
	ck_assert_ptr_ne(strstr(buf_cstr(&heard), "\r\n421 4.4.2"), NULL);
	ck_assert(told.len == 0 || str_ends(buf_str(&told), STR(" cut\n")) ||
	    str_ends(buf_str(&told), STR("]cut\n")));
	buf_free(&heard);
	buf_free(&told);
}
END_TEST

START_TEST(limits_hold)
{
	struct drop d = { .answer = OK };
	struct buf said = { 0 }, heard = { 0 }, told = { 0 };

	buf_puts(&said, "NOOP ");
	for (int i = 0; i < 100000; i++)
		buf_putc(&said, 'x');
	buf_puts(&said, "\r\nMAIL FROM:<a@x>\r\n");
	for (int i = 0; i <= 10000; i++)
		buf_printf(&said, "RCPT TO:<r%d@y>\r\n", i);
	for (int i = 0; i < 60; i++)
		buf_puts(&said, "BLAH\r\n");
	ck_assert_int_eq(talk(&d, buf_str(&said), true, &heard, &told),
	    EX_PROTOCOL);
	ck_assert_ptr_ne(strstr(buf_cstr(&heard), "500 5.5.2 line too"), NULL);
	ck_assert_ptr_ne(strstr(buf_cstr(&heard), "452 4.5.3"), NULL);
	ck_assert_ptr_ne(strstr(buf_cstr(&heard), "421 4.7.0"), NULL);
	buf_free(&said);
	buf_free(&heard);
	buf_free(&told);
}
END_TEST

/* However the bytes are cut, the text and its end are the same. */
START_TEST(the_end_is_found_across_every_edge)
{
	static const char text[] = "..a\r\n.\nb\n.\r\n\r.\r\r\n...\r\r\n.x\r\n"
	    ".\r\nQUIT";
	struct buf whole = { 0 }, parts = { 0 };
	struct dotted d = { .crlf = true };
	size_t used = 0, part, total = 0;

	ck_assert(dotted_feed(&d, STR(text), &whole, &used));
	ck_assert_uint_eq(used, strlen(text) - 4);
	for (size_t cut = 0; cut < used; cut++) {
		struct dotted p = { .crlf = true };
		bool end;

		buf_reset(&parts);
		ck_assert(!dotted_feed(&p, str_head(STR(text), cut), &parts,
		    &part));
		end = dotted_feed(&p, str_skip(STR(text), cut), &parts, &total);
		ck_assert(end);
		ck_assert_uint_eq(cut + total, used);
		ck_assert_str_eq(buf_cstr(&parts), buf_cstr(&whole));
	}
	buf_free(&whole);
	buf_free(&parts);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_dialogue, TABLE_COUNT(dialogues) },
		{ a_reply_is_as_good_as_the_drop_s_word, TABLE_COUNT(drops) },
		{ a_silent_client_is_let_go, 4 },
		{ limits_hold, 0 },
		{ the_end_is_found_across_every_edge, 0 },
	};

	return RUN("front-serve", tests);
}

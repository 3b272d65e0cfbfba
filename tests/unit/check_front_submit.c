// SPDX-License-Identifier: ISC
/*
 * check_front_submit.c - a submission: what is said, what is heard, who we are
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/table.h"
#include "front/choice.h"
#include "front/door.h"
#include "front/hear.h"
#include "front/input.h"
#include "front/mailq.h"
#include "front/origin.h"
#include "front/post.h"
#include "front/queue.h"
#include "queue/field.h"
#include "run.h"

/* -- what is heard */

/* Says its lines; "~" between two of them is a tenth of a second. */
static int
speak(const char *lines, pid_t *pid)
{
	int sv[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sv), 0);
	*pid = fork();
	if (*pid == 0) {
		struct str rest = str_of(lines), part;
		struct err e = { 0 };

		close(sv[0]);
		while (str_eat_until(&rest, '~', &part)) {
			(void)fd_write(sv[1], part, &e);
			(void)poll(NULL, 0, 100);
		}
		(void)fd_write(sv[1], rest, &e);
		_exit(0);
	}
	close(sv[1]);
	return sv[0];
}

struct heard {
	struct buf lines;
};

static void
keep_line(void *who, struct str line)
{
	struct heard *h = who;

	buf_add(&h->lines, line);
	buf_putc(&h->lines, '|');
}

#define SENT "done 6:0 sent\n"
#define NO "done 18:69 554 5.7.1 spam!\n"

static const struct {
	const char *name, *lines;
	enum wait wait;
	int commit, verdict;	/* exit codes */
	bool sent;
	const char *words;	/* of the refusal, or the trace */
} hearings[] = {
	{ "sent", "ok 1:A\n" SENT, WAIT_PATIENCE, 0, 0, true, "" },
	{ "one byte after the other", "o~k 1~:A~\n~done 1:0~\n",
	    WAIT_END, 0, 0, true, "" },
	{ "refused for good", "ok 1:A\n" NO, WAIT_PATIENCE, 0,
	    EX_UNAVAILABLE, false, "554 5.7.1 spam!" },
	{ "refused, and the words are made harmless",
	    "ok 1:A\ndone 6:67 \x1b[m\n", WAIT_PATIENCE, 0, EX_NOUSER, false,
	    "\\e[m" },
	{ "a refusal without words", "ok 1:A\ndone 2:68\n", WAIT_PATIENCE,
	    0, EX_NOHOST, false, "the relay refused the message" },
	{ "deferred", "ok 1:A\ndone 8:75 later\n", WAIT_PATIENCE, 0, 0, false,
	    "" },
	{ "no verdict in time", "ok 1:A\n~~~~~" NO, WAIT_PATIENCE, 0, 0,
	    false, "" },
	{ "a verdict that is late, and patience for it",
	    "ok 1:A\npatience 1:2\n~~~~~" NO, WAIT_PATIENCE, 0,
	    EX_UNAVAILABLE, false, "554 5.7.1 spam!" },
	{ "no patience at all", "ok 1:A\npatience 1:0\n~~" NO, WAIT_PATIENCE,
	    0, 0, false, "" },
	{ "-odi waits to the end", "ok 1:A\npatience 1:0\n~~~~~" NO, WAIT_END,
	    0, EX_UNAVAILABLE, false, "554 5.7.1 spam!" },
	{ "-odb does not wait", "ok 1:A\n" NO, WAIT_BACKGROUND, 0, 0, false,
	    "" },
	{ "-odq neither", "ok 1:A\n" NO, WAIT_NONE, 0, 0, false, "" },
	{ "the relay dies", "ok 1:A\ntrace 5:< 220\n", WAIT_END, 0, 0, false,
	    "< 220|" },
	{ "the relay talks nonsense", "ok 1:A\nHTTP/1.0 200 OK\n", WAIT_END,
	    0, 0, false, "" },
	{ "the relay knows more than we do", "ok 1:A\nnews 2:hi\n" SENT,
	    WAIT_END, 0, 0, true, "" },
	{ "an exit code that is none", "ok 1:A\ndone 4:1 no\n", WAIT_END, 0,
	    0, false, "" },
	{ "the dialogue", "ok 1:A\ntrace 5:< 220\ntrace 6:> QUIT\n" SENT,
	    WAIT_PATIENCE, 0, 0, true, "< 220|> QUIT|" },
	{ "a session that is over", "ok 1:A\ndown 14:77 no such \x1b[m\n",
	    WAIT_END, 0, EX_NOPERM, false, "no such \\e[m" },
	{ "one that is over without a reason", "ok 1:A\ndown 1:0\n",
	    WAIT_END, 0, EX_TEMPFAIL, false, "the session is over" },
	{ "one recipient of two", "ok 1:A\nrcpt 16:failed a@x 550 x\n"
	    "rcpt 10:sent b@x k\ndone 8:67 550 x\n", WAIT_PATIENCE, 0,
	    EX_NOUSER, false, "550 x" },
	{ "refused by the drop", "err 12:65 no thanks\n", WAIT_PATIENCE,
	    EX_DATAERR, 0, false, "no thanks" },
	{ "a full disk", "err 7:75 full\n", WAIT_PATIENCE, EX_TEMPFAIL, 0,
	    false, "full" },
	{ "a refusal that says 0", "err 1:0\n", WAIT_PATIENCE, EX_TEMPFAIL, 0,
	    false, "the queue refused" },
	{ "a drop that dies", "", WAIT_PATIENCE, EX_TEMPFAIL, 0, false,
	    "without a word" },
	{ "a drop that dies within a word", "ok 20:A", WAIT_PATIENCE,
	    EX_TEMPFAIL, 0, false, "without a word" },
	{ "a silent drop", "~~~~~~~~ok 1:A\n", WAIT_PATIENCE, EX_TEMPFAIL, 0,
	    false, "does not answer" },
	{ "a drop that is none", "220 hello\r\n", WAIT_PATIENCE, EX_TEMPFAIL,
	    0, false, "without a word" },
};

START_TEST(a_hearing)
{
	struct heard heard = { 0 };
	pid_t pid;
	struct hear h = { .fd = speak(hearings[_i].lines, &pid),
	    .commit_ms = 400, .patience_ms = 300, .line = keep_line,
	    .who = &heard };
	struct err e = { 0 };
	const char *name = hearings[_i].name;
	int rc = hear_commit(&h, &e);

	ck_assert_msg((rc < 0 ? e.code : 0) == hearings[_i].commit,
	    "%s: %d %s", name, e.code, buf_cstr(&e.text));
	if (rc == 0) {
		ck_assert_str_eq(buf_cstr(&h.id), "A");
		rc = hear_verdict(&h, hearings[_i].wait, &e);
		ck_assert_msg((rc < 0 ? e.code : 0) == hearings[_i].verdict,
		    "%s: %d %s", name, e.code, buf_cstr(&e.text));
	}
	ck_assert_msg(h.sent == hearings[_i].sent, "%s", name);
	ck_assert_msg(strstr(buf_cstr(rc < 0 ? &e.text : &heard.lines),
	    hearings[_i].words) != NULL, "%s: %s%s", name, buf_cstr(&e.text),
	    buf_cstr(&heard.lines));
	close(h.fd);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	buf_free(&heard.lines);
	hear_free(&h);
	err_clear(&e);
}
END_TEST

START_TEST(each_refused_recipient_has_a_line)
{
	pid_t pid;
	struct hear h = { .fd = speak("ok 1:A\nrcpt 16:failed a@x 550 x\n"
	    "rcpt 10:sent b@x k\nrcpt 10:failed c@x\ndone 8:67 550 x\n",
	    &pid) };
	struct err e = { 0 };

	ck_assert_int_eq(hear_commit(&h, &e), 0);
	ck_assert_int_eq(hear_verdict(&h, WAIT_END, &e), -1);
	ck_assert_str_eq(buf_cstr(&h.words), "a@x: 550 x\nc@x: refused\n");
	close(h.fd);
	waitpid(pid, NULL, 0);
	hear_free(&h);
	err_clear(&e);
}
END_TEST

static void
keep_verdict(void *who, struct str state, struct str address,
    struct str words)
{
	struct heard *h = who;

	buf_printf(&h->lines, "%.*s,%.*s,%.*s|", STR_ARGS(state),
	    STR_ARGS(address), STR_ARGS(words));
}

static void
keep_moved(void *who, uint64_t done, uint64_t total)
{
	struct heard *h = who;

	buf_printf(&h->lines, "%llu/%llu|", (unsigned long long)done,
	    (unsigned long long)total);
}

START_TEST(every_step_is_passed_on)
{
	struct heard heard = { 0 };
	pid_t pid;
	struct hear h = { .fd = speak("ok 1:A\nmoved 6:10 200\n"
	    "moved 3:x 1\nmoved 2:10\nmoved 7:200 200\n"
	    "rcpt 10:sent b@x k\nrcpt 16:deferred c@x 4 x\nrcpt 1:x\n"
	    "rcpt 10:failed d@x\ndone 8:75 550 x\n", &pid),
	    .verdict = keep_verdict, .moved = keep_moved, .who = &heard };
	struct err e = { 0 };

	ck_assert_int_eq(hear_commit(&h, &e), 0);
	ck_assert_int_eq(hear_verdict(&h, WAIT_END, &e), 0);
	ck_assert_int_eq(h.code, EX_TEMPFAIL);
	ck_assert_str_eq(buf_cstr(&heard.lines), "10/200|200/200|sent,b@x,k|"
	    "deferred,c@x,4 x|failed,d@x,|");
	close(h.fd);
	waitpid(pid, NULL, 0);
	buf_free(&heard.lines);
	hear_free(&h);
	err_clear(&e);
}
END_TEST

/* -- what is said */

static void
read_back(int fd, struct buf *out)
{
	struct err e = { 0 };

	ck_assert_int_eq(fd_read_all(fd, out, 1 << 22, &e), 0);
}

START_TEST(an_envelope_is_said_in_fields)
{
	struct letter l = { .sender_given = true, .body = BODY_8BITMIME,
	    .wait = WAIT_END, .errors = 'e', .trace = true };
	struct post p = { 0 };
	struct buf got = { 0 };
	struct rcpt *r;
	int sv[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sv), 0);
	p.fd = sv[0];
	buf_puts(&l.env.sender, "a@x");
	r = envelope_add(&l.env, STR("b@y"));
	r->notify = NOTIFY_FAILURE | NOTIFY_DELAY;
	buf_puts(&r->orcpt, "rfc822;b@y");
	envelope_add(&l.env, STR("c@y"));
	buf_puts(&l.env.envid, "id");
	l.env.ret = RET_HDRS;
	buf_puts(&l.facts.login, "al");
	l.facts.zone = -90;
	post_envelope(&p, &l);
	post_data(&p, STR("x"));
	post_data(&p, STR(""));
	post_data(&p, STR("y"));
	post_end(&p);
	close(sv[0]);
	read_back(sv[1], &got);
	close(sv[1]);
	ck_assert_str_eq(buf_cstr(&got), "sender 3:a@x\nrcpt 3:b@y\n"
	    "notify 13:failure,delay\norcpt 10:rfc822;b@y\nrcpt 3:c@y\n"
	    "envid 2:id\nret 4:hdrs\nbody 8:8bitmime\nlogin 2:al\nzone 3:-90\n"
	    "wait 3:end\noe 1:m\ntrace 3:yes\ndata 2:xy\nend 0:\n");
	buf_free(&got);
	post_free(&p);
	letter_free(&l);
}
END_TEST

START_TEST(no_sender_is_not_the_null_sender)
{
	struct letter l = { 0 };
	struct post p = { 0 };
	struct buf got = { 0 };
	int sv[2];

	l.sender_given = _i == 1;
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sv), 0);
	p.fd = sv[0];
	post_envelope(&p, &l);
	close(sv[0]);
	read_back(sv[1], &got);
	close(sv[1]);
	ck_assert_int_eq(strncmp(buf_cstr(&got), "sender 0:\n", 10) == 0,
	    _i == 1);
	buf_free(&got);
	post_free(&p);
	letter_free(&l);
}
END_TEST

/* Large pieces are cut, small ones gathered; none is lost or turned round. */
START_TEST(data_arrives_as_it_was)
{
	struct buf want = { 0 }, got = { 0 };
	struct buf all = { 0 };
	struct post p = { 0 };
	struct str rest, key, value;
	int sv[2], rc;
	pid_t pid;

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sv), 0);
	for (size_t i = 0; i < 1000000; i++)
		buf_putc(&want, (char)(i * 7 % 251));
	pid = fork();
	if (pid == 0) {
		close(sv[1]);
		p.fd = sv[0];
		for (size_t i = 0, n = 1; i < want.len; i += n, n = n * 3)
			post_data(&p, str_head(str_skip(buf_str(&want), i),
			    n));
		post_end(&p);
		_exit(p.broken);
	}
	close(sv[0]);
	read_back(sv[1], &all);
	rest = buf_str(&all);
	while ((rc = field_eat(&rest, 262144, &key, &value)) > 0)
		if (str_eq(key, STR("data")))
			buf_add(&got, value);
	ck_assert_int_eq(rc, 0);
	ck_assert(str_eq(key, STR("end")));
	ck_assert(str_eq(buf_str(&got), buf_str(&want)));
	ck_assert_int_eq(waitpid(pid, &rc, 0), pid);
	ck_assert_int_eq(rc, 0);
	close(sv[1]);
	buf_free(&want);
	buf_free(&got);
	buf_free(&all);
}
END_TEST

static int send_fails;		/* the call that does, counted down to 1 */

ssize_t __real_sendmsg(int, const struct msghdr *, int);
ssize_t __wrap_sendmsg(int, const struct msghdr *, int);
ssize_t
__wrap_sendmsg(int fd, const struct msghdr *m, int flags)
{
	if (send_fails > 0 && --send_fails == 0) {
		errno = EIO;
		return -1;
	}
	return __real_sendmsg(fd, m, flags);
}

/* Else the drop waits for the rest and we for the drop. */
START_TEST(a_failed_write_is_the_end_of_what_is_said)
{
	struct letter l = { 0 };
	struct post p = { 0 };
	struct buf all = { 0 };
	struct err e = { 0 };
	int sv[2];
	struct pollfd end;

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sv), 0);
	p.fd = sv[0];
	send_fails = _i + 1;
	post_envelope(&p, &l);
	post_data(&p, STR("x"));
	post_end(&p);
	ck_assert(p.broken);
	ck_assert_int_eq(p.errnum, EIO);
	end = (struct pollfd){ .fd = sv[1], .events = POLLRDHUP };
	ck_assert_int_eq(poll(&end, 1, 0), 1);
	ck_assert_int_eq(fd_read_all(sv[1], &all, 65536, &e), 0);
	ck_assert(!str_ends(buf_str(&all), STR("end 0:\n")));
	close(sv[0]);
	close(sv[1]);
	buf_free(&all);
	post_free(&p);
}
END_TEST

START_TEST(nobody_there_is_noticed_and_no_signal)
{
	struct letter l = { 0 };
	struct post p = { 0 };
	int sv[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sv), 0);
	close(sv[1]);
	p.fd = sv[0];
	post_envelope(&p, &l);
	post_data(&p, STR("x"));
	post_end(&p);
	ck_assert(p.broken);
	close(sv[0]);
	post_free(&p);
}
END_TEST

START_TEST(only_the_end_is_the_end)
{
	static const char *const paths[] = { "/dev/null", "/", NULL };
	struct input in = { 0 };
	struct err e = { 0 };
	struct str piece;
	int fd = paths[_i] == NULL ? -1 : open(paths[_i], O_RDONLY);
	int rc;

	input_init(&in, fd);
	rc = source_pull(&in.source, &piece, &e);
	ck_assert_int_eq(rc, _i == 0 ? 0 : -1);
	ck_assert_int_eq(e.code, _i == 0 ? 0 : EX_IOERR);
	input_free(&in);
	err_clear(&e);
	if (fd >= 0)
		close(fd);
}
END_TEST

/* Only where more than a little comes: a small one has no time for it. */
START_TEST(a_large_message_comes_through_a_large_pipe)
{
	static char block[4096];
	struct input in = { 0 };
	struct err e = { 0 };
	struct str piece;
	int p[2], before;

	ck_assert_int_eq(pipe(p), 0);
	before = fcntl(p[0], F_GETPIPE_SZ);
	input_init(&in, p[0]);
	for (size_t i = 0; i < 16; i++) {
		ck_assert_int_eq(fcntl(p[0], F_GETPIPE_SZ), before);
		ck_assert_int_eq(write(p[1], block, sizeof(block)),
		    sizeof(block));
		ck_assert_int_eq(source_pull(&in.source, &piece, &e), 1);
		ck_assert_uint_eq(piece.len, sizeof(block));
	}
	/* Where this user has too many pipes it stays as it is. */
	ck_assert_int_ge(fcntl(p[0], F_GETPIPE_SZ), before);
	close(p[1]);
	ck_assert_int_eq(source_pull(&in.source, &piece, &e), 0);
	input_free(&in);
	close(p[0]);
}
END_TEST

START_TEST(what_comes_later_is_waited_for)
{
	struct input in = { 0 };
	struct err e = { 0 };
	struct str piece;
	pid_t pid;
	int fd = speak("~~x", &pid);

	ck_assert_int_eq(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
	input_init(&in, fd);
	ck_assert_int_eq(source_pull(&in.source, &piece, &e), 1);
	ck_assert(str_eq(piece, STR("x")));
	ck_assert_int_eq(source_pull(&in.source, &piece, &e), 0);
	input_free(&in);
	close(fd);
	waitpid(pid, NULL, 0);
}
END_TEST

/* -- who we are */

static const struct {
	const char *all, *ctype, *lang, *charset;
} locales[] = {
	{ NULL, NULL, NULL, "" },
	{ NULL, NULL, "C", "" },
	{ NULL, NULL, "C.UTF-8", "UTF-8" },
	{ "", "", "de_DE.utf8", "UTF-8" },
	{ NULL, "de_DE.ISO-8859-15@euro", "C", "ISO-8859-15" },
	{ "C", "de_DE.UTF-8", "de_DE.UTF-8", "" },
	{ "x.a b", NULL, NULL, "" },
	{ "x.", NULL, NULL, "" },
	{ "x.\r\nBcc: y", NULL, NULL, "" },
};

START_TEST(a_locale_has_a_charset)
{
	struct str got = origin_charset(locales[_i].all, locales[_i].ctype,
	    locales[_i].lang);

	ck_assert(str_eq(got, str_of(locales[_i].charset)));
}
END_TEST

static const struct {
	const char *text, *name, *gecos;
} people[] = {
	{ "", "", "" },
	{ "Al Bo", "Al Bo", "Al Bo" },
	{ "Al Bo,room 1,,", "Al Bo,room 1,,", "Al Bo" },
	{ "& Bo", "& Bo", "Root Bo" },
	{ "\"Reminder Service\"", "Reminder Service", "\"Reminder Service\"" },
	{ "\"a\\\"b\"", "a\"b", "\"a\\\"b\"" },
	{ "\"", "\"", "\"" },
	{ "a\r\nBcc: x", "a  Bcc: x", "a  Bcc: x" },
};

START_TEST(a_name_is_one_line)
{
	struct buf name = { 0 }, gecos = { 0 };

	origin_name(&name, str_of(people[_i].text));
	facts_gecos(&gecos, str_of(people[_i].text), STR("root"));
	ck_assert_str_eq(buf_cstr(&name), people[_i].name);
	ck_assert_str_eq(buf_cstr(&gecos), people[_i].gecos);
	buf_free(&name);
	buf_free(&gecos);
}
END_TEST

START_TEST(a_setgid_bit_that_is_not_there_has_words)
{
	char path[] = "/tmp/minismtp-check.XXXXXX";
	struct buf why = { 0 };
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	ck_assert(!door_is_setgid(path, &why));
	ck_assert_ptr_ne(strstr(buf_cstr(&why), "not setgid"), NULL);
	buf_reset(&why);
	unlink(path);
	ck_assert(!door_is_setgid(path, &why));
	ck_assert_ptr_ne(strstr(buf_cstr(&why), "No such file"), NULL);
	close(fd);
	buf_free(&why);
}
END_TEST

START_TEST(a_drop_that_is_not_there_is_75)
{
	struct place p = { .personal = true };
	struct err e = { 0 };

	buf_puts(&p.drop, "/nonexistent/minismtp-drop");
	ck_assert_int_eq(door_open(&p, WAIT_PATIENCE, &e), -1);
	ck_assert_int_eq(e.code, EX_TEMPFAIL);
	place_free(&p);
	err_clear(&e);
}
END_TEST

/* -- mailq */

#define HEAD "----Queue ID----- --Size-- ---Arrival Time----" \
	" --Sender/Recipient------\n"

static const struct {
	const char *name, *fields, *table;
	size_t count;
} queues[] = {
	{ "empty", "end 0:\n", "Mail queue is empty\n", 0 },
	{ "one", "entry 7:abc new\nsize 4:2048\ntime 1:0\nnext 1:0\n"
	    "uid 1:0\ntries 1:0\nsender 3:a@x\nrcpt 5:T b@y\nrcpt 5:D c@y\n"
	    "end 0:\n",
	    HEAD "abc*                  2048 Thu Jan  1 00:00:00 a@x\n"
	    "                                               b@y\n\n"
	    "-- 2 Kbytes in 1 Request.\n", 1 },
	{ "two, with reasons", "entry 7:abc cur\nsize 1:9\ntime 1:0\n"
	    "next 1:9\nuid 1:0\ntries 1:1\nsender 0:\nwhy 9:5 75 busy\n"
	    "rcpt 5:T b@y\nrcpt 5:T c@y\nrcpt 5:T d@y\nwhy 8:5 75 no!\n"
	    "entry 7:def cur\nsize 1:9\ntime 1:0\nnext 4:held\nuid 1:0\n"
	    "tries 1:1\nsender 3:e@x\nrcpt 5:T b@y\nend 0:\n",
	    HEAD "abc                      9 Thu Jan  1 00:00:00"
	    " MAILER-DAEMON\n"
	    "%(busy)\n"
	    "                                               b@y\n"
	    "                                               c@y\n"
	    " %(no!)\n"
	    "                                               d@y\n\n"
	    "def!                     9 Thu Jan  1 00:00:00 e@x\n"
	    "                                               b@y\n\n"
	    "-- 0 Kbytes in 2 Requests.\n", 2 },
	{ "torn", "entry 7:abc new\nsize 1:9\n", NULL, 0 },
	{ "nonsense", "what is this", NULL, 0 },
	{ "refused", "err 5:77 no\n", NULL, 0 },
	{ "nothing", "", NULL, 0 },
	{ "an end that fails", "entry 7:abc new\nsize 1:9\nerr 5:77 no\n",
	    NULL, 0 },
	{ "about none", "size 1:9\nend 0:\n", NULL, 0 },
	{ "about one of before", "junk 1:x\nsize 1:9\nend 0:\n", NULL, 0 },
};

/* "%" at the start of an expected line is as wide as the padding. */
static void
expand(struct buf *out, const char *table)
{
	for (; *table != '\0'; table++)
		if (*table == '%')
			buf_printf(out, "%72s", "");
		else
			buf_putc(out, *table);
}

/* As they come: so many bytes at a time. */
static int
tell(struct jobs *q, struct str fields, size_t step, struct err *e)
{
	struct buf heard = { 0 };
	struct str rest;
	int rc = 0;

	for (; rc == 0 && fields.len > 0; fields = str_skip(fields, step)) {
		buf_add(&heard, str_head(fields, step));
		rest = buf_str(&heard);
		rc = jobs_take(q, &rest, e);
		buf_shift(&heard, heard.len - rest.len);
	}
	buf_free(&heard);
	return rc < 0 ? -1 : jobs_end(q, e);
}

static int
format(struct mailq *m, struct str fields, size_t step, struct err *e)
{
	struct jobs q = { .each = mailq_add, .who = m };
	int rc = tell(&q, fields, step, e);

	if (rc == 0)
		rc = mailq_end(m, &q.junk, e);
	ck_assert_uint_eq(q.count, m->count);
	jobs_free(&q);
	return rc;
}

START_TEST(a_queue_is_a_table)
{
	static const size_t steps[] = { 1, 7, 65536 };
	struct str fields = str_of(queues[_i].fields);
	struct buf want = { 0 };
	struct err e = { 0 };

	setenv("TZ", "UTC", 1);
	if (queues[_i].table != NULL)
		expand(&want, queues[_i].table);
	for (size_t k = 0; k < TABLE_COUNT(steps); k++) {
		struct mailq m = { .fd = -1 };
		int rc = format(&m, fields, steps[k], &e);

		if (queues[_i].table == NULL)
			ck_assert_msg(rc < 0 && e.code != 0, "%s",
			    queues[_i].name);
		else
			ck_assert_int_eq(rc, 0);
		ck_assert_str_eq(buf_cstr(&m.out), buf_cstr(&want));
		ck_assert_uint_eq(m.count, queues[_i].count);
		mailq_free(&m);
	}
	buf_free(&want);
	err_clear(&e);
}
END_TEST

/* What was cut off is not printed in half, and not counted. */
START_TEST(a_listing_that_ends_early_has_no_last_line)
{
	struct str all = str_of(queues[2].fields);

	setenv("TZ", "UTC", 1);
	for (size_t len = 0; len < all.len; len++) {
		struct mailq m = { .fd = -1 };
		struct err e = { 0 };

		ck_assert_int_eq(format(&m, str_head(all, len), 65536, &e),
		    -1);
		ck_assert_int_eq(e.code, EX_TEMPFAIL);
		ck_assert_uint_lt(m.count, 2);
		ck_assert_ptr_null(strstr(buf_cstr(&m.out), "\n-- "));
		ck_assert((m.count == 1) ==
		    (strstr(buf_cstr(&m.out), "d@y\n\n") != NULL));
		mailq_free(&m);
		err_clear(&e);
	}
}
END_TEST

#define MANY 2000

static void
add_many(struct buf *fields)
{
	for (int i = 0; i < MANY; i++)
		buf_printf(fields, "entry 8:%04d new\nsize 1:1\ntime 10:"
		    "%010d\nuid 10:4000000000\nrcpt 5:T b@y\n", i,
		    1795000000 + i * 17);
	buf_puts(fields, "end 0:\n");
}

/* Nor do two messages know of each other, whatever is kept for the next. */
START_TEST(a_long_queue_goes_out_in_pieces)
{
	struct mailq m = { .fd = fileno(tmpfile()) };
	struct buf fields = { 0 }, got = { 0 }, want = { 0 };
	struct err e = { 0 };
	struct tm tm;

	setenv("TZ", "UTC", 1);
	add_many(&fields);
	ck_assert_int_eq(format(&m, buf_str(&fields), 65536, &e), 0);
	ck_assert_uint_eq(m.out.len, 0);
	ck_assert_uint_lt(m.out.cap, 262144);
	ck_assert_int_eq(lseek(m.fd, 0, SEEK_SET), 0);
	ck_assert_int_eq(fd_read_all(m.fd, &got, 1000000, &e), 0);
	buf_puts(&want, HEAD);
	for (int i = 0; i < MANY; i++) {
		time_t t = 1795000000 + i * 17;
		char text[32];

		gmtime_r(&t, &tm);
		strftime(text, sizeof(text), "%a %b %e %H:%M:%S", &tm);
		buf_printf(&want, "%04d*                    1 %s "
		    "uid4000000000\n%47sb@y\n\n", i, text, "");
	}
	buf_printf(&want, "-- %d Kbytes in %d Requests.\n", MANY / 1024, MANY);
	ck_assert_str_eq(buf_cstr(&got), buf_cstr(&want));
	buf_free(&fields);
	buf_free(&got);
	buf_free(&want);
	mailq_free(&m);
}
END_TEST

START_TEST(a_reader_who_has_gone_ends_the_listing)
{
	struct buf fields = { 0 };
	struct mailq m = { .json = _i == 1 };
	struct jobs q = { .each = mailq_add, .who = &m };
	struct err e = { 0 };
	int ends[2];

	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(pipe(ends), 0);
	close(ends[0]);
	m.fd = ends[1];
	add_many(&fields);
	ck_assert_int_eq(tell(&q, buf_str(&fields), 65536, &e), -1);
	ck_assert_int_eq(e.code, EX_IOERR);
	ck_assert_uint_lt(q.count, MANY);
	jobs_free(&q);
	mailq_free(&m);
	buf_free(&fields);
	err_clear(&e);
	close(ends[1]);
}
END_TEST

/* -- whom somebody means */

#define WAITING "entry 7:abc cur\nsize 1:9\ntime 4:1000\nnext 1:9\n" \
	"uid 1:0\ntries 1:1\nsender 9:Me@x.test\n" \
	"rcpt 10:T b@Y.test\nrcpt 10:D c@z.test\nend 0:\n"

static const struct {
	const char *name;
	struct choice choice;
	bool fits;
} choices[] = {
#define ONE(text) { .item = (struct buf[]){ { (char[]){ text }, \
	sizeof(text) - 1, sizeof(text) } }, .count = 1 }
	{ "everything", { .older = 0 }, true },
	{ "its ID", { .ids = ONE("abc") }, true },
	{ "half its ID", { .ids = ONE("ab") }, false },
	{ "its sender", { .senders = ONE("me@X.test") }, true },
	{ "half its sender", { .senders = ONE("e@x.test") }, false },
	{ "its domain", { .senders = ONE("@x.test") }, true },
	{ "a recipient", { .recipients = ONE("b@y.test") }, true },
	{ "one who has it", { .recipients = ONE("c@z.test") }, false },
	{ "old enough", { .older = 500 }, true },
	{ "not so old", { .older = 501 }, false },
	{ "part of the sender", { .select = ONE("S=x.t") }, true },
	{ "part of a recipient", { .select = ONE("R=Y.T") }, true },
	{ "not that recipient", { .select = ONE("!R=y.t") }, false },
	{ "empty text", { .select = ONE("I=") }, true },
	{ "a recipient who has it", { .select = ONE("R=c@z") }, false },
	{ "all of it", { .senders = ONE("me@x.test"),
	  .recipients = ONE("x@y.test") }, false },
};

START_TEST(a_choice)
{
	struct jobs q = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(tell(&q, STR(WAITING), 65536, &e), 0);
	ck_assert_msg(choice_fits(&choices[_i].choice, &q.job, 1500) ==
	    choices[_i].fits, "%s", choices[_i].name);
	jobs_free(&q);
}
END_TEST

static const struct {
	const char *text;
	uint64_t seconds;	/* 0: this is none */
} times[] = {
	{ "90", 90 }, { "90s", 90 }, { "5m", 300 }, { "4h", 14400 },
	{ "2d", 172800 }, { "1w", 604800 }, { "1h30m", 5400 }, { "", 0 },
	{ "d", 0 }, { "2y", 0 }, { "-1", 0 }, { "2d ", 0 }, { "1.5h", 0 },
	{ "99999999999999999999", 0 }, { "18446744073709551615w", 0 },
};

START_TEST(a_time)
{
	uint64_t seconds = 0;

	ck_assert_msg(choice_eat_time(str_of(times[_i].text), &seconds) ==
	    (times[_i].seconds > 0), "%s", times[_i].text);
	ck_assert_uint_eq(seconds, times[_i].seconds);
}
END_TEST

static const struct {
	const char *name, *fields, *words;
	int level;
} watched[] = {
	{ "empty", "end 0:\n", "QUEUE OK - 0 waiting, 0 held, 0 failed, "
	    "the oldest waits for 0 s|waiting=0;1;2;0 held=0;;;0 "
	    "failed=0;;;0 oldest=0s;;600;0\n", 0 },
	{ "one", WAITING, "QUEUE WARNING - 1 waiting, ", 1 },
	{ "old", "entry 7:abc new\ntime 3:900\nend 0:\n",
	    "QUEUE CRITICAL - 1 waiting, ", 2 },
	{ "two", "entry 7:abc new\ntime 4:1500\nentry 7:def new\n"
	    "time 4:1500\nend 0:\n", "QUEUE CRITICAL - 2 waiting, ", 2 },
	{ "held", "entry 7:abc cur\ntime 1:9\nnext 4:held\nend 0:\n",
	    "QUEUE OK - 0 waiting, 1 held, ", 0 },
	{ "failed", "entry 10:abc failed\ntime 1:9\nnext 1:0\nend 0:\n",
	    "QUEUE WARNING - 0 waiting, 0 held, 1 failed, ", 1 },
	{ "junk", "junk 1:x\nend 0:\n", "QUEUE WARNING - 0 waiting, ", 1 },
	{ "from the future", "entry 7:abc new\ntime 6:999999\nend 0:\n",
	    "QUEUE WARNING - 1 waiting, ", 1 },
};

START_TEST(a_monitor_is_told)
{
	const struct queue_limits limits = { 1, 2, 600 };
	struct buf out = { 0 };
	struct queue_sums sums = { .now = 1500 };
	struct jobs q = { .each = queue_count, .who = &sums };
	struct err e = { 0 };
	struct str said, words = str_of(watched[_i].words);

	ck_assert_int_eq(tell(&q, str_of(watched[_i].fields), 65536, &e), 0);
	ck_assert_int_eq(queue_judge(&out, &sums, q.junk.count, &limits),
	    watched[_i].level);
	said = buf_str(&out);
	ck_assert_msg(str_eat(&said, words), "%s: %s", watched[_i].name,
	    buf_cstr(&out));
	jobs_free(&q);
	buf_free(&out);
}
END_TEST

START_TEST(a_queue_is_json)
{
	struct mailq m = { .json = true, .fd = -1 };
	struct err e = { 0 };

	ck_assert_int_eq(format(&m, STR("entry 7:abc cur\nsize 1:9\n"
	    "time 1:5\nnext 1:9\nuid 1:3\ntries 1:1\nsender 3:\"@\377\n"
	    "account 1:w\nrcpt 5:T b@y\nwhy 9:5 451 \\\t!\n"
	    "rcpt 5:R c@y\nend 0:\n"), 65536, &e), 0);
	ck_assert_str_eq(buf_cstr(&m.out), "{\"id\":\"abc\",\"state\":\"cur\","
	    "\"sender\":\"\\\"@\\\\xff\",\"uid\":3,\"account\":\"w\","
	    "\"size\":9,\"arrival\":5,\"next\":9,\"attempts\":1,"
	    "\"reason\":\"\\\\\\\\\\\\t!\",\"recipients\":["
	    "{\"address\":\"b@y\",\"state\":\"waiting\",\"code\":451,"
	    "\"reply\":\"\\\\\\\\\\\\t!\",\"tried\":5},"
	    "{\"address\":\"c@y\",\"state\":\"failed\"}]}\n");
	mailq_free(&m);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_hearing, TABLE_COUNT(hearings) },
		{ each_refused_recipient_has_a_line, 0 },
		{ every_step_is_passed_on, 0 },
		{ an_envelope_is_said_in_fields, 0 },
		{ no_sender_is_not_the_null_sender, 2 },
		{ data_arrives_as_it_was, 0 },
		{ a_failed_write_is_the_end_of_what_is_said, 3 },
		{ nobody_there_is_noticed_and_no_signal, 0 },
		{ only_the_end_is_the_end, 3 },
		{ a_large_message_comes_through_a_large_pipe, 0 },
		{ what_comes_later_is_waited_for, 0 },
		{ a_locale_has_a_charset, TABLE_COUNT(locales) },
		{ a_name_is_one_line, TABLE_COUNT(people) },
		{ a_setgid_bit_that_is_not_there_has_words, 0 },
		{ a_drop_that_is_not_there_is_75, 0 },
		{ a_queue_is_a_table, TABLE_COUNT(queues) },
		{ a_listing_that_ends_early_has_no_last_line, 0 },
		{ a_long_queue_goes_out_in_pieces, 0 },
		{ a_reader_who_has_gone_ends_the_listing, 2 },
		{ a_choice, TABLE_COUNT(choices) },
		{ a_time, TABLE_COUNT(times) },
		{ a_monitor_is_told, TABLE_COUNT(watched) },
		{ a_queue_is_json, 0 },
	};

	return RUN("front-submit", tests);
}

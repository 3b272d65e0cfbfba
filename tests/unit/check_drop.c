// SPDX-License-Identifier: ISC
/*
 * check_drop.c - the drop room: a stream goes in, mail or words come out
 *
 * Each submission runs the whole of drop_run() in a process of its own, as
 * personal use, with a socket as its standard input and output.
 */
#include "run.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/table.h"
#include "drop/drop.h"
#include "queue/draft.h"
#include "queue/entry.h"
#include "queue/field.h"
#include "queue/listing.h"

static char dir[5000];
static char *put_args[] = {
	(char[]){ "minismtp-drop" }, (char[]){ "--spool" }, dir,
	(char[]){ "--config" }, (char[]){ "/nonexistent" }, (char[]){ "put" },
	NULL
};
static char *list_args[] = {
	(char[]){ "minismtp-drop" }, (char[]){ "--spool" }, dir,
	(char[]){ "list" }, NULL
};

static void
name_spool(void)
{
	snprintf(dir, sizeof(dir), "%s/%d/spool", scratch_path,
	    (int)getpid());
}

/* What a caller may do to the process before it is ours. */
typedef void spoil_fn(void);

static int
run_with(char **args, int in, int out, spoil_fn *spoil)
{
	pid_t pid = fork();
	int n = 0, status;

	if (pid == 0) {
		while (args[n] != NULL)
			n++;
		dup2(in, 0);
		dup2(out, 1);
		if (spoil != NULL)
			spoil();
		_exit(drop_run(n, args));
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(WIFEXITED(status), "signal %d", WTERMSIG(status));
	return WEXITSTATUS(status);
}

/* The submission goes in whole, then our end says that this was all. */
static int
run(char **args, struct str stream, struct buf *answer, spoil_fn *spoil)
{
	struct err e = { 0 };
	int sv[2], status;
	pid_t pid;

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sv), 0);
	pid = fork();
	if (pid == 0) {
		close(sv[1]);
		signal(SIGPIPE, SIG_IGN);
		fd_write(sv[0], stream, &e);
		shutdown(sv[0], SHUT_WR);
		_exit(0);
	}
	status = run_with(args, sv[1], sv[1], spoil);
	close(sv[1]);
	fd_read_all(sv[0], answer, 1000000, &e);
	close(sv[0]);
	waitpid(pid, NULL, 0);
	err_clear(&e);
	return status;
}

static size_t
count(enum spool_where where)
{
	struct listing list;
	struct spool s;
	struct err e = { 0 };
	size_t n;

	ck_assert_msg(spool_open(&s, dir, &e) == 0, "%s", buf_cstr(&e.text));
	ck_assert_int_eq(listing_read(&list, &s, where, CLOCK_NEVER, NULL, &e),
	    0);
	n = list.count + list.junk.count;
	listing_free(&list);
	spool_close(&s);
	return n;
}

#define RCPT "rcpt 3:a@b\n"
#define NONE "wait 4:none\n"
#define TEXT "data 3:hi\n\n"
#define END "end 0:\n"

static const struct {
	const char *name;
	struct str stream;
	int code;
	const char *words;
} refused[] = {
#define IN(literal) { (literal), sizeof(literal) - 1 }
	{ "nothing at all", IN(""), EX_DATAERR,
	  "the submission ends before its end" },
	{ "no end", IN(RCPT TEXT), EX_DATAERR,
	  "the submission ends before its end" },
	{ "half an end", IN(RCPT TEXT "end 0"), EX_DATAERR,
	  "the submission ends before its end" },
	{ "half a piece", IN(RCPT "data 100:hi\n"), EX_DATAERR,
	  "the submission ends before its end" },
	{ "nobody", IN(TEXT END), EX_DATAERR, "no recipient" },
	{ "nobody and nothing", IN(END), EX_DATAERR, "no recipient" },
	{ "a length too short", IN("rcpt 2:a@b\n" TEXT END), EX_DATAERR,
	  "the submission is not made of fields" },
	{ "a length too long", IN("rcpt 4:a@b\n" TEXT END), EX_DATAERR,
	  "the submission is not made of fields" },
	{ "LF in an address", IN("rcpt 5:a@b\nx\n" TEXT END), EX_DATAERR,
	  "field rcpt: a control character" },
	{ "CR in an address", IN("rcpt 4:a@b\r\n" TEXT END), EX_DATAERR,
	  "field rcpt: a control character" },
	{ "NUL in an address", IN("rcpt 4:a@b\0\n" TEXT END), EX_DATAERR,
	  "field rcpt: a control character" },
	{ "a field of the drop", IN("uid 1:0\n" RCPT TEXT END), EX_DATAERR,
	  "field uid: not known" },
	{ "a shout", IN("RCPT 3:a@b\n" TEXT END), EX_DATAERR,
	  "the submission is not made of fields" },
	{ "two senders", IN("sender 1:a\nsender 1:b\n" RCPT END), EX_DATAERR,
	  "field sender: not here" },
	{ "a recipient behind the message", IN(RCPT TEXT RCPT END),
	  EX_DATAERR, "field rcpt: behind the message" },
	{ "more behind the end", IN(RCPT TEXT END "x"), EX_DATAERR,
	  "the submission goes on behind its end" },
	{ "an end with a value", IN(RCPT TEXT "end 1:x\n"), EX_DATAERR,
	  "field end: has a value" },
	{ "a piece beyond the limit", IN(RCPT "data 262145:"), EX_DATAERR,
	  "the submission is not made of fields" },
	{ "a value beyond the limit", IN("rcpt 262145:"), EX_DATAERR,
	  "the submission is not made of fields" },
	{ "HTTP", IN("GET / HTTP/1.1\r\n\r\n"), EX_DATAERR,
	  "the submission is not made of fields" },
};

START_TEST(a_refused_stream_leaves_nothing)
{
	struct buf answer = { 0 }, want = { 0 };
	int code = run(put_args, refused[_i].stream, &answer, NULL);

	field_addf(&want, "err", "%d cannot queue the message: %s",
	    refused[_i].code, refused[_i].words);
	ck_assert_msg(code == refused[_i].code, "%s: %d", refused[_i].name,
	    code);
	ck_assert_str_eq(buf_cstr(&answer), buf_cstr(&want));
	ck_assert_uint_eq(count(SPOOL_TMP) + count(SPOOL_NEW), 0);
	buf_free(&answer);
	buf_free(&want);
}
END_TEST

/* "ok ID", and there it is. */
static void
check_stored(struct str answer, uint64_t size)
{
	struct str key, value;
	struct err e = { 0 };
	struct spool s;
	struct record r;
	struct entry en;
	struct id id;

	ck_assert_int_eq(field_eat(&answer, 100, &key, &value), 1);
	ck_assert_msg(str_eq(key, STR("ok")), "%.*s: %.*s", STR_ARGS(key),
	    STR_ARGS(value));
	ck_assert(id_parse(value, &id));
	ck_assert_int_eq(spool_open(&s, dir, &e), 0);
	ck_assert_int_eq(entry_open(&en, &s, SPOOL_NEW, &id, 0, &e), 1);
	ck_assert_msg(entry_read(&en, &r, &e) == 0, "%s", buf_cstr(&e.text));
	ck_assert_uint_eq(r.size, size);
	ck_assert_uint_eq(r.facts.uid, getuid());
	record_free(&r);
	entry_close(&en);
	spool_close(&s);
}

static void
non_blocking(void)
{
	fcntl(0, F_SETFL, O_NONBLOCK);
}

static void
close_stderr(void)
{
	close(2);
}

static void
many_descriptors(void)
{
	for (int i = 0; i < 1000; i++)
		if (dup(0) < 0)
			break;
}

static void
signals_blocked_and_pending(void)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	raise(SIGALRM);
	raise(SIGTERM);
	raise(SIGPIPE);
}

static void
signals_ignored(void)
{
	for (int sig = 1; sig < 32; sig++)
		signal(sig, SIG_IGN);
}

static void
an_alarm(void)
{
	alarm(1);
}

static void
umask_all(void)
{
	umask(0777);
}

static void
umask_none(void)
{
	umask(0);
}

static void
no_directory(void)
{
	char gone[5100];

	snprintf(gone, sizeof(gone), "%s/gone", scratch_path);
	mkdir(gone, 0700);
	if (chdir(gone) == 0)
		rmdir(gone);
}

static char *bad[] = {
	(char[]){ "LD_PRELOAD=/nonexistent.so" },
	(char[]){ "MALLOC_TRACE=/nonexistent" },
	(char[]){ "no name" }, (char[]){ "=" }, (char[]){ "" },
	(char[]){ "TZ=:/dev/zero" }, NULL
};

static void
bad_environment(void)
{
	environ = bad;
}

static void
no_environment(void)
{
	environ = NULL;
}

static void
soft_limit(void)
{
	struct rlimit rl = { 0, RLIM_INFINITY };

	setrlimit(RLIMIT_FSIZE, &rl);	/* soft only */
}

static const struct {
	const char *name;
	spoil_fn *spoil;
} callers[] = {
	{ "a quiet one", NULL },
	{ "non-blocking descriptors", non_blocking },
	{ "no stderr", close_stderr },
	{ "a thousand descriptors", many_descriptors },
	{ "all signals blocked, some pending", signals_blocked_and_pending },
	{ "all signals ignored", signals_ignored },
	{ "an alarm that is running", an_alarm },
	{ "umask 0777", umask_all },
	{ "umask 0", umask_none },
	{ "a directory that is gone", no_directory },
	{ "a bad environment", bad_environment },
	{ "no environment", no_environment },
	{ "a soft limit of no bytes at all", soft_limit },
};

START_TEST(a_hostile_caller_is_served_all_the_same)
{
	struct buf answer = { 0 };
	int code = run(put_args, STR(RCPT NONE TEXT END), &answer,
	    callers[_i].spoil);

	ck_assert_msg(code == 0, "%s: %d %s", callers[_i].name, code,
	    buf_cstr(&answer));
	check_stored(buf_str(&answer), 3);
	buf_free(&answer);
}
END_TEST

static void
limit(int which, rlim_t n)
{
	struct rlimit rl = { n, n };

	setrlimit((unsigned)which, &rl);
}

static void
files_of_50000_bytes(void)
{
	limit(RLIMIT_FSIZE, 50000);
}

static void
six_descriptors(void)
{
	limit(RLIMIT_NOFILE, 6);
}

static void
no_input(void)
{
	close(0);
}

static const struct {
	const char *name;
	spoil_fn *spoil;
	int code;
	const char *words;
} limits[] = {
	{ "small files", files_of_50000_bytes, EX_TEMPFAIL, "File too large" },
	{ "few descriptors", six_descriptors, EX_TEMPFAIL, "open files" },
	{ "no standard input", no_input, EX_IOERR, "is no connection" },
};

START_TEST(what_cannot_be_done_is_said)
{
	static char text[200000];
	struct buf stream = { 0 }, answer = { 0 };
	int code;

	memset(text, 'x', sizeof(text));
	buf_puts(&stream, RCPT NONE);
	field_add(&stream, "data", (struct str){ text, sizeof(text) });
	buf_puts(&stream, END);
	code = run(put_args, buf_str(&stream), &answer, limits[_i].spoil);
	ck_assert_msg(code == limits[_i].code, "%s: %d %s", limits[_i].name,
	    code, buf_cstr(&answer));
	ck_assert_msg(strstr(buf_cstr(&answer), limits[_i].words) != NULL,
	    "%s: %s", limits[_i].name, buf_cstr(&answer));
	if (faccessat(AT_FDCWD, dir, F_OK, 0) == 0)
		ck_assert_uint_eq(count(SPOOL_TMP) + count(SPOOL_NEW), 0);
	buf_free(&stream);
	buf_free(&answer);
}
END_TEST

static const struct {
	const char *name, *path;
} inputs[] = {
	{ "a directory", "/" },
	{ "a file", "/proc/self/exe" },
	{ "zeros", "/dev/zero" },
	{ "nothing", "/dev/null" },
};

START_TEST(only_a_connection_is_read)
{
	int in = open(inputs[_i].path, O_RDONLY), out[2];
	char got[200];

	ck_assert_int_ge(in, 0);
	ck_assert_int_eq(pipe(out), 0);
	ck_assert_msg(run_with(put_args, in, out[1], NULL) == EX_IOERR, "%s",
	    inputs[_i].name);
	ck_assert_int_gt(read(out[0], got, sizeof(got)), 0);
	ck_assert_mem_eq(got, "err ", 4);
	ck_assert_uint_eq(count(SPOOL_TMP) + count(SPOOL_NEW), 0);
}
END_TEST

START_TEST(a_large_message_comes_in_pieces)
{
	static char piece[262144];
	struct buf stream = { 0 }, answer = { 0 };

	memset(piece, 'x', sizeof(piece));
	buf_puts(&stream, RCPT NONE);
	for (int i = 0; i < 20; i++)
		field_add(&stream, "data",
		    (struct str){ piece, sizeof(piece) });
	buf_puts(&stream, END);
	ck_assert_int_eq(run(put_args, buf_str(&stream), &answer, NULL), 0);
	check_stored(buf_str(&answer), 20 * sizeof(piece));
	buf_free(&stream);
	buf_free(&answer);
}
END_TEST

START_TEST(a_caller_who_has_gone_has_sent_his_mail)
{
	struct str stream = STR(RCPT NONE TEXT END);
	int in[2], out[2];

	ck_assert_int_eq(pipe(in), 0);
	ck_assert_int_eq(pipe(out), 0);
	ck_assert_int_eq(write(in[1], stream.ptr, stream.len),
	    (int)stream.len);
	close(in[1]);
	close(out[0]);
	ck_assert_int_eq(run_with(put_args, in[0], out[1], NULL), 0);
	ck_assert_uint_eq(count(SPOOL_NEW), 1);
}
END_TEST

/* -- the arguments */

#define ID_A "1xFq0t3Kp9aB2cD"
#define ID_B "1xFq0t3Kp9aB2cE"
#define MAX_ARGS 7
static const struct {
	const char *name;
	const char *args[MAX_ARGS];
	bool good;
} lines[] = {
	{ "put", { "d", "put" }, true },
	{ "list", { "d", "list" }, true },
	{ "personal", { "d", "--spool", "/a", "--config", "/b", "put" },
	  true },
	{ "the other way round", { "d", "--config", "/b", "--spool", "/a",
	  "put" }, true },
	{ "personal list", { "d", "--spool", "/a", "list" }, true },
	{ "not even a name", { NULL }, false },
	{ "nothing", { "d" }, false },
	{ "an unknown verb", { "d", "get" }, false },
	{ "an empty verb", { "d", "" }, false },
	{ "two verbs", { "d", "put", "list" }, false },
	{ "an unknown option", { "d", "--help", "put" }, false },
	{ "a spool without a config", { "d", "--spool", "/a", "put" }, false },
	{ "a config without a spool", { "d", "--config", "/a", "put" },
	  false },
	{ "a list with a config", { "d", "--spool", "/a", "--config", "/b",
	  "list" }, false },
	{ "a relative spool", { "d", "--spool", "a", "list" }, false },
	{ "an empty spool", { "d", "--spool", "", "list" }, false },
	{ "a spool twice", { "d", "--spool", "/a", "--spool", "/b", "list" },
	  false },
	{ "no verb", { "d", "--spool", "/a" }, false },
	{ "hold", { "d", "hold", ID_A, ID_B }, true },
	{ "hold nothing", { "d", "hold" }, false },
	{ "hold a path", { "d", "hold", "../new/" ID_A }, false },
	{ "hold too little", { "d", "hold", "1xFq0t3Kp9aB2c" }, false },
	{ "hold with a config", { "d", "--spool", "/a", "--config", "/b",
	  "hold", ID_A }, false },
	{ "retry starts the relay", { "d", "--spool", "/a", "--config", "/b",
	  "retry", ID_A }, true },
	{ "put an ID", { "d", "put", ID_A }, false },
};

START_TEST(arguments)
{
	char *argv[MAX_ARGS + 1] = { NULL };
	struct drop d = { 0 };
	struct err e = { 0 };
	int n = 0;

	for (; n < MAX_ARGS && lines[_i].args[n] != NULL; n++)
		argv[n] = strdup(lines[_i].args[n]);
	ck_assert_msg((drop_parse(&d, n, argv, &e) == 0) == lines[_i].good,
	    "%s", lines[_i].name);
	ck_assert_int_eq(e.code, lines[_i].good ? 0 : EX_USAGE);
	while (n > 0)
		free(argv[--n]);
	free(d.id);
	err_clear(&e);
}
END_TEST

/* -- the listing */

START_TEST(an_empty_queue_has_an_end)
{
	struct buf answer = { 0 };

	ck_assert_int_eq(run(list_args, STR(""), &answer, NULL), 0);
	ck_assert_str_eq(buf_cstr(&answer), "end 0:\n");
	buf_free(&answer);
}
END_TEST

START_TEST(a_listing_tells_what_is_there)
{
	struct buf answer = { 0 };
	struct spool s;
	struct err e = { 0 };

	clock_fix(1795236846, 0);
	ck_assert_int_eq(run(put_args, STR("sender 1:s\n" RCPT NONE TEXT END),
	    &answer, NULL), 0);
	buf_reset(&answer);
	ck_assert_int_eq(spool_open(&s, dir, &e), 0);
	close(openat(s.dir[SPOOL_CUR], "x\n", O_CREAT | O_WRONLY, 0600));
	spool_close(&s);
	ck_assert_int_eq(run(list_args, STR(""), &answer, NULL), 0);
	ck_assert_mem_eq(buf_cstr(&answer), "junk 3:x\\n\nentry 19:", 20);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&answer), " new\nsize 1:3\n"
	    "time 10:1795236846\nnext 1:0\nuid "));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&answer),
	    "\ntries 1:0\nsender 1:s\nrcpt 5:T a@b\nend 0:\n"));
	buf_free(&answer);
}
END_TEST

/* A listing of them is more than a socket holds. */
#define MUCH 100

static void
move_all(struct spool *s, enum spool_where from, int64_t to)
{
	char was[SPOOL_NAME_SIZE], is[SPOOL_NAME_SIZE];
	struct listing list;
	struct err e = { 0 };

	ck_assert_int_eq(listing_read(&list, s, from, CLOCK_NEVER, NULL, &e),
	    0);
	ck_assert_uint_eq(list.count, MUCH);
	for (size_t i = 0; i < list.count; i++) {
		spool_name(was, from, &list.item[i].id, list.item[i].next);
		spool_name(is, SPOOL_CUR, &list.item[i].id, to);
		ck_assert_int_eq(spool_move(s, from, was, SPOOL_CUR, is, &e),
		    0);
	}
	listing_free(&list);
}

static void
fill(struct spool *s)
{
	struct err e = { 0 };
	struct draft d;

	ck_assert_int_eq(spool_create(dir, &e), 0);
	ck_assert_int_eq(spool_open(s, dir, &e), 0);
	for (int i = 0; i < MUCH; i++) {
		ck_assert_int_eq(draft_begin(&d, s, getuid(), &e), 0);
		for (int k = 0; k < 200; k++)
			ck_assert_int_eq(draft_field(&d, STR("rcpt"),
			    STR("somebody@example.com"), &e), 0);
		ck_assert_int_eq(draft_commit(&d, &e), 0);
		draft_abort(&d);
	}
}

/* The relay does not wait until somebody has read a list to its end. */
START_TEST(what_gets_another_name_meanwhile_is_listed)
{
	struct buf answer = { 0 };
	struct spool s;
	struct err e = { 0 };
	struct str rest;
	int sv[2], entries = 0;
	pid_t pid;

	fill(&s);
	if (_i == 1)
		move_all(&s, SPOOL_NEW, 1000);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sv), 0);
	pid = fork();
	if (pid == 0) {
		close(sv[0]);
		_exit(run_with(list_args, sv[1], sv[1], NULL));
	}
	close(sv[1]);
	ck_assert_int_gt(fd_read(sv[0], &answer, 1, &e), 0);
	move_all(&s, _i == 1 ? SPOOL_CUR : SPOOL_NEW, 2000);
	ck_assert_int_eq(fd_read_all(sv[0], &answer, 10000000, &e), 0);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&answer), "\nnext 4:2000\n"));
	for (rest = buf_str(&answer); rest.len > 0;) {
		struct str key, value;

		ck_assert_int_eq(field_eat(&rest, 1000, &key, &value), 1);
		entries += str_eq(key, STR("entry"));
	}
	ck_assert_int_eq(entries, MUCH);
	ck_assert(str_ends(buf_str(&answer), STR("\nend 0:\n")));
	spool_close(&s);
	close(sv[0]);
	buf_free(&answer);
}
END_TEST

START_TEST(a_listing_that_nobody_reads_ends)
{
	struct spool s;
	int sv[2];

	fill(&s);
	spool_close(&s);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sv), 0);
	close(sv[0]);
	ck_assert_int_eq(run_with(list_args, sv[1], sv[1], NULL), EX_IOERR);
	close(sv[1]);
}
END_TEST

/* -- what people do to it */

static char verb[16], which[ID_LEN + 1];
static char *change_args[] = {
	(char[]){ "minismtp-drop" }, (char[]){ "--spool" }, dir, verb, which,
	NULL
};

static void
change(const char *what, struct buf *answer)
{
	snprintf(verb, sizeof(verb), "%s", what);
	buf_reset(answer);
	ck_assert_int_eq(run(change_args, STR(""), answer, NULL), 0);
}

START_TEST(a_message_is_held_shown_and_removed)
{
	struct buf answer = { 0 };

	ck_assert_int_eq(run(put_args, STR(RCPT NONE TEXT END), &answer,
	    NULL), 0);
	snprintf(which, sizeof(which), "%.15s", buf_cstr(&answer) + 6);
	change("hold", &answer);
	ck_assert_mem_eq(buf_cstr(&answer), "ok 15:", 6);
	ck_assert_uint_eq(count(SPOOL_NEW), 0);
	ck_assert_uint_eq(count(SPOOL_CUR), 1);
	change("show", &answer);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&answer), "\nnext 4:held\n"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&answer), "\ndata 3:hi\n\n"));
	change("remove", &answer);
	ck_assert_mem_eq(buf_cstr(&answer), "ok 15:", 6);
	ck_assert_uint_eq(count(SPOOL_CUR), 0);
	change("remove", &answer);
	ck_assert_mem_eq(buf_cstr(&answer), "no ", 3);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&answer),
	    " 66 there is no such message\nend 0:\n"));
	change("show", &answer);
	ck_assert_mem_eq(buf_cstr(&answer), "no ", 3);
	buf_free(&answer);
}
END_TEST

/* Somebody is sending it: nobody takes it away under his hands. */
START_TEST(a_message_on_its_way_is_left_alone)
{
	struct buf answer = { 0 };
	struct entry en;
	struct spool s;
	struct err e = { 0 };
	struct id id;

	ck_assert_int_eq(run(put_args, STR(RCPT NONE TEXT END), &answer,
	    NULL), 0);
	snprintf(which, sizeof(which), "%.15s", buf_cstr(&answer) + 6);
	ck_assert(id_parse(str_of(which), &id));
	ck_assert_int_eq(spool_open(&s, dir, &e), 0);
	ck_assert_int_eq(entry_open(&en, &s, SPOOL_NEW, &id, 0, &e), 1);
	change("remove", &answer);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&answer),
	    " 75 it is on its way just now\n"));
	ck_assert_uint_eq(count(SPOOL_NEW), 1);
	entry_close(&en);
	spool_close(&s);
	buf_free(&answer);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_refused_stream_leaves_nothing, TABLE_COUNT(refused) },
		{ a_hostile_caller_is_served_all_the_same,
		  TABLE_COUNT(callers) },
		{ what_cannot_be_done_is_said, TABLE_COUNT(limits) },
		{ only_a_connection_is_read, TABLE_COUNT(inputs) },
		{ a_large_message_comes_in_pieces, 0 },
		{ a_caller_who_has_gone_has_sent_his_mail, 0 },
		{ arguments, TABLE_COUNT(lines) },
		{ an_empty_queue_has_an_end, 0 },
		{ a_listing_tells_what_is_there, 0 },
		{ what_gets_another_name_meanwhile_is_listed, 2 },
		{ a_listing_that_nobody_reads_ends, 0 },
		{ a_message_is_held_shown_and_removed, 0 },
		{ a_message_on_its_way_is_left_alone, 0 },
	};
	int rc = EXIT_FAILURE;

	if (scratch_make() == 0)
		rc = RUN_AFTER("drop", name_spool, tests);
	scratch_remove();
	return rc;
}

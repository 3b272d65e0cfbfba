// SPDX-License-Identifier: ISC
/*
 * setup.c - minismtp setup: a configuration, made by asking and trying
 */
#include "front/setup.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "front/ask.h"
#include "front/submit.h"

#define ANSWER_MAX 65536

struct wish {
	struct buf address, admin, helo, password_command, password_file;
	struct buf provider, relay, sender, test, tls, tls_ca, user;
	bool dry_run, no_login, offline, own, providers, verbose, yes;
};

#define AT(member) offsetof(struct wish, member)

static const struct verb_option options[] = {
	{ "address", 'a', "ADDRESS", verb_text, AT(address),
	    "your e-mail address; the rest is found by it",
	    COMPLETES_NOTHING },
	{ "admin", '\0', "ADDRESS", verb_text, AT(admin),
	    "who gets the mail of this machine; else the address",
	    COMPLETES_ADDRESS },
	{ "dry-run", 'n', NULL, verb_flag, AT(dry_run),
	    "print the configuration and write nothing", COMPLETES_NOTHING },
	{ "helo", '\0', "HOST", verb_text, AT(helo),
	    "how this host greets; else by its full name", COMPLETES_HOST },
	{ "no-login", '\0', NULL, verb_flag, AT(no_login),
	    "the relay takes our mail as it is", COMPLETES_NOTHING },
	{ "offline", '\0', NULL, verb_flag, AT(offline),
	    "try nothing: no connection, no login", COMPLETES_NOTHING },
	{ "password-command", '\0', "COMMAND", verb_text,
	    AT(password_command), "a program that prints the password",
	    COMPLETES_NOTHING },
	{ "password-file", '\0', "FILE", verb_text, AT(password_file),
	    "has the password in its first line; - is standard input",
	    COMPLETES_FILE },
	{ "personal", '\0', NULL, verb_flag, AT(own),
	    "for root: not the machine's, but his own", COMPLETES_NOTHING },
	{ "provider", '\0', "NAME", verb_text, AT(provider),
	    "whose relay it is, for a domain of your own",
	    COMPLETES_PROVIDER },
	{ "providers", '\0', NULL, verb_flag, AT(providers),
	    "print those that are known", COMPLETES_NOTHING },
	{ "relay", 'r', "HOST[:PORT]", verb_text, AT(relay),
	    "instead of looking for one", COMPLETES_HOST },
	{ "sender", '\0', "ADDRESS", verb_text, AT(sender),
	    "in whose name mail goes out; else the address",
	    COMPLETES_ADDRESS },
	{ "test", '\0', "ADDRESS", verb_text, AT(test),
	    "send a test message there when all is done",
	    COMPLETES_ADDRESS },
	{ "tls", '\0', "starttls|implicit|off", verb_text, AT(tls),
	    "where the port does not say it", COMPLETES_CHOICE },
	{ "tls-ca", '\0', "FILE", verb_text, AT(tls_ca),
	    "whom to trust; else whom the system trusts", COMPLETES_FILE },
	{ "user", 'u', "NAME", verb_text, AT(user),
	    "who logs in; else the address", COMPLETES_NOTHING },
	{ "verbose", 'v', NULL, verb_flag, AT(verbose),
	    "show the dialogue with the relay", COMPLETES_NOTHING },
	{ "yes", 'y', NULL, verb_flag, AT(yes),
	    "ask nothing", COMPLETES_NOTHING },
	{ 0 }
};

/* All but --personal goes to the relay program, by the names of the options. */
static void
spell(struct strs *words, const struct wish *w)
{
	strs_add(words, STR("--setup"));
	strs_add(words, STR("--"));
	for (const struct verb_option *o = options; o->name != NULL; o++) {
		const void *at = (const char *)w + o->at;
		const struct buf *text = at;

		if (o->at == AT(own))
			continue;
		if (o->value == NULL && *(const bool *)at)
			buf_printf(strs_add(words, STR("")), "%s=yes",
			    o->name);
		else if (o->value != NULL && text->len > 0)
			buf_printf(strs_add(words, STR("")), "%s=%s",
			    o->name, buf_cstr(text));
	}
}

/* -- the relay program, and what it prints */

static _Noreturn void
become(const struct place *p, const struct strs *words, int out)
{
	struct err e = { 0 };

	if (dup2(out, STDOUT_FILENO) < 0)
		err_sys(&e, EX_OSERR, "dup2");
	else
		(void)ask_at(p, words, &e);
	fprintf(stderr, "minismtp: setup: %s\n", buf_cstr(&e.text));
	_exit(e.code);
}

static int
wait_for(pid_t pid)
{
	int status = 0;

	(void)waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : EX_TEMPFAIL;
}

static int
run_relay(const struct place *p, const struct strs *words, struct buf *said,
    struct err *e)
{
	int fds[2], rc;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return err_sys(e, EX_OSERR, "pipe");
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		become(p, words, fds[1]);
	(void)close(fds[1]);
	if (pid < 0) {
		(void)close(fds[0]);
		return err_sys(e, EX_OSERR, "fork");
	}
	rc = fd_read_all(fds[0], said, ANSWER_MAX, e);
	(void)close(fds[0]);
	return rc < 0 ? -1 : wait_for(pid);
}

/* -- the test message */

static int
write_test(const struct buf *to, struct err *e)
{
	struct buf text = { 0 };
	char host[256] = "";
	int fd = memfd_create("test", MFD_CLOEXEC);

	if (fd < 0)
		return err_sys(e, EX_OSERR, "memfd");
	(void)gethostname(host, sizeof(host) - 1);
	buf_printf(&text, "To: %s\nSubject: minismtp works on %s\n\n"
	    "This is the test message of \"minismtp setup\".\n",
	    buf_cstr(to), host);
	if (fd_write(fd, buf_str(&text), e) < 0 ||
	    lseek(fd, 0, SEEK_SET) < 0) {
		(void)close(fd);
		fd = -1;
	}
	buf_free(&text);
	return fd;
}

static int
send_test(struct str to, struct err *e)
{
	struct options o = { .ignore_dots = true, .wait = WAIT_END,
	    .report = true };
	int fd, status;

	fd = write_test(strs_add(&o.operands, to), e);
	if (fd < 0)
		return -1;
	status = submit_run(&o, fd);
	(void)close(fd);
	options_free(&o);
	return status;
}

static int
finish(struct str said, struct err *e)
{
	struct str line;

	while (str_eat_line(&said, &line))
		if (str_eat(&line, STR("test ")))
			return send_test(line, e);
	return EX_OK;
}

static int
run(void *wish, const struct strs *operands, struct err *e)
{
	const struct wish *w = wish;
	struct strs words = { 0 };
	struct place p = { 0 };
	struct buf said = { 0 };
	int status = -1;

	if (operands->count > 0)
		return err_set(e, EX_USAGE, "%s: what is that?  All is said "
		    "by options", buf_cstr(&operands->item[0]));
	spell(&words, w);
	if (place_new(&p, w->own, e) == 0)
		status = w->dry_run || w->providers ?
		    ask_at(&p, &words, e) : run_relay(&p, &words, &said, e);
	if (status == EX_OK)
		status = finish(buf_str(&said), e);
	place_free(&p);
	strs_free(&words);
	buf_free(&said);
	return status;
}

static void
wish_free(void *wish)
{
	for (const struct verb_option *o = options; o->name != NULL; o++)
		if (o->value != NULL)
			buf_free((struct buf *)(void *)((char *)wish +
			    o->at));
}

const struct verb setup_verb = {
	.name = "setup",
	.words = "make a configuration: find the relay, try the login, write",
	.operands = "",
	.options = options,
	.size = sizeof(struct wish),
	.run = run,
	.free = wish_free,
};

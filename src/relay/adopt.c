// SPDX-License-Identifier: ISC
/*
 * adopt.c - the configuration of another program becomes ours
 */
#include "relay/adopt.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/vis.h"
#include "config/config.h"
#include "config/store.h"
#include "import/import.h"
#include "import/write.h"

static struct str
home(void)
{
	const char *path = getenv("HOME");

	return path != NULL && path[0] == '/' ? str_of(path) : STR("");
}

/* The first that is there; the others are mentioned. */
static int
choose(const struct question *q, struct loader *loader, struct buf *path,
    struct err *e)
{
	struct strs found = { 0 };
	struct buf words = { 0 };

	if (q->about.count > 0) {
		buf_add(path, strs_at(&q->about, 0));
		return 0;
	}
	import_find(loader, home(), q->personal, &found);
	if (found.count == 0)
		return err_set(e, EX_NOINPUT,
		    "there is no configuration of "
		    "msmtp, esmtp, ssmtp, dma, nullmailer, OpenSMTPD, Postfix "
		    "or Exim in the usual places");
	buf_add(path, strs_at(&found, 0));
	vis_add(&words, buf_str(path));
	fprintf(stderr, "%s is imported", buf_cstr(&words));
	for (size_t i = 1; i < found.count; i++) {
		buf_reset(&words);
		vis_add(&words, strs_at(&found, i));
		fprintf(stderr, "%s%s", i == 1 ? "; there is also " : ", ",
		    buf_cstr(&words));
	}
	fputc('\n', stderr);
	buf_free(&words);
	strs_free(&found);
	return 0;
}

static void
say_remarks(const struct found *f)
{
	struct buf words = { 0 };

	if (f->remarks.count > 0)
		remarks_print(&f->remarks, &words);
	fputs(buf_cstr(&words), stderr);
	buf_free(&words);
}

/* What is printed must be what can be read: else the fault is ours. */
static int
prove(const struct buf *text, struct err *e)
{
	struct config c = { 0 };
	struct mistakes m = { 0 };
	int rc = config_parse(&c, "what was made of it", buf_str(text), NULL,
	    &m, e);

	mistakes_free(&m);
	config_free(&c);
	return rc;
}

static int
print(const struct question *q, const struct found *f, struct err *e)
{
	struct secret_files files = { 0 };
	struct buf text = { 0 };
	int rc;

	write_config(f, q->show_passwords ? WRITE_PASSWORDS : WRITE_FILES,
	    q->config, &text, &files);
	rc = prove(&text, e);
	if (rc == 0 && fd_write(STDOUT_FILENO, buf_str(&text), e) < 0)
		rc = err_wrap(e, "standard output");
	for (size_t i = 0; rc == 0 && i < files.count; i++)
		fprintf(stderr,
		    "a password belongs in %s; --write puts it "
		    "there\n",
		    buf_cstr(&files.item[i].path));
	secret_files_free(&files);
	buf_wipe(&text);
	return rc;
}

static void
say_written(const char *path, const struct buf *backup)
{
	fprintf(stderr, "%s is written", path);
	if (backup->len > 0)
		fprintf(stderr, "; the old one is %s", buf_cstr(backup));
	fputc('\n', stderr);
}

/* The secrets first: the configuration names none that is not there. */
static int
store(const struct question *q, const struct found *f, struct err *e)
{
	struct secret_files files = { 0 };
	struct buf text = { 0 }, backup = { 0 };
	int rc;

	write_config(f, WRITE_FILES, q->config, &text, &files);
	rc = prove(&text, e);
	for (size_t i = 0; rc == 0 && i < files.count; i++) {
		const char *path = buf_cstr(&files.item[i].path);

		rc = store_secret(path, files.item[i].secret, q->personal,
		    &backup, e);
		if (rc == 0)
			say_written(path, &backup);
	}
	if (rc == 0)
		rc = store_config(q->config, buf_str(&text), q->personal,
		    &backup, e);
	if (rc == 0)
		say_written(q->config, &backup);
	secret_files_free(&files);
	buf_free(&text);
	buf_free(&backup);
	return rc;
}

static int
read_path(const struct question *q, struct loader *loader, struct found *f,
    struct err *e)
{
	struct buf path = { 0 };
	struct import i = { .loader = loader, .home = home() };
	int rc = choose(q, loader, &path, e);

	i.path = buf_str(&path);
	if (rc == 0 && q->format != NULL) {
		i.format = formats_find(str_of(q->format));
		if (i.format == NULL)
			rc = err_set(e, EX_USAGE,
			    "--format: there is dma, "
			    "esmtp, exim, msmtp, nullmailer, opensmtpd, "
			    "postfix and ssmtp");
	}
	if (rc == 0)
		rc = import_read(&i, f, e);
	buf_free(&path);
	return rc;
}

int
adopt(const struct question *q)
{
	struct found f = { 0 };
	struct loader loader;
	struct err e = { 0 };
	int rc, status = EX_OK;

	loader_init(&loader, FILE_ANY);
	rc = read_path(q, &loader, &f, &e);
	say_remarks(&f);
	if (rc == 0)
		rc = q->write ? store(q, &f, &e) : print(q, &f, &e);
	if (rc < 0) {
		fprintf(stderr, "minismtp: %s\n", buf_cstr(&e.text));
		status = e.code;
	}
	found_free(&f);
	err_clear(&e);
	return status;
}

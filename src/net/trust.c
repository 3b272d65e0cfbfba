// SPDX-License-Identifier: ISC
/*
 * trust.c - the certificates of those whose word we take
 */
#include "net/trust.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/table.h"
#include "base/xmem.h"
#include "net/cert.h"
#include "net/gnutls.h"

#define FRONT 264	/* bytes of a certificate that reach to its subject */

struct trust_item {
	size_t at, len;		/* in bytes: base64 with line ends, or DER */
	bool der;
};

/* Where systems keep their bundle; the first that is there. */
static const char *const usual[] = {
	"/etc/ssl/certs/ca-certificates.crt",	/* Debian, Arch, Gentoo */
	"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",	/* Fedora */
	"/etc/pki/tls/certs/ca-bundle.crt",	/* RHEL */
	"/etc/ssl/ca-bundle.pem",		/* SUSE */
	"/etc/ssl/cert.pem",			/* Alpine */
	"/var/lib/ca-certificates/ca-bundle.pem",
};

static void
add_item(struct trust *t, size_t at, size_t len, bool der)
{
	t->item = xgrow(t->item, t->count, sizeof(*t->item));
	t->item[t->count++] = (struct trust_item){ at, len, der };
}

/* Everything in armour from that byte on. */
static void
find_pem(struct trust *t, size_t from)
{
	struct str all = buf_str(&t->bytes), in = str_skip(all, from), body;

	while (cert_find(&in, &body))
		add_item(t, (size_t)(body.ptr - all.ptr), body.len, false);
}

/* -- files ---------------------------------------------------------------- */

static int
add_file(struct trust *t, int fd, struct err *e)
{
	size_t from = t->bytes.len;
	struct str issuer, subject, in;

	if (fd_read_all(fd, &t->bytes, BUNDLE_MAX - from, e) < 0)
		return -1;
	in = str_skip(buf_str(&t->bytes), from);
	if (in.len > 0 && in.ptr[0] == 0x30 &&
	    cert_names(in, &issuer, &subject))
		add_item(t, from, in.len, true);
	else
		find_pem(t, from);
	return 0;
}

/* The youngest of its files tells that a directory is not what it was. */
static void
note_change(struct trust *t, const struct stat *st)
{
	if (st->st_ctim.tv_sec > t->changed.tv_sec ||
	    (st->st_ctim.tv_sec == t->changed.tv_sec &&
	    st->st_ctim.tv_nsec > t->changed.tv_nsec))
		t->changed = st->st_ctim;
}

/* Hash links point to files that are there under their own name as well. */
struct seen {
	ino_t *ino;
	size_t count;
};

static bool
see(struct seen *seen, ino_t ino)
{
	for (size_t i = 0; i < seen->count; i++)
		if (seen->ino[i] == ino)
			return true;
	seen->ino = xgrow(seen->ino, seen->count, sizeof(*seen->ino));
	seen->ino[seen->count++] = ino;
	return false;
}

/* What cannot be read in a directory is not trusted, and no reason to stop. */
static int
add_entry(struct trust *t, int dirfd, const char *name, struct seen *seen,
    struct err *e)
{
	struct stat st;
	int rc = 0;
	int fd = openat(dirfd, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return 0;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    !see(seen, st.st_ino)) {
		note_change(t, &st);
		rc = add_file(t, fd, e);
	}
	(void)close(fd);
	return rc;
}

static int
add_directory(struct trust *t, int dirfd, struct err *e)
{
	struct seen seen = { 0 };
	struct dirent *entry;
	DIR *dir;
	int rc = 0, copy = fcntl(dirfd, F_DUPFD_CLOEXEC, 0);

	dir = copy >= 0 ? fdopendir(copy) : NULL;
	if (dir == NULL) {
		rc = err_sys(e, EX_OSERR, "%s", buf_cstr(&t->path));
		if (copy >= 0)
			(void)close(copy);
		return rc;
	}
	while (rc == 0 && (entry = readdir(dir)) != NULL)
		rc = add_entry(t, dirfd, entry->d_name, &seen, e);
	(void)closedir(dir);
	free(seen.ino);
	return rc;
}

/*
 * What is in armour stays where it is until somebody asks for it; that there
 * is one certificate in it shows at once.
 */
static int
take_file(struct trust *t, int fd, struct err *e)
{
	struct str body;
	int rc = bundle_open(&t->file, fd, e);

	if (rc == 0)
		rc = bundle_next(&t->file, &body, e);
	if (rc == 0) {
		rc = add_file(t, fd, e);
		bundle_close(&t->file);
	}
	return rc < 0 ? -1 : 0;
}

/* Takes the descriptor over. */
static int
read_place(struct trust *t, int fd, struct err *e)
{
	struct stat st;
	int rc = fstat(fd, &st);

	if (rc < 0)
		err_sys(e, EX_OSERR, "%s", buf_cstr(&t->path));
	else if (S_ISREG(st.st_mode)) {
		note_change(t, &st);
		rc = take_file(t, fd, e);
		fd = -1;
	} else if (S_ISDIR(st.st_mode)) {
		note_change(t, &st);
		rc = add_directory(t, fd, e);
	} else
		rc = err_set(e, EX_CONFIG, "neither a file nor a directory");
	if (fd >= 0)
		(void)close(fd);
	if (rc == 0 && t->count == 0 && !t->file.is_open)
		rc = err_set(e, EX_CONFIG, "no certificate in it");
	if (rc < 0)
		return err_wrap(e, "%s", buf_cstr(&t->path));
	buf_printf(&t->stamp, "%s %llu %lld %zu %zu %lld.%09ld %lld.%09ld",
	    buf_cstr(&t->path), (unsigned long long)st.st_ino,
	    (long long)st.st_size, t->bytes.len, t->count,
	    (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec,
	    (long long)t->changed.tv_sec, t->changed.tv_nsec);
	return 0;
}

/* Nothing in the usual places: perhaps GnuTLS was told of one at its build. */
static int
read_native(struct trust *t, struct err *e)
{
	gnutls_x509_trust_list_t list;
	int n;

	if (gnutls_x509_trust_list_init(&list, 0) < 0)
		xmem_die("out of memory");
	n = gnutls_x509_trust_list_add_system_trust(list, 0, 0);
	gnutls_x509_trust_list_deinit(list, 1);
	if (n <= 0)
		return err_set(e, EX_CONFIG, "the system has no trusted "
		    "certificates (%s is missing): install ca-certificates, or "
		    "say tls_ca", usual[0]);
	t->native = true;
	buf_puts(&t->path, "the system's store");
	buf_printf(&t->stamp, "system %d", n);
	return 0;
}

static int
open_place(struct trust *t, struct str path)
{
	int fd = -1, flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC;

	if (path.len > 0) {
		buf_set(&t->path, path);
		return open(buf_cstr(&t->path), flags);
	}
	for (size_t i = 0; fd < 0 && i < TABLE_COUNT(usual); i++) {
		buf_set(&t->path, str_of(usual[i]));
		fd = open(usual[i], flags);
	}
	if (fd < 0)
		buf_reset(&t->path);
	return fd;
}

int
trust_read(struct trust *t, struct str path, struct err *e)
{
	int fd = open_place(t, path);

	if (fd < 0 && path.len == 0)
		return read_native(t, e);
	if (fd < 0)
		return err_sys(e, EX_CONFIG, "%s", buf_cstr(&t->path));
	return read_place(t, fd, e);
}

void
trust_free(struct trust *t)
{
	buf_free(&t->path);
	bundle_close(&t->file);
	buf_free(&t->bytes);
	buf_free(&t->stamp);
	free(t->item);
	*t = (struct trust){ 0 };
}

/* -- into GnuTLS ---------------------------------------------------------- */

/* Base64 with line ends, or DER. */
struct raw {
	struct str bytes;
	bool der;
};

/* Of armour at most max bytes are decoded. */
static struct str
decode(struct raw raw, size_t max, struct buf *space)
{
	if (raw.der)
		return raw.bytes;
	buf_reset(space);
	cert_decode(space, raw.bytes, max);
	return buf_str(space);
}

/* What is broken is not trusted. */
static bool
add_der(struct str der, gnutls_x509_trust_list_t list)
{
	/* GnuTLS only reads what it takes for writable. */
	gnutls_datum_t datum = { (unsigned char *)(uintptr_t)der.ptr,
		(unsigned)der.len };
	gnutls_x509_crt_t crt;

	if (gnutls_x509_crt_init(&crt) < 0)
		xmem_die("out of memory");
	if (gnutls_x509_crt_import(crt, &datum, GNUTLS_X509_FMT_DER) == 0 &&
	    gnutls_x509_trust_list_add_cas(list, &crt, 1,
	    GNUTLS_TL_NO_DUPLICATES) == 1)
		return true;
	gnutls_x509_crt_deinit(crt);
	return false;
}

struct search {
	struct str *name;	/* wanted subjects, */
	size_t count;
	bool all;		/* or everybody */
	gnutls_x509_trust_list_t list;
	size_t found;
	struct buf space;
};

static bool
is_wanted(const struct search *s, struct str name)
{
	for (size_t i = 0; i < s->count; i++)
		if (str_eq(s->name[i], name))
			return true;
	return false;
}

static void
want(struct search *s, struct str name)
{
	if (is_wanted(s, name))
		return;
	s->name = xgrow(s->name, s->count, sizeof(*s->name));
	s->name[s->count++] = name;
}

/* Most are out of the question because of their subject's length alone. */
static bool
may_be_wanted(struct search *s, struct raw raw)
{
	size_t size = cert_subject_size(decode(raw, FRONT, &s->space));

	for (size_t i = 0; i < s->count; i++)
		if (size == 0 || s->name[i].len == size)
			return true;
	return false;
}

static void
look_at(struct search *s, struct raw raw)
{
	struct str issuer, subject, der;

	if (!s->all && !may_be_wanted(s, raw))
		return;
	der = decode(raw, SIZE_MAX, &s->space);
	if ((s->all || (cert_names(der, &issuer, &subject) &&
	    is_wanted(s, subject))) && add_der(der, s->list))
		s->found++;
}

static int
look_through(struct trust *t, struct search *s, struct err *e)
{
	struct str body;
	int rc = 0;

	for (size_t i = 0; i < t->count; i++)
		look_at(s, (struct raw){ str_head(str_skip(buf_str(&t->bytes),
		    t->item[i].at), t->item[i].len), t->item[i].der });
	bundle_rewind(&t->file);
	while (t->file.is_open && (rc = bundle_next(&t->file, &body, e)) > 0)
		look_at(s, (struct raw){ body, false });
	buf_free(&s->space);
	return rc < 0 ? err_wrap(e, "%s", buf_cstr(&t->path)) : 0;
}

int
trust_pick(struct trust *t, const gnutls_datum_t *chain, size_t count,
    gnutls_x509_trust_list_t list, size_t *found, struct err *e)
{
	struct search s = { .list = list };
	struct str issuer, subject, der;
	int rc;

	for (size_t i = 0; i < count; i++) {
		der = (struct str){ (char *)chain[i].data, chain[i].size };
		if (cert_names(der, &issuer, &subject)) {
			want(&s, issuer);
			want(&s, subject);
		}
	}
	rc = look_through(t, &s, e);
	free(s.name);
	*found = s.found;
	return rc;
}

int
trust_all(struct trust *t, gnutls_x509_trust_list_t list, size_t *found,
    struct err *e)
{
	struct search s = { .list = list, .all = true };
	int rc = 0, n;

	if (t->native) {
		n = gnutls_x509_trust_list_add_system_trust(list, 0, 0);
		*found = n > 0 ? (size_t)n : 0;
		return 0;
	}
	rc = look_through(t, &s, e);
	*found = s.found;
	return rc;
}

// SPDX-License-Identifier: ISC
/*
 * check_tls.c - TLS: what is proved, and what is refused
 *
 * Real handshakes with a GnuTLS server in a thread.  Each row of the matrix is
 * done twice, with the few certificates that can matter and with the whole
 * store, and must end the same way.
 */
#include "run.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <gnutls/crypto.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/table.h"
#include "certs.h"
#include "net/cert.h"
#include "net/chain.h"
#include "net/dane.h"
#include "net/keyring.h"
#include "net/tls.h"
#include "peer.h"

#define HOST "mx.example.com"
#define FILLERS 12		/* others in the store */
#define EXPIRED "expired"
#define NOBODY "nobody we trust"
#define NAME "not for this name"

static char dir[] = "/tmp/check_tls.XXXXXX";
static pid_t family_pid;

static const char *
at(const char *name)
{
	static char path[4][100];
	static unsigned turn;
	char *p = path[turn++ % 4];

	snprintf(p, sizeof(path[0]), "%s/%s", dir, name);
	return p;
}

static void
remove_all(void)
{
	static const char *const names[] = { "ca", "crl", "own", "key", "cache",
		"store/ca", "store/text", "store" };

	if (getpid() != family_pid)	/* each test is a child */
		return;
	for (size_t i = 0; i < TABLE_COUNT(names); i++)
		(void)remove(at(names[i]));
	(void)rmdir(dir);
}

static struct tls_policy
policy_for(const char *host, const char *ca)
{
	struct tls_policy p = { 0 };

	buf_puts(&p.host, host);
	buf_puts(&p.ca, ca);
	return p;
}

static void
policy_free(struct tls_policy *p)
{
	buf_free(&p->host);
	buf_free(&p->ca);
	buf_free(&p->crl);
	strs_free(&p->pins);
	buf_free(&p->cert);
	buf_free(&p->key);
	buf_free(&p->min);
	buf_free(&p->priority);
	buf_free(&p->cache);
}

/* -- the family ----------------------------------------------------------- */

enum who {
	NONE, LEAF, MIDDLE, ROOT, OLD_ROOT, CROSS, STRANGER, TWIN, SELF, SECOND
};

static struct cert family[SECOND + 1];

static void
found_family(void)
{
	static const struct spec root = { .cn = "Root", .ca = true },
	    old = { .cn = "Old Root", .ca = true, .from = -900, .to = -5 },
	    stranger = { .cn = "Stranger", .ca = true };
	struct cert store[FILLERS + 3];
	struct spec filler = { .ca = true };
	char name[20];
	size_t n = 0;

	if (gnutls_global_init() < 0 || mkdtemp(dir) == NULL)
		abort();
	family_pid = getpid();
	atexit(remove_all);
	for (; n < FILLERS; n++) {
		snprintf(name, sizeof(name), "Filler %zu", n);
		filler.cn = name;
		store[n] = cert_make(&filler, NULL);
	}
	family[ROOT] = cert_make(&root, NULL);
	family[TWIN] = cert_make(&root, NULL);	/* same name, other key */
	family[OLD_ROOT] = cert_make(&old, NULL);
	family[STRANGER] = cert_make(&stranger, NULL);
	store[n++] = family[TWIN];
	store[n++] = family[ROOT];
	store[n++] = family[OLD_ROOT];
	cert_write(at("ca"), store, n);
	for (size_t i = 0; i < FILLERS; i++)
		cert_free(&store[i]);
}

/* -- one handshake -------------------------------------------------------- */

static int
meet(const struct tls_policy *p, struct peer *peer, bool thorough,
    size_t *decoded, struct err *e)
{
	struct tls_trust *trust;
	struct conn c;
	int rc;

	ck_assert_int_eq(tls_prepare(p, &trust, e), 0);
	trust->thorough = thorough;
	peer_start(peer, &c);
	rc = tls_start(&c, p, trust, clock_deadline(10000), e);
	ck_assert(c.secure == (rc == 0 && p->verify != TLS_VERIFY_NO));
	if (decoded != NULL)
		*decoded = trust->decoded;
	peer_end(peer, &c);
	tls_trust_free(trust);
	return rc;
}

/* -- the matrix ----------------------------------------------------------- */

static const struct row {
	const char *name, *host;
	const char *wrong;	/* a part of the refusal; NULL: accepted */
	struct spec leaf, middle;
	enum who issuer;	/* of the leaf: MIDDLE, ROOT, ..., or SELF */
	enum who above;		/* of the middle */
	enum who shown[5];	/* the chain; empty: leaf, middle if any */
} rows[] = {
	{ "issued by a root", HOST, NULL, .leaf = { .dns = { HOST } },
	    .issuer = ROOT },
	{ "through an intermediate", HOST, NULL, .leaf = { .dns = { HOST } },
	    .middle = { .cn = "M", .ca = true }, .issuer = MIDDLE,
	    .above = ROOT },
	{ "the root is shown as well", HOST, NULL,
	    .leaf = { .dns = { HOST } }, .middle = { .cn = "M", .ca = true },
	    .issuer = MIDDLE, .above = ROOT,
	    .shown = { LEAF, MIDDLE, ROOT } },
	{ "the intermediate is missing", HOST, NOBODY,
	    .leaf = { .dns = { HOST } }, .middle = { .cn = "M", .ca = true },
	    .issuer = MIDDLE, .above = ROOT, .shown = { LEAF } },
	{ "root before intermediate", HOST, NULL,
	    .leaf = { .dns = { HOST } }, .middle = { .cn = "M", .ca = true },
	    .issuer = MIDDLE, .above = ROOT,
	    .shown = { LEAF, ROOT, MIDDLE } },
	{ "a stranger in between", HOST, NULL,
	    .leaf = { .dns = { HOST } }, .middle = { .cn = "M", .ca = true },
	    .issuer = MIDDLE, .above = ROOT,
	    .shown = { LEAF, STRANGER, MIDDLE } },
	{ "the intermediate twice", HOST, NULL,
	    .leaf = { .dns = { HOST } }, .middle = { .cn = "M", .ca = true },
	    .issuer = MIDDLE, .above = ROOT,
	    .shown = { LEAF, MIDDLE, MIDDLE } },
	{ "the intermediate first", HOST, "", .leaf = { .dns = { HOST } },
	    .middle = { .cn = "M", .ca = true }, .issuer = MIDDLE,
	    .above = ROOT, .shown = { MIDDLE, LEAF } },
	{ "cross-signed, the old issuer unknown", HOST, NULL,
	    .leaf = { .dns = { HOST } }, .issuer = ROOT,
	    .shown = { LEAF, CROSS } },
	{ "cross-signed, the stranger shown too", HOST, NULL,
	    .leaf = { .dns = { HOST } }, .issuer = ROOT,
	    .shown = { LEAF, CROSS, STRANGER } },
	{ "a root that has expired", HOST, EXPIRED,
	    .leaf = { .dns = { HOST } }, .issuer = OLD_ROOT },
	{ "the same name, another key", HOST, NULL,
	    .leaf = { .dns = { HOST } }, .issuer = TWIN },
	{ "expired", HOST, EXPIRED,
	    .leaf = { .dns = { HOST }, .from = -30, .to = -2 },
	    .issuer = ROOT },
	{ "not yet valid", HOST, "not valid yet",
	    .leaf = { .dns = { HOST }, .from = 2 }, .issuer = ROOT },
	{ "an expired intermediate", HOST, EXPIRED,
	    .leaf = { .dns = { HOST } }, .middle = { .cn = "M", .ca = true,
	    .from = -30, .to = -2 }, .issuer = MIDDLE, .above = ROOT },
	{ "self-signed", HOST, NOBODY, .leaf = { .cn = HOST,
	    .dns = { HOST } }, .issuer = SELF },
	{ "an unknown authority", HOST, NOBODY,
	    .leaf = { .dns = { HOST } }, .issuer = STRANGER },
	{ "an unknown authority, shown", HOST, NOBODY,
	    .leaf = { .dns = { HOST } }, .issuer = STRANGER,
	    .shown = { LEAF, STRANGER } },
	{ "another host", HOST, NAME, .leaf = { .dns = { "mx.example.org" } },
	    .issuer = ROOT },
	{ "a longer host", HOST, NAME,
	    .leaf = { .dns = { HOST ".evil.org" } }, .issuer = ROOT },
	{ "the domain alone", HOST, NAME, .leaf = { .dns = { "example.com" } },
	    .issuer = ROOT },
	{ "only a common name", HOST, NAME, .leaf = { .cn = HOST },
	    .issuer = ROOT },
	{ "a common name beside others", HOST, NAME,
	    .leaf = { .cn = HOST, .dns = { "a.example.org" } },
	    .issuer = ROOT },
	{ "a common name beside an address", HOST, NAME,
	    .leaf = { .cn = HOST, .ip = "192.0.2.1" }, .issuer = ROOT },
	{ "the second of three names", HOST, NULL,
	    .leaf = { .dns = { "a.example", HOST, "b.example" } },
	    .issuer = ROOT },
	{ "in capitals", HOST, NULL, .leaf = { .dns = { "MX.Example.COM" } },
	    .issuer = ROOT },
	{ "a host with a dot at its end", HOST ".", NULL,
	    .leaf = { .dns = { HOST } }, .issuer = ROOT },
	{ "a wildcard", HOST, NULL, .leaf = { .dns = { "*.example.com" } },
	    .issuer = ROOT },
	{ "a wildcard for two labels", "a." HOST, NAME,
	    .leaf = { .dns = { "*.example.com" } }, .issuer = ROOT },
	{ "a wildcard for none", "example.com", NAME,
	    .leaf = { .dns = { "*.example.com" } }, .issuer = ROOT },
	{ "a wildcard for a whole country", "example.com", NAME,
	    .leaf = { .dns = { "*.com" } }, .issuer = ROOT },
	{ "a wildcard for everything", HOST, NAME,
	    .leaf = { .dns = { "*" } }, .issuer = ROOT },
	{ "a wildcard in the middle", HOST, NAME,
	    .leaf = { .dns = { "mx.*.com" } }, .issuer = ROOT },
	{ "a NUL in the name", HOST, NAME,
	    .leaf = { .dns = { HOST "\0.evil.org" },
	    .dns_len = sizeof(HOST "\0.evil.org") - 1 }, .issuer = ROOT },
	{ "for clients", HOST, "not meant for servers",
	    .leaf = { .dns = { HOST }, .purpose = GNUTLS_KP_TLS_WWW_CLIENT },
	    .issuer = ROOT },
	{ "for signing programs", HOST, "not meant for servers",
	    .leaf = { .dns = { HOST }, .purpose = GNUTLS_KP_CODE_SIGNING },
	    .issuer = ROOT },
	{ "for clients and servers", HOST, NULL,
	    .leaf = { .dns = { HOST }, .purpose = GNUTLS_KP_TLS_WWW_CLIENT,
	    .purpose2 = GNUTLS_KP_TLS_WWW_SERVER }, .issuer = ROOT },
	{ "for no purpose said", HOST, NULL,
	    .leaf = { .dns = { HOST }, .purpose = "" }, .issuer = ROOT },
	{ "names allowed", HOST, NULL, .leaf = { .dns = { HOST } },
	    .middle = { .cn = "M", .ca = true, .permit = "example.com" },
	    .issuer = MIDDLE, .above = ROOT },
	{ "names not allowed", HOST, "", .leaf = { .dns = { HOST } },
	    .middle = { .cn = "M", .ca = true, .permit = "example.org" },
	    .issuer = MIDDLE, .above = ROOT },
	{ "names forbidden", HOST, "", .leaf = { .dns = { HOST } },
	    .middle = { .cn = "M", .ca = true, .deny = "example.com" },
	    .issuer = MIDDLE, .above = ROOT },
	{ "a path of length 0 is enough", HOST, NULL,
	    .leaf = { .dns = { HOST } },
	    .middle = { .cn = "M", .ca = true, .path = 1 },
	    .issuer = MIDDLE, .above = ROOT },
	{ "a path longer than allowed", HOST, "",
	    .leaf = { .dns = { HOST } },
	    .middle = { .cn = "M", .ca = true, .path = 1 },
	    .issuer = SECOND, .above = ROOT,
	    .shown = { LEAF, SECOND, MIDDLE } },
	{ "an intermediate that is no authority", HOST, "",
	    .leaf = { .dns = { HOST } }, .middle = { .cn = "M" },
	    .issuer = MIDDLE, .above = ROOT },
	{ "signed with SHA-1", HOST, "too weak",
	    .leaf = { .dns = { HOST }, .sha1 = true }, .issuer = ROOT },
	{ "RSA 2048", HOST, NULL, .leaf = { .dns = { HOST }, .key = KEY_RSA },
	    .issuer = ROOT },
	{ "RSA 1024", HOST, "too short",
	    .leaf = { .dns = { HOST }, .key = KEY_RSA_1024 }, .issuer = ROOT },
	{ "an address", "192.0.2.1", NULL, .leaf = { .ip = "192.0.2.1" },
	    .issuer = ROOT },
	{ "an address in brackets", "[2001:db8::1]", NULL,
	    .leaf = { .ip = "2001:db8::1" }, .issuer = ROOT },
	{ "another address", "192.0.2.2", "not for the address",
	    .leaf = { .ip = "192.0.2.1" }, .issuer = ROOT },
	{ "an address as a name", "192.0.2.1", "not for the address",
	    .leaf = { .dns = { "192.0.2.1" } }, .issuer = ROOT },
	{ "an address as a common name", "192.0.2.1", "not for the address",
	    .leaf = { .cn = "192.0.2.1" }, .issuer = ROOT },
	{ "an international name", "m\xc3\xbcller.example", NULL,
	    .leaf = { .dns = { "xn--mller-kva.example" } }, .issuer = ROOT },
	{ "another international name", "m\xc3\xb6ller.example", NAME,
	    .leaf = { .dns = { "xn--mller-kva.example" } }, .issuer = ROOT },
};

static void
bear(const struct row *r)
{
	static const struct spec root = { .cn = "Root", .ca = true },
	    second = { .cn = "Second", .ca = true };

	if (r->middle.cn != NULL)
		family[MIDDLE] = cert_make(&r->middle, &family[r->above]);
	if (r->issuer == SECOND)
		family[SECOND] = cert_make(&second, &family[MIDDLE]);
	/* The root's own key and name, certified by somebody else. */
	family[CROSS] = cert_make(&root, &family[STRANGER]);
	gnutls_x509_crt_set_key(family[CROSS].crt, family[ROOT].key);
	gnutls_x509_crt_sign2(family[CROSS].crt, family[STRANGER].crt,
	    family[STRANGER].key, GNUTLS_DIG_SHA256, 0);
	family[LEAF] = cert_make(&r->leaf, r->issuer == SELF ? NULL :
	    &family[r->issuer]);
}

static struct peer
peer_of(const struct row *r)
{
	struct peer p = { .leaf = &family[LEAF] };

	for (size_t i = 0; i < 5 && r->shown[i] != NONE; i++)
		p.chain[p.chain_count++] = &family[r->shown[i]];
	if (p.chain_count == 0) {
		p.chain[p.chain_count++] = &family[LEAF];
		if (family[MIDDLE].crt != NULL)
			p.chain[p.chain_count++] = &family[MIDDLE];
	}
	return p;
}

START_TEST(a_certificate_of_the_matrix)
{
	const struct row *r = &rows[_i];
	struct tls_policy p = policy_for(r->host, at("ca"));
	struct err quick = { 0 }, full = { 0 };
	size_t decoded = 0;
	struct peer one, two;
	int rc;

	bear(r);
	one = peer_of(r);
	two = peer_of(r);
	rc = meet(&p, &one, false, &decoded, &quick);
	ck_assert_msg((rc == 0) == (r->wrong == NULL), "%s: %s", r->name,
	    buf_cstr(&quick.text));
	ck_assert_int_eq(meet(&p, &two, true, NULL, &full), rc);
	ck_assert_str_eq(buf_cstr(&quick.text), buf_cstr(&full.text));
	if (rc < 0) {
		ck_assert_msg(strstr(buf_cstr(&quick.text), r->wrong) != NULL,
		    "%s: %s", r->name, buf_cstr(&quick.text));
		ck_assert(err_is_temporary(&quick));
	} else
		ck_assert_msg(decoded <= 3, "%s: %zu", r->name, decoded);
	err_clear(&quick);
	err_clear(&full);
	policy_free(&p);
}
END_TEST

/* -- all around it -------------------------------------------------------- */

static struct peer
good_peer(void)
{
	static const struct row good = { .leaf = { .dns = { HOST } },
	    .issuer = ROOT };

	if (family[LEAF].crt == NULL)
		bear(&good);
	return peer_of(&good);
}

START_TEST(the_relay_hears_the_name_and_smtp)
{
	struct tls_policy p = policy_for(HOST, at("ca"));
	struct peer peer = good_peer();
	struct err e = { 0 };

	ck_assert_int_eq(meet(&p, &peer, false, NULL, &e), 0);
	ck_assert_str_eq(peer.sni, HOST);
	ck_assert_str_eq(peer.alpn, "smtp");
	policy_free(&p);
}
END_TEST

START_TEST(an_address_is_no_name_to_be_sent)
{
	struct tls_policy p = policy_for("[192.0.2.1]", at("ca"));
	struct peer peer = good_peer();
	struct err e = { 0 };

	p.verify = TLS_VERIFY_NO;
	ck_assert_int_eq(meet(&p, &peer, false, NULL, &e), 0);
	ck_assert_str_eq(peer.sni, "");
	policy_free(&p);
}
END_TEST

/* Sends a line and gets it back; then the end as the peer makes it. */
static void
converse(struct conn *c, struct tls_trust *trust, const struct tls_policy *p,
    ssize_t end)
{
	struct pollfd pfd = { .fd = c->fd };
	struct err e = { 0 };
	char line[100];
	ssize_t n;

	ck_assert_int_eq(tls_start(c, p, trust, clock_deadline(10000), &e),
	    0);
	ck_assert_int_eq(c->ops->send(c, STR("EHLO a\r\n"), &e), 8);
	for (int i = 0; i < 2; i++) {
		while ((n = c->ops->recv(c, line, sizeof(line), &e)) ==
		    CONN_AGAIN) {
			pfd.events = c->wants;
			ck_assert_int_eq(poll(&pfd, 1, 10000), 1);
		}
		ck_assert_int_eq(n, i == 0 ? 8 : end);
	}
	if (end < 0) {
		ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "goodbye"));
		ck_assert(err_is_temporary(&e));
	}
	err_clear(&e);
}

static const struct version {
	const char *priority, *says;
} versions[] = {
	{ "NORMAL:-VERS-ALL:+VERS-TLS1.3", "TLS1.3 " },
	{ "NORMAL:-VERS-ALL:+VERS-TLS1.2", "TLS1.2 " },
};

START_TEST(a_line_goes_there_and_back)
{
	struct tls_policy p = policy_for(HOST, at("ca"));
	struct tls_trust *trust;
	struct err e = { 0 };
	struct conn c;

	for (int rude = 0; rude < 2; rude++) {
		struct peer peer = good_peer();

		peer.priority = versions[_i].priority;
		peer.rude = rude == 1;
		ck_assert_int_eq(tls_prepare(&p, &trust, &e), 0);
		peer_start(&peer, &c);
		ck_assert_uint_eq(tls_describe(&c).len, 0);
		converse(&c, trust, &p, rude ? -1 : 0);
		ck_assert(str_eq(str_head(tls_describe(&c), 7),
		    str_of(versions[_i].says)));
		peer_end(&peer, &c);
		tls_trust_free(trust);
	}
	policy_free(&p);
}
END_TEST

START_TEST(the_binding_has_the_name_that_fits)
{
	static const char *const names[] = { "tls-exporter", "tls-unique" };
	struct tls_policy p = policy_for(HOST, at("ca"));
	struct peer peer = good_peer();
	struct buf bytes = { 0 };
	struct tls_trust *trust;
	struct err e = { 0 };
	const char *name;
	struct conn c;

	peer.priority = versions[_i].priority;
	ck_assert_int_eq(tls_prepare(&p, &trust, &e), 0);
	peer_start(&peer, &c);
	ck_assert(!tls_binding(&c, &name, &bytes));
	converse(&c, trust, &p, 0);
	ck_assert(tls_binding(&c, &name, &bytes));
	ck_assert_str_eq(name, names[_i]);
	ck_assert_uint_ge(bytes.len, 12);
	peer_end(&peer, &c);
	tls_trust_free(trust);
	buf_free(&bytes);
	policy_free(&p);
}
END_TEST

/* -- resumption ----------------------------------------------------------- */

static gnutls_datum_t ticket_key;

static bool
resumes(const struct tls_policy *p, const char *priority)
{
	struct peer peer = good_peer();
	struct tls_trust *trust;
	struct err e = { 0 };
	struct conn c;
	bool resumed;

	if (ticket_key.data == NULL)
		gnutls_session_ticket_key_generate(&ticket_key);
	peer.ticket_key = ticket_key;
	peer.priority = priority;
	ck_assert_int_eq(tls_prepare(p, &trust, &e), 0);
	peer_start(&peer, &c);
	converse(&c, trust, p, 0);
	ck_assert(c.secure);
	resumed = tls_is_resumed(&c);
	peer_end(&peer, &c);
	ck_assert(resumed == peer.resumed);
	tls_trust_free(trust);
	return resumed;
}

START_TEST(the_next_process_goes_on_with_the_session)
{
	const char *priority = versions[_i].priority;
	struct tls_policy p = policy_for(HOST, at("ca"));
	struct stat st;

	buf_puts(&p.cache, at("cache"));
	(void)unlink(at("cache"));
	ck_assert(!resumes(&p, priority));
	ck_assert_int_eq(stat(at("cache"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0600);
	ck_assert(resumes(&p, priority));
	ck_assert(resumes(&p, priority));
	policy_free(&p);
}
END_TEST

static void
flip(const char *path, off_t where)
{
	int fd = open(path, O_RDWR);
	char c;

	ck_assert_int_eq(pread(fd, &c, 1, where), 1);
	c ^= 1;
	ck_assert_int_eq(pwrite(fd, &c, 1, where), 1);
	ck_assert_int_eq(close(fd), 0);
}

/* Each breaks the cache, or the policy it was made under. */
static void
change_pin(struct tls_policy *p)
{
	struct buf pin = { 0 };

	buf_printf(&pin, "sha256:%064d", 0);
	strs_add(&p->pins, buf_str(&pin));
	buf_free(&pin);
	p->verify = TLS_VERIFY_NO;
}

static void change_min(struct tls_policy *p) { buf_puts(&p->min, "1.2"); }
static void change_port(struct tls_policy *p) { p->port = 465; }

static void
tear(struct tls_policy *p)
{
	ck_assert_int_eq(truncate(buf_cstr(&p->cache), 200), 0);
}

static void
spoil(struct tls_policy *p)
{
	flip(buf_cstr(&p->cache), 150);
}

static void
open_up(struct tls_policy *p)
{
	ck_assert_int_eq(chmod(buf_cstr(&p->cache), 0640), 0);
}

static void
link_up(struct tls_policy *p)
{
	ck_assert_int_eq(rename(buf_cstr(&p->cache), at("key")), 0);
	ck_assert_int_eq(symlink(at("key"), buf_cstr(&p->cache)), 0);
}

/* The same bytes, and as old as before: but it is another file. */
static void
replace_ca(struct tls_policy *p)
{
	struct timespec times[2];
	struct buf all = { 0 };
	struct err e = { 0 };
	struct stat st;
	int fd = open(buf_cstr(&p->ca), O_RDONLY);

	ck_assert_int_eq(fstat(fd, &st), 0);
	ck_assert_int_eq(fd_read_all(fd, &all, 1 << 20, &e), 0);
	ck_assert_int_eq(close(fd), 0);
	fd = open(at("key"), O_WRONLY | O_CREAT | O_TRUNC, 0644);
	ck_assert_int_eq(fd_write(fd, buf_str(&all), &e), 0);
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	ck_assert_int_eq(futimens(fd, times), 0);
	ck_assert_int_eq(close(fd), 0);
	ck_assert_int_eq(rename(at("key"), buf_cstr(&p->ca)), 0);
	buf_free(&all);
}

static void
write_ca(struct tls_policy *p)
{
	FILE *f = fopen(buf_cstr(&p->ca), "a");

	fputs("# one line more\n", f);
	ck_assert_int_eq(fclose(f), 0);
}

static void
grow_old(struct tls_policy *p)
{
	(void)p;
	clock_fix(clock_now() + 86401, clock_ms());
}

static void (*const breaks[])(struct tls_policy *) = {
	change_min, change_port, tear, spoil, open_up, link_up, replace_ca,
	write_ca, grow_old,
};

START_TEST(a_session_that_is_not_quite_right_is_none)
{
	struct tls_policy p = policy_for(HOST, at("ca"));

	buf_puts(&p.cache, at("cache"));
	(void)unlink(at("cache"));
	ck_assert(!resumes(&p, NULL));
	ck_assert(resumes(&p, NULL));
	breaks[_i](&p);
	ck_assert(!resumes(&p, NULL));
	clock_fix(-1, -1);
	(void)unlink(at("cache"));
	policy_free(&p);
}
END_TEST

START_TEST(who_goes_on_and_on_has_to_show_a_certificate_every_day)
{
	struct tls_policy p = policy_for(HOST, at("ca"));
	int64_t start = clock_now();

	buf_puts(&p.cache, at("cache"));
	(void)unlink(at("cache"));
	ck_assert(!resumes(&p, NULL));
	for (int hour = 1; hour < 24; hour += 4) {
		clock_fix(start + hour * 3600, clock_ms());
		ck_assert(resumes(&p, NULL));
	}
	clock_fix(start + 86400 + 2, clock_ms());
	ck_assert(!resumes(&p, NULL));
	ck_assert(resumes(&p, NULL));
	clock_fix(-1, -1);
	(void)unlink(at("cache"));
	policy_free(&p);
}
END_TEST

START_TEST(a_pin_is_asked_for_although_there_is_a_session)
{
	struct tls_policy p = policy_for(HOST, at("ca"));
	struct peer peer = good_peer();
	struct err e = { 0 };

	buf_puts(&p.cache, at("cache"));
	(void)unlink(at("cache"));
	ck_assert(!resumes(&p, NULL));
	change_pin(&p);
	peer.ticket_key = ticket_key;
	ck_assert_int_eq(meet(&p, &peer, false, NULL, &e), -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "tls_pin"));
	err_clear(&e);
	policy_free(&p);
}
END_TEST

/* -- the policy ----------------------------------------------------------- */

static void
add_pin(struct tls_policy *p, bool of_key, bool hex)
{
	unsigned char hash[32];
	struct buf text = { 0 };
	size_t len = sizeof(hash);

	if (of_key)
		gnutls_x509_crt_get_key_id(family[LEAF].crt,
		    GNUTLS_KEYID_USE_SHA256, hash, &len);
	else
		gnutls_x509_crt_get_fingerprint(family[LEAF].crt,
		    GNUTLS_DIG_SHA256, hash, &len);
	if (hex)
		for (size_t i = 0; i < sizeof(hash); i++)
			buf_printf(&text, "%02X", hash[i]);
	else {
		buf_puts(&text, "sha256:");
		base64_encode(&text, (struct str){ (char *)hash, 32 });
	}
	strs_add(&p->pins, buf_str(&text));
	buf_free(&text);
}

struct seen {
	size_t count;
	struct strs names;
	struct buf subjects, issuer, pin;
	int64_t ends;
};

static void
see(void *who, struct chain *c)
{
	struct seen *seen = who;

	seen->count = c->count;
	for (size_t i = 0; i < c->names.count; i++)
		strs_add(&seen->names, strs_at(&c->names, i));
	for (size_t i = 0; i < c->count; i++)
		buf_printf(&seen->subjects, "%s;",
		    buf_cstr(&c->link[i].subject));
	buf_set(&seen->issuer, buf_str(&c->link[c->count - 1].issuer));
	buf_set(&seen->pin, buf_str(&c->key_pin));
	seen->ends = c->link[0].ends;
}

static void
seen_free(struct seen *seen)
{
	strs_free(&seen->names);
	buf_free(&seen->subjects);
	buf_free(&seen->issuer);
	buf_free(&seen->pin);
}

START_TEST(what_is_refused_is_shown_all_the_same)
{
	static const struct row row = { .leaf = { .cn = "Leaf",
	    .dns = { "a.example", "b.example" }, .ip = "192.0.2.1",
	    .from = -9, .to = -2 },
	    .middle = { .cn = "M", .ca = true }, .issuer = MIDDLE,
	    .above = ROOT };
	struct tls_policy p = policy_for(HOST, at("ca"));
	struct seen seen = { 0 };
	struct peer peer;
	struct err e = { 0 };

	bear(&row);
	peer = peer_of(&row);
	add_pin(&p, true, false);
	p.shown = see;
	p.who = &seen;
	ck_assert_int_eq(meet(&p, &peer, false, NULL, &e), -1);
	ck_assert_uint_eq(seen.count, 2);
	ck_assert_uint_eq(seen.names.count, 3);
	ck_assert(strs_has(&seen.names, STR("b.example")));
	ck_assert(strs_has(&seen.names, STR("192.0.2.1")));
	ck_assert_str_eq(buf_cstr(&seen.subjects), "CN=Leaf;CN=M;");
	ck_assert_str_eq(buf_cstr(&seen.issuer), "CN=Root");
	ck_assert(strs_has(&p.pins, buf_str(&seen.pin)));
	ck_assert_int_lt(seen.ends, clock_now() - 86400);
	seen_free(&seen);
	err_clear(&e);
	policy_free(&p);
}
END_TEST

START_TEST(a_pin_takes_the_place_of_the_chain)
{
	static const struct row self = { .leaf = { .cn = "x" },
	    .issuer = SELF };
	struct tls_policy p = policy_for(HOST, "");
	struct peer peer;
	struct err e = { 0 };

	bear(&self);
	peer = peer_of(&self);
	add_pin(&p, (_i & 1) != 0, (_i & 2) != 0);
	p.verify = TLS_VERIFY_PIN;
	ck_assert_int_eq(meet(&p, &peer, false, NULL, &e), 0);
	p.verify = TLS_VERIFY_YES;	/* beside the chain it is not enough */
	buf_puts(&p.ca, at("ca"));
	ck_assert_int_eq(meet(&p, &peer, false, NULL, &e), -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), NOBODY));
	err_clear(&e);
	policy_free(&p);
}
END_TEST

/* -- DANE ----------------------------------------------------------------- */

/* The record of that kind for that certificate. */
static void
add_tlsa(struct tlsas *t, unsigned usage, unsigned selector, unsigned match,
    gnutls_x509_crt_t crt)
{
	gnutls_datum_t der = { NULL, 0 };
	gnutls_pubkey_t key;
	struct buf words = { 0 };
	unsigned char hash[64];
	size_t len;

	gnutls_pubkey_init(&key);
	gnutls_pubkey_import_x509(key, crt, 0);
	if (selector == 0)
		gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &der);
	else
		gnutls_pubkey_export2(key, GNUTLS_X509_FMT_DER, &der);
	gnutls_pubkey_deinit(key);
	len = match == 0 ? der.size : match == 1 ? 32 : 64;
	gnutls_hash_fast(match == 2 ? GNUTLS_DIG_SHA512 : GNUTLS_DIG_SHA256,
	    der.data, der.size, hash);
	buf_printf(&words, "%u %u %u ", usage, selector, match);
	for (size_t i = 0; i < len; i++)
		buf_printf(&words, "%02x", match == 0 ? der.data[i] : hash[i]);
	ck_assert_int_eq(tlsas_add(t, buf_str(&words)), usage >= 2);
	gnutls_free(der.data);
	buf_free(&words);
}

static const struct spec no_purpose = { .cn = "Leaf", .from = -9, .to = -2,
    .purpose = GNUTLS_KP_TLS_WWW_CLIENT };

static const struct dane_row {
	const char *name;
	unsigned usage, selector, match;
	enum who of;		/* whom the record is about */
	const char *wrong;
	const char *host;	/* of the leaf, if not the right one */
	bool old;		/* the leaf has expired and is no server's */
} dane_rows[] = {
	{ "3 1 1", 3, 1, 1, LEAF, NULL, NULL, false },
	{ "3 0 1", 3, 0, 1, LEAF, NULL, NULL, false },
	{ "3 1 2", 3, 1, 2, LEAF, NULL, NULL, false },
	{ "3 0 2", 3, 0, 2, LEAF, NULL, NULL, false },
	{ "3 1 0", 3, 1, 0, LEAF, NULL, NULL, false },
	{ "3 0 0", 3, 0, 0, LEAF, NULL, NULL, false },
	{ "3: neither name nor time count", 3, 1, 1, LEAF, NULL, "x.example",
	    true },
	{ "3: another's", 3, 1, 1, STRANGER, "TLSA", NULL, false },
	{ "3: the issuer's", 3, 1, 1, MIDDLE, "TLSA", NULL, false },
	{ "2: the issuer's", 2, 0, 1, MIDDLE, NULL, NULL, false },
	{ "2: the issuer's key", 2, 1, 1, MIDDLE, NULL, NULL, false },
	{ "2: of the root, which is not shown", 2, 1, 1, ROOT, "TLSA", NULL,
	    false },
	{ "2: its own", 2, 1, 1, LEAF, "TLSA", NULL, false },
	{ "2: a stranger that is shown along", 2, 1, 1, STRANGER, "TLSA",
	    NULL, false },
	{ "2: the name counts", 2, 0, 1, MIDDLE, NAME, "x.example", false },
	{ "2: the time counts", 2, 0, 1, MIDDLE, "TLSA", NULL, true },
	{ "1: not between mail servers", 1, 1, 1, LEAF, "TLSA", NULL, false },
	{ "0: nor this", 0, 1, 1, MIDDLE, "TLSA", NULL, false },
};

START_TEST(a_certificate_that_dns_names)
{
	const struct dane_row *r = &dane_rows[_i];
	struct row row = { .middle = { .cn = "M", .ca = true },
	    .issuer = MIDDLE, .above = ROOT,
	    .shown = { LEAF, MIDDLE, STRANGER } };
	struct tls_policy p = policy_for(HOST, "");
	struct tls_trust *trust;
	struct peer peer;
	struct conn c;
	struct err e = { 0 };
	int rc;

	if (r->old)
		row.leaf = no_purpose;
	row.leaf.dns[0] = r->host != NULL ? r->host : HOST;
	bear(&row);
	peer = peer_of(&row);
	p.verify = TLS_VERIFY_NO;	/* or it would ask DNS */
	ck_assert_int_eq(tls_prepare(&p, &trust, &e), 0);
	p.verify = TLS_VERIFY_DANE;
	add_tlsa(&trust->tlsas, 3, 1, 1, family[TWIN].crt);
	add_tlsa(&trust->tlsas, r->usage, r->selector, r->match,
	    family[r->of].crt);
	peer_start(&peer, &c);
	rc = tls_start(&c, &p, trust, clock_deadline(10000), &e);
	ck_assert(c.secure == (rc == 0));
	ck_assert_msg((rc == 0) == (r->wrong == NULL), "%s: %s", r->name,
	    buf_cstr(&e.text));
	if (rc < 0) {
		ck_assert_msg(strstr(buf_cstr(&e.text), r->wrong) != NULL,
		    "%s: %s", r->name, buf_cstr(&e.text));
		ck_assert(err_is_temporary(&e));
	}
	peer_end(&peer, &c);
	tls_trust_free(trust);
	err_clear(&e);
	policy_free(&p);
}
END_TEST

#define HASH32 "000102030405060708090a0b0c0d0e0f" \
    "101112131415161718191a1b1c1d1e1f"

static const struct {
	const char *in;
	size_t count;		/* 0: refused */
} dane_answers[] = {
	{ "ok\n3 1 1 " HASH32 "\n", 1 },
	{ "ok\n3 1 1 " HASH32 "\n2 0 1 " HASH32 "\n", 2 },
	{ "ok\n3 1 1 " HASH32 "\n1 0 1 " HASH32 "\n", 1 },
	{ "ok\n3 0 0 30\n", 1 },
	{ "ok\n3 0 0 \n", 0 },
	{ "ok\n3 1 1 " HASH32 "00\n", 0 },
	{ "ok\n3 1 2 " HASH32 "\n", 0 },
	{ "ok\n3 2 1 " HASH32 "\n", 0 },
	{ "ok\n3 1 3 " HASH32 "\n", 0 },
	{ "ok\n259 1 1 " HASH32 "\n", 0 },
	{ "ok\n3 1 1 zz\n", 0 },
	{ "ok\n", 0 },
	{ "3 1 1 " HASH32 "\n", 0 },
	{ "the zone is not signed (DNSSEC)", 0 },
	{ "", 0 },
};

START_TEST(what_dns_says_is_usable_or_refused)
{
	struct tlsas t = { 0 };
	struct err e = { 0 };
	int rc = dane_answer(&t, str_of(dane_answers[_i].in), &e);

	ck_assert_int_eq(rc, dane_answers[_i].count > 0 ? 0 : -1);
	ck_assert_uint_eq(t.count, dane_answers[_i].count);
	if (rc < 0)
		ck_assert(e.text.len > 0 && err_is_temporary(&e));
	tlsas_free(&t);
	err_clear(&e);
}
END_TEST

START_TEST(a_revoked_certificate_is_refused)
{
	struct tls_policy p = policy_for(HOST, at("ca"));
	struct peer peer = good_peer();
	struct err e = { 0 };

	cert_write_crl(at("crl"), &family[ROOT], &family[LEAF]);
	buf_puts(&p.crl, at("crl"));
	ck_assert_int_eq(meet(&p, &peer, false, NULL, &e), -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "revoked"));
	err_clear(&e);
	cert_write_crl(at("crl"), &family[ROOT], &family[TWIN]);
	peer = good_peer();
	ck_assert_int_eq(meet(&p, &peer, false, NULL, &e), 0);
	policy_free(&p);
}
END_TEST

START_TEST(our_own_certificate_is_shown_when_asked)
{
	static const struct spec own = { .cn = "comp",
	    .purpose = GNUTLS_KP_TLS_WWW_CLIENT };
	struct tls_policy p = policy_for(HOST, at("ca"));
	struct peer peer = good_peer();
	struct cert c = cert_make(&own, NULL);
	struct err e = { 0 };

	cert_write(at("own"), &c, 1);
	cert_write_key(at("key"), &c);
	buf_puts(&p.cert, at("own"));
	buf_puts(&p.key, at("key"));
	peer.wants_cert = true;
	peer.priority = versions[1].priority;
	ck_assert_int_eq(meet(&p, &peer, false, NULL, &e), 0);
	ck_assert(peer.got_cert);
	cert_free(&c);
	policy_free(&p);
}
END_TEST

/* -- the store ------------------------------------------------------------ */

/* What may happen to it between tls_prepare() and the handshake. */
static void lose_ca(const char *ca) { ck_assert_int_eq(unlink(ca), 0); }
static void empty_ca(const char *ca) { ck_assert_int_eq(truncate(ca, 0), 0); }
static void cut_ca(const char *ca) { ck_assert_int_eq(truncate(ca, 300), 0); }

static void
put_other_ca(const char *ca)
{
	cert_write(at("key"), &family[STRANGER], 1);
	ck_assert_int_eq(rename(at("key"), ca), 0);
}

static const struct {
	void (*change)(const char *ca);
	bool works;		/* with a full handshake */
} ca_changes[] = {
	{ lose_ca, true },
	{ put_other_ca, true },
	{ empty_ca, false },
	{ cut_ca, false },
};

static int
meet_after(void (*change)(const char *), const struct tls_policy *p,
    struct peer *peer, bool *resumed, struct err *e)
{
	struct tls_trust *trust;
	struct conn c;
	int rc;

	ck_assert_int_eq(tls_prepare(p, &trust, e), 0);
	change(buf_cstr(&p->ca));
	peer_start(peer, &c);
	rc = tls_start(&c, p, trust, clock_deadline(10000), e);
	ck_assert(c.secure == (rc == 0));
	*resumed = tls_is_resumed(&c);
	peer_end(peer, &c);
	tls_trust_free(trust);
	return rc;
}

START_TEST(the_store_is_the_one_that_was_opened_or_none)
{
	struct tls_policy p = policy_for(HOST, at("store"));
	struct peer peer = good_peer();
	struct err e = { 0 };
	bool resumed;
	int rc;

	cert_write(at("store"), &family[ROOT], 1);
	rc = meet_after(ca_changes[_i].change, &p, &peer, &resumed, &e);
	ck_assert(!resumed);
	ck_assert_msg((rc == 0) == ca_changes[_i].works, "%s",
	    buf_cstr(&e.text));
	if (rc < 0) {
		ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "changed"));
		ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), at("store")));
		ck_assert_int_eq(e.code, EX_OSERR);
	}
	(void)unlink(at("store"));
	err_clear(&e);
	policy_free(&p);
}
END_TEST

START_TEST(a_resumed_session_does_not_look_into_the_store)
{
	struct tls_policy p = policy_for(HOST, at("store"));
	struct peer peer = good_peer();
	struct err e = { 0 };
	bool resumed;

	cert_write(at("store"), &family[ROOT], 1);
	buf_puts(&p.cache, at("cache"));
	(void)unlink(at("cache"));
	ck_assert(!resumes(&p, NULL));
	peer.ticket_key = ticket_key;
	ck_assert_int_eq(meet_after(empty_ca, &p, &peer, &resumed, &e), 0);
	ck_assert(resumed);
	ck_assert_int_eq(unlink(at("store")), 0);
	policy_free(&p);
}
END_TEST

START_TEST(the_size_of_a_subject_is_known_before_its_end)
{
	struct str der, issuer, subject;
	gnutls_datum_t all;
	size_t first = 0, size;

	ck_assert_int_eq(gnutls_x509_crt_export2(family[ROOT].crt,
	    GNUTLS_X509_FMT_DER, &all), 0);
	der = (struct str){ (char *)all.data, all.size };
	ck_assert(cert_names(der, &issuer, &subject));
	for (size_t n = 0; n <= der.len; n++) {
		size = cert_subject_size(str_head(der, n));
		ck_assert_uint_eq(size, first == 0 && size == 0 ? 0 :
		    subject.len);
		if (first == 0 && size > 0)
			first = n;
	}
	ck_assert_uint_eq(first, (size_t)(subject.ptr - der.ptr) + 2);
	gnutls_free(all.data);
}
END_TEST

START_TEST(one_certificate_may_be_in_der)
{
	struct tls_policy p = policy_for(HOST, at("store"));
	struct peer peer = good_peer();
	struct err e = { 0 };
	gnutls_datum_t der;
	FILE *f = fopen(at("store"), "w");

	ck_assert_int_eq(gnutls_x509_crt_export2(family[ROOT].crt,
	    GNUTLS_X509_FMT_DER, &der), 0);
	ck_assert_uint_eq(fwrite(der.data, 1, der.size, f), der.size);
	ck_assert_int_eq(fclose(f), 0);
	gnutls_free(der.data);
	ck_assert_int_eq(meet(&p, &peer, false, NULL, &e), 0);
	ck_assert_int_eq(unlink(at("store")), 0);
	policy_free(&p);
}
END_TEST

START_TEST(a_file_without_certificates_is_none)
{
	static const char *const texts[] = { "", "words\n", "0123456789",
		"-----BEGIN CERTIFICATE-----\n",
		"-----BEGIN PRIVATE KEY-----\nAAAA\n"
		"-----END PRIVATE KEY-----\n" };
	struct tls_policy p = policy_for(HOST, at("store"));
	struct tls_trust *trust;
	struct err e = { 0 };

	for (size_t i = 0; i < TABLE_COUNT(texts); i++) {
		FILE *f = fopen(at("store"), "w");

		fputs(texts[i], f);
		ck_assert_int_eq(fclose(f), 0);
		ck_assert_int_eq(tls_prepare(&p, &trust, &e), -1);
		ck_assert_int_eq(e.code, EX_CONFIG);
		ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text),
		    "no certificate in it"));
		err_clear(&e);
	}
	ck_assert_int_eq(unlink(at("store")), 0);
	policy_free(&p);
}
END_TEST

/* A file of it that was written to, which its own date does not tell. */
START_TEST(a_ticket_ends_with_the_directory_it_was_made_under)
{
	struct tls_policy p = policy_for(HOST, at("store"));
	FILE *f;

	ck_assert_int_eq(mkdir(at("store"), 0755), 0);
	cert_write(at("store/ca"), &family[ROOT], 1);
	buf_puts(&p.cache, at("cache"));
	(void)unlink(at("cache"));
	ck_assert(!resumes(&p, NULL));
	ck_assert(resumes(&p, NULL));
	f = fopen(at("store/ca"), "r+");
	fputs("*", f);
	ck_assert_int_eq(fclose(f), 0);
	ck_assert(!resumes(&p, NULL));
	(void)unlink(at("store/ca"));
	(void)rmdir(at("store"));
	policy_free(&p);
}
END_TEST

START_TEST(a_directory_serves_as_well)
{
	struct tls_policy p = policy_for(HOST, at("store"));
	struct peer peer = good_peer();
	struct err e = { 0 };
	FILE *f;

	ck_assert_int_eq(mkdir(at("store"), 0755), 0);
	cert_write(at("store/ca"), &family[ROOT], 1);
	f = fopen(at("store/text"), "w");
	fputs("-----BEGIN nothing\n", f);
	ck_assert_int_eq(fclose(f), 0);
	ck_assert_int_eq(meet(&p, &peer, false, NULL, &e), 0);
	policy_free(&p);
}
END_TEST

static const struct bad_policy {
	const char *says;
	enum tls_verify verify;
	const char *ca, *pin, *min, *cert, *key, *crl, *host;
} bad_policies[] = {
	{ "/nonexistent", TLS_VERIFY_YES, .ca = "/nonexistent/ca.pem" },
	{ "no certificate in it", TLS_VERIFY_YES, .ca = "/dev/../etc/passwd" },
	{ "neither a file", TLS_VERIFY_YES, .ca = "/dev/null" },
	{ "there is no tls_pin", TLS_VERIFY_PIN, .ca = NULL },
	{ "tls_pin \"abc\"", TLS_VERIFY_NO, .pin = "abc" },
	{ "tls_min \"1.1\"", TLS_VERIFY_NO, .min = "1.1" },
	{ "without tls_cert", TLS_VERIFY_NO, .key = "/nonexistent" },
	{ "tls_cert /nonexistent", TLS_VERIFY_NO, .cert = "/nonexistent" },
	{ "tls_crl /nonexistent", TLS_VERIFY_NO, .crl = "/nonexistent" },
	{ "dane", TLS_VERIFY_DANE, .host = "192.0.2.1" },
};

START_TEST(a_mistake_is_named_before_anybody_is_called)
{
	const struct bad_policy *b = &bad_policies[_i];
	struct tls_policy p = policy_for(b->host != NULL ? b->host : HOST,
	    b->ca != NULL ? b->ca : "");
	struct tls_trust *trust;
	struct err e = { 0 };

	p.verify = b->verify;
	if (b->pin != NULL)
		strs_add(&p.pins, str_of(b->pin));
	buf_puts(&p.min, b->min != NULL ? b->min : "");
	buf_puts(&p.cert, b->cert != NULL ? b->cert : "");
	buf_puts(&p.key, b->key != NULL ? b->key : "");
	buf_puts(&p.crl, b->crl != NULL ? b->crl : "");
	ck_assert_int_eq(tls_prepare(&p, &trust, &e), -1);
	ck_assert_ptr_null(trust);
	ck_assert_int_eq(e.code, EX_CONFIG);
	ck_assert_msg(strstr(buf_cstr(&e.text), b->says) != NULL, "%s",
	    buf_cstr(&e.text));
	err_clear(&e);
	policy_free(&p);
}
END_TEST

START_TEST(an_old_version_is_refused_whatever_the_priority)
{
	struct tls_policy p = policy_for(HOST, at("ca"));
	struct peer peer = good_peer();
	struct err e = { 0 };

	peer.priority = _i == 0 ? "NORMAL:-VERS-ALL:+VERS-TLS1.1:+SHA1:"
	    "%VERIFY_ALLOW_SIGN_WITH_SHA1:+SIGN-ALL" :
	    versions[1].priority;
	buf_puts(&p.min, _i == 0 ? "1.2" : "1.3");
	if (_i < 2)
		buf_puts(&p.priority, _i == 0 ? "NORMAL:-VERS-ALL:+VERS-TLS1.1"
		    ":+SIGN-ALL:%VERIFY_ALLOW_SIGN_WITH_SHA1" : "NORMAL");
	ck_assert_int_eq(meet(&p, &peer, false, NULL, &e), -1);
	ck_assert(err_is_temporary(&e));
	if (_i == 1)
		ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), "TLS1.2"));
	err_clear(&e);
	policy_free(&p);
}
END_TEST

START_TEST(a_relay_that_says_nothing_costs_no_more_than_the_deadline)
{
	struct tls_policy p = policy_for(HOST, at("ca"));
	struct peer peer = good_peer();
	struct tls_trust *trust;
	struct err e = { 0 };
	struct conn c;
	int64_t from;

	peer.silent = _i == 0;
	peer.garbled = _i == 1;
	ck_assert_int_eq(tls_prepare(&p, &trust, &e), 0);
	peer_start(&peer, &c);
	from = clock_ms();
	ck_assert_int_eq(tls_start(&c, &p, trust, clock_deadline(150), &e),
	    -1);
	ck_assert_int_lt(clock_ms() - from, 2000);
	ck_assert_msg(strstr(buf_cstr(&e.text), _i == 0 ? "in time" :
	    "no TLS") != NULL, "%s", buf_cstr(&e.text));
	ck_assert(err_is_temporary(&e));
	peer_end(&peer, &c);
	tls_trust_free(trust);
	err_clear(&e);
	policy_free(&p);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ a_certificate_of_the_matrix, TABLE_COUNT(rows) },
		{ the_relay_hears_the_name_and_smtp, 0 },
		{ an_address_is_no_name_to_be_sent, 0 },
		{ a_line_goes_there_and_back, TABLE_COUNT(versions) },
		{ the_binding_has_the_name_that_fits, TABLE_COUNT(versions) },
		{ the_next_process_goes_on_with_the_session,
		    TABLE_COUNT(versions) },
		{ a_session_that_is_not_quite_right_is_none,
		    TABLE_COUNT(breaks) },
		{ who_goes_on_and_on_has_to_show_a_certificate_every_day, 0 },
		{ a_pin_is_asked_for_although_there_is_a_session, 0 },
		{ what_is_refused_is_shown_all_the_same, 0 },
		{ a_pin_takes_the_place_of_the_chain, 4 },
		{ a_certificate_that_dns_names, TABLE_COUNT(dane_rows) },
		{ what_dns_says_is_usable_or_refused,
		  TABLE_COUNT(dane_answers) },
		{ a_revoked_certificate_is_refused, 0 },
		{ our_own_certificate_is_shown_when_asked, 0 },
		{ the_store_is_the_one_that_was_opened_or_none,
		    TABLE_COUNT(ca_changes) },
		{ a_resumed_session_does_not_look_into_the_store, 0 },
		{ the_size_of_a_subject_is_known_before_its_end, 0 },
		{ one_certificate_may_be_in_der, 0 },
		{ a_file_without_certificates_is_none, 0 },
		{ a_ticket_ends_with_the_directory_it_was_made_under, 0 },
		{ a_directory_serves_as_well, 0 },
		{ a_mistake_is_named_before_anybody_is_called,
		    TABLE_COUNT(bad_policies) },
		{ an_old_version_is_refused_whatever_the_priority, 3 },
		{ a_relay_that_says_nothing_costs_no_more_than_the_deadline,
		    2 },
	};

	found_family();
	return RUN("tls", tests);
}

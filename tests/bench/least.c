// SPDX-License-Identifier: ISC
/*
 * least.c - the fewest round trips that one mail may have, and nothing else
 *
 *	least PORT off|implicit|starttls RECIPIENT ... <MESSAGE
 *
 * Waits for what it has to wait for (RFC 2920, 3030, 3207) and says the rest
 * at once: no queue, no configuration, no sandbox, and nobody is verified.  So
 * its time is what the way to the relay takes, and what the relay itself does.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "net/gnutls.h"

struct line {
	int fd;
	gnutls_session_t tls;	/* or NULL */
	struct buf in;
	size_t eaten;
};

_Noreturn static void
die(const char *what)
{
	(void)fprintf(stderr, "least: %s\n", what);
	exit(EX_UNAVAILABLE);
}

static void
reach(struct line *l, const char *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
	    .sin_port = htons((in_port_t)strtol(port, NULL, 10)) };
	int one = 1;

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	l->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (l->fd < 0 || setsockopt(l->fd, IPPROTO_TCP, TCP_NODELAY, &one,
	    sizeof(one)) < 0 ||
	    connect(l->fd, (struct sockaddr *)&a, sizeof(a)) < 0)
		die("connect");
}

static void
say(struct line *l, struct str bytes)
{
	while (bytes.len > 0) {
		ssize_t n = l->tls != NULL ?
		    gnutls_record_send(l->tls, bytes.ptr, bytes.len) :
		    send(l->fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);

		if (n <= 0)
			die("send");
		bytes = str_skip(bytes, (size_t)n);
	}
}

static void
fill(struct line *l)
{
	char *room = buf_room(&l->in, 4096);
	ssize_t n;

	do
		n = l->tls != NULL ? gnutls_record_recv(l->tls, room, 4096) :
		    recv(l->fd, room, 4096, 0);
	while (l->tls != NULL && n < 0 && !gnutls_error_is_fatal((int)n));
	if (n <= 0)
		die("the relay is gone");
	buf_grew(&l->in, (size_t)n);
}

/* So many replies, all of them good. */
static void
hear(struct line *l, size_t replies)
{
	while (replies > 0) {
		struct str rest = str_skip(buf_str(&l->in), l->eaten), line;

		if (!str_eat_until(&rest, '\n', &line)) {
			fill(l);
			continue;
		}
		l->eaten = l->in.len - rest.len;
		if (line.len < 4 || line.ptr[0] != '2')
			die("the relay says no");
		replies -= line.ptr[3] == ' ';
	}
}

/* The library is mapped while the answer is on its way. */
static void
shake_hands(struct line *l)
{
	gnutls_certificate_credentials_t nobody;
	int rc;

	if (gnutls_init(&l->tls, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL) < 0 ||
	    gnutls_priority_set_direct(l->tls, "NORMAL", NULL) < 0 ||
	    gnutls_certificate_allocate_credentials(&nobody) < 0 ||
	    gnutls_credentials_set(l->tls, GNUTLS_CRD_CERTIFICATE, nobody) < 0)
		die("TLS");
	gnutls_transport_set_int2(l->tls, l->fd, l->fd);
	do
		rc = gnutls_handshake(l->tls);
	while (rc < 0 && !gnutls_error_is_fatal(rc));
	if (rc < 0)
		die(gnutls_strerror(rc));
}

static void
read_message(struct buf *text)
{
	char chunk[4096];
	ssize_t n;

	while ((n = read(STDIN_FILENO, chunk, sizeof(chunk))) > 0)
		for (ssize_t i = 0; i < n; i++) {
			if (chunk[i] == '\n')
				buf_putc(text, '\r');
			buf_putc(text, chunk[i]);
		}
}

static void
greet(struct line *l, const char *tls)
{
	struct err e = { 0 };
	bool implicit = strcmp(tls, "implicit") == 0;
	bool starttls = strcmp(tls, "starttls") == 0;

	if ((implicit || starttls) && gnutls_load(&e) < 0)
		die(buf_cstr(&e.text));
	if (implicit)
		shake_hands(l);
	hear(l, 1);
	say(l, STR("EHLO a.example.com\r\n"));
	hear(l, 1);
	if (!starttls)
		return;
	say(l, STR("STARTTLS\r\n"));
	hear(l, 1);
	shake_hands(l);
	say(l, STR("EHLO a.example.com\r\n"));
	hear(l, 1);
}

static void
deliver(struct line *l, int count, char *rcpt[], const struct buf *text)
{
	struct buf all = { 0 };

	buf_puts(&all, "MAIL FROM:<a@example.com>\r\n");
	for (int i = 0; i < count; i++)
		buf_printf(&all, "RCPT TO:<%s>\r\n", rcpt[i]);
	buf_printf(&all, "BDAT %zu LAST\r\n", text->len);
	buf_add(&all, buf_str(text));
	say(l, buf_str(&all));
	hear(l, 2 + (size_t)count);
	say(l, STR("QUIT\r\n"));
	buf_free(&all);
}

int
main(int argc, char *argv[])
{
	struct line l = { 0 };
	struct buf text = { 0 };

	if (argc < 4)
		return EX_USAGE;
	reach(&l, argv[1]);
	read_message(&text);
	greet(&l, argv[2]);
	deliver(&l, argc - 3, argv + 3, &text);
	return EX_OK;
}

// SPDX-License-Identifier: ISC
/*
 * wire.c - what the wire form costs, beside a plain copy through the same
 * socket
 *
 *	wire [MEGABYTES [ROUNDS]]
 *
 * A file of each kind of text goes to a sink over loopback: copied as cat(1)
 * would, with canonical line ends (BDAT), and with dots as well (DATA), one
 * after the other in each round.  A line of the result is
 *
 *	wire-KIND WAY bytes=N cpu=MS wall=MS rss=KIB
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/table.h"
#include "message/canon.h"
#include "net/conn.h"
#include "smtp/wire.h"

#define CHUNK (128 * 1024)	/* what cat(1) takes */

_Noreturn static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

/* -- the texts */

static const struct {
	const char *name;
	const char *lines;
} kinds[] = {
	{ "short", "a\nline\nof this and that\n\nand then\nanother one\n" },
	{ "dots", ".\n" },
	{ "rows", "................\n...\n........................\n" },
	{ "base64", "TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFz"
	    "b24sIGJ1dCBieSB0aGlz\n" },
};

static int
make_text(const char *lines, off_t size)
{
	const char *dir = getenv("TMPDIR");
	struct buf path = { 0 }, block = { 0 };
	int fd;

	buf_printf(&path, "%s/wire.XXXXXX", dir != NULL ? dir : "/tmp");
	fd = mkstemp(path.data);
	if (fd < 0 || unlink(buf_cstr(&path)) < 0)
		die(buf_cstr(&path));
	while (block.len < CHUNK)
		buf_puts(&block, lines);
	for (off_t at = 0; at < size; at += (off_t)block.len)
		if (write(fd, block.data, block.len) != (ssize_t)block.len)
			die("write");
	buf_free(&path);
	buf_free(&block);
	return fd;
}

/* -- the ways */

static void
copy(int fd, off_t size, struct wire *w)
{
	static char block[CHUNK];
	int sock = w->conn->fd;
	ssize_t n;

	(void)fcntl(sock, F_SETFL, fcntl(sock, F_GETFL) & ~O_NONBLOCK);
	for (off_t at = 0; at < size; at += n) {
		n = pread(fd, block, sizeof(block), at);
		if (n <= 0 || send(sock, block, (size_t)n, 0) != n)
			die("copy");
	}
}

static void
send_as(int fd, off_t size, struct wire *w, bool dots)
{
	struct source_file file;
	struct canon canon;
	struct err e = { 0 };
	struct str piece;
	int rc;

	source_file_init(&file, fd, 0, size);
	canon_init(&canon, &file.source, dots);
	while ((rc = source_pull(&canon.source, &piece, &e)) > 0)
		wire_put(w, piece);
	if (rc < 0 || wire_flush(w, &e) < 0) {
		(void)fprintf(stderr, "%s\n", buf_cstr(&e.text));
		exit(EXIT_FAILURE);
	}
}

static void
send_raw(int fd, off_t size, struct wire *w)
{
	send_as(fd, size, w, false);
}

static void
send_dotted(int fd, off_t size, struct wire *w)
{
	send_as(fd, size, w, true);
}

static const struct {
	const char *name;
	void (*go)(int fd, off_t size, struct wire *w);
} ways[] = {
	{ "copy", copy },
	{ "bdat", send_raw },
	{ "data", send_dotted },
};

/* -- one after the other */

static in_port_t
start_sink(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t len = sizeof(a);
	static char block[2 * CHUNK];
	int s = socket(AF_INET, SOCK_STREAM, 0), c;

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(s, (struct sockaddr *)&a, len) < 0 || listen(s, 1) < 0 ||
	    getsockname(s, (struct sockaddr *)&a, &len) < 0)
		die("sink");
	switch (fork()) {
	case -1:
		die("fork");
	case 0:
		c = accept(s, NULL, NULL);
		while (read(c, block, sizeof(block)) > 0)
			continue;
		_exit(0);
	}
	(void)close(s);
	return a.sin_port;
}

static void
send_it(size_t way, int fd, off_t size, in_port_t port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = port };
	struct conn conn;
	struct wire w = { .conn = &conn };
	int s = socket(AF_INET, SOCK_STREAM, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(s, (struct sockaddr *)&a, sizeof(a)) < 0)
		die("connect");
	conn_init(&conn, s);
	ways[way].go(fd, size, &w);
	_exit(0);
}

static double
milliseconds(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static void
measure(size_t kind, size_t way, int fd, off_t size)
{
	in_port_t port = start_sink();
	int64_t start = clock_ms();
	struct rusage u;
	int status;
	pid_t pid = fork();

	if (pid < 0)
		die("fork");
	if (pid == 0)
		send_it(way, fd, size, port);
	if (wait4(pid, &status, 0, &u) < 0 || status != 0)
		die("sender");
	(void)wait(NULL);
	printf("wire-%s %s bytes=%lld cpu=%.2f wall=%lld rss=%ld\n",
	    kinds[kind].name, ways[way].name, (long long)size,
	    milliseconds(u.ru_utime) + milliseconds(u.ru_stime),
	    (long long)(clock_ms() - start), u.ru_maxrss);
	(void)fflush(stdout);
}

int
main(int argc, char *argv[])
{
	off_t size = (off_t)(argc > 1 ? strtol(argv[1], NULL, 10) : 1000) *
	    1000000;
	long rounds = argc > 2 ? strtol(argv[2], NULL, 10) : 5;

	for (size_t k = 0; k < TABLE_COUNT(kinds); k++) {
		int fd = make_text(kinds[k].lines, size);

		for (long r = 0; r < rounds; r++)
			for (size_t w = 0; w < TABLE_COUNT(ways); w++)
				measure(k, w, fd, size);
		(void)close(fd);
	}
	return EXIT_SUCCESS;
}

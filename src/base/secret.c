// SPDX-License-Identifier: ISC
/*
 * secret.c - a text that nobody may see
 */
#include "base/secret.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/xmem.h"

/*
 * Locking may be forbidden by a limit; a secret that could be swapped out is
 * then still the lesser evil than a mail that does not go.
 */
static char *
map(size_t size)
{
	char *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		xmem_die("out of memory");
	(void)mlock(p, size);
	(void)madvise(p, size, MADV_DONTDUMP);
	return p;
}

static void
unmap(char *p, size_t size)
{
	if (p == NULL)
		return;
	explicit_bzero(p, size);
	(void)munmap(p, size);
}

void
secret_add(struct secret *s, struct str bytes)
{
	size_t unit = (size_t)sysconf(_SC_PAGESIZE);
	size_t size = s->size > 0 ? s->size : unit;
	char *page;

	if (bytes.len > SIZE_MAX / 4 - s->len)
		xmem_die("a secret has grown beyond all bounds");
	while (size - s->len < bytes.len + 1)
		size *= 2;
	if (size != s->size) {
		page = map(size);
		if (s->len > 0)
			memcpy(page, s->page, s->len);
		unmap(s->page, s->size);
		s->page = page;
		s->size = size;
	}
	if (bytes.len > 0)
		memcpy(s->page + s->len, bytes.ptr, bytes.len);
	s->len += bytes.len;
}

void
secret_set(struct secret *s, struct str bytes)
{
	secret_free(s);
	secret_add(s, bytes);
}

bool
secret_is_set(const struct secret *s)
{
	return s->page != NULL;
}

struct str
secret_reveal(const struct secret *s)
{
	return (struct str){ s->page != NULL ? s->page : "", s->len };
}

void
secret_free(struct secret *s)
{
	unmap(s->page, s->size);
	*s = (struct secret){ 0 };
}

bool
secret_mask_pin(struct buf *out, struct str url)
{
	struct str rest = url;
	bool found = false;

	if (!str_ieat(&rest, STR("pkcs11:"))) {
		buf_add(out, url);
		return false;
	}
	buf_add(out, str_head(url, url.len - rest.len));
	while (rest.len > 0) {
		if (!str_ieat(&rest, STR("pin-value="))) {
			buf_putc(out, rest.ptr[0]);
			rest = str_skip(rest, 1);
			continue;
		}
		buf_puts(out, "pin-value=...");
		while (rest.len > 0 && rest.ptr[0] != '&')
			rest = str_skip(rest, 1);
		found = true;
	}
	return found;
}

// SPDX-License-Identifier: ISC
/*
 * listing.c - what is due, known from the names alone
 */
#include "queue/listing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/xmem.h"

#define FAR (7 * 86400)		/* s ahead; no schedule goes there */
#define JUNK_MAX 100		/* names kept of one listing */
#define GARBAGE_AGE 3600	/* s; a living submitter has it locked anyway */

static bool
is_due(int64_t next, int64_t now)
{
	return next <= now || (next != SPOOL_HELD && next - now > FAR);
}

struct search {
	enum spool_where where;
	int64_t now;
	struct listing *list;
	int64_t wake;
};

static int
take_name(void *who, const char *name, bool is_file)
{
	struct search *find = who;
	struct listing *list = find->list;
	struct listing_item it;

	list->names++;
	if (!spool_name_parse(str_of(name), find->where, &it.id, &it.next)) {
		/* In failed/ what was set aside has its place. */
		if (find->where != SPOOL_FAILED &&
		    list->junk.count < JUNK_MAX)
			strs_add(&list->junk, str_of(name));
		return 0;
	}
	if (!is_due(it.next, find->now)) {
		if (it.next < find->wake && it.next != SPOOL_HELD)
			find->wake = it.next;
		return 0;
	}
	it.is_file = is_file;
	list->item = xgrow(list->item, list->count, sizeof(*list->item));
	list->item[list->count++] = it;
	return 0;
}

static int
by_next_then_id(const void *a, const void *b)
{
	const struct listing_item *x = a, *y = b;

	if (x->next != y->next)
		return x->next < y->next ? -1 : 1;
	return memcmp(x->id.text, y->id.text, ID_LEN);
}

int
listing_read(struct listing *list, struct spool *s, enum spool_where where,
    int64_t now, int64_t *wake, struct err *e)
{
	struct search find = { where, now, list, CLOCK_NEVER };

	*list = (struct listing){ 0 };
	if (spool_each(s, where, take_name, &find, e) < 0) {
		listing_free(list);
		return -1;
	}
	if (list->count > 1)
		qsort(list->item, list->count, sizeof(*list->item),
		    by_next_then_id);
	if (wake != NULL)
		*wake = find.wake;
	return 0;
}

void
listing_free(struct listing *list)
{
	free(list->item);
	strs_free(&list->junk);
	*list = (struct listing){ 0 };
}

/* -- garbage */

struct cleaning {
	struct spool *spool;
	int64_t now;
	int count;
};

/*
 * Locked is alive.  Who has made a file and not yet locked it finds its name
 * gone at the rename and says so to his caller.
 */
static bool
is_garbage(int fd, int64_t now)
{
	struct stat st;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	if (now - st.st_mtime < GARBAGE_AGE && st.st_mtime - now < FAR)
		return false;
	return flock(fd, LOCK_EX | LOCK_NB) == 0;
}

static int
clean_one(void *who, const char *name, bool is_file)
{
	struct cleaning *c = who;
	int dir = c->spool->dir[SPOOL_TMP];
	int fd = openat(dir, name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	(void)is_file;
	if (fd < 0)
		return 0;
	if (is_garbage(fd, c->now) && unlinkat(dir, name, 0) == 0)
		c->count++;
	close(fd);
	return 0;
}

int
listing_clean(struct spool *s, int64_t now, struct err *e)
{
	struct cleaning c = { s, now, 0 };

	return spool_each(s, SPOOL_TMP, clean_one, &c, e) < 0 ? -1 : c.count;
}

// SPDX-License-Identifier: ISC
/*
 * origin.c - who hands the message in, where and when
 */
#include "front/origin.h"

#include <pwd.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hosts.h"
#include "queue/field.h"

bool
origin_is_sayable(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (str_is_control(text.ptr[i]))
			return false;
	return text.len <= FIELD_VALUE_MAX;
}

void
origin_name(struct buf *out, struct str name)
{
	char c;

	name = str_trim(name);
	if (name.len > 1 && name.ptr[0] == '"' &&
	    name.ptr[name.len - 1] == '"')
		name = str_head(str_skip(name, 1), name.len - 2);
	while (str_eat_byte(&name, &c) && out->len < FACTS_NAME_MAX) {
		if (c == '\\' && name.len > 0)
			(void)str_eat_byte(&name, &c);
		buf_putc(out, str_is_control(c) ? ' ' : c);
	}
}

struct str
origin_charset(const char *lc_all, const char *lc_ctype, const char *lang)
{
	const char *locale = lang;
	struct str rest, language, charset;

	if (lc_ctype != NULL && *lc_ctype != '\0')
		locale = lc_ctype;
	if (lc_all != NULL && *lc_all != '\0')
		locale = lc_all;
	if (locale == NULL)
		return STR("");
	rest = str_of(locale);
	if (!str_eat_until(&rest, '.', &language))
		return STR("");
	if (!str_eat_until(&rest, '@', &charset))
		charset = rest;
	if (str_ieq(charset, STR("utf8")) || str_ieq(charset, STR("utf-8")))
		return STR("UTF-8");
	rest = charset;
	if (charset.len > 40 || !str_eat_span(&rest,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789-_", &language) || rest.len > 0)
		return STR("");
	return charset;
}

/* Two accounts may share a number: then LOGNAME says which one it is. */
static void
note_person(struct facts *f)
{
	const char *said = getenv("LOGNAME");
	struct passwd *pw = said != NULL ? getpwnam(said) : NULL;

	if (pw == NULL || pw->pw_uid != f->uid)
		pw = getpwuid(f->uid);
	if (pw != NULL && *pw->pw_name != '\0' &&
	    origin_is_sayable(str_of(pw->pw_name))) {
		buf_puts(&f->login, pw->pw_name);
		if (pw->pw_gecos != NULL)
			facts_gecos(&f->gecos, str_of(pw->pw_gecos),
			    buf_str(&f->login));
	} else
		buf_printf(&f->login, "uid%lu", (unsigned long)f->uid);
}

/* "127.0.1.1 vault.example.org vault": the longer name for the shorter. */
static bool
find_longer(struct buf *out, struct str hosts, struct str host)
{
	struct str address, names, word;

	while (hosts_eat(&hosts, &address, &names))
		while (str_eat_word(&names, &word)) {
			struct str rest = word;

			if (!str_ieat(&rest, host) ||
			    !str_eat(&rest, STR(".")) || rest.len == 0 ||
			    !origin_is_sayable(word))
				continue;
			buf_set(out, word);
			return true;
		}
	return false;
}

/*
 * The resolver is not asked for the full name: where it does not answer, it
 * keeps the caller waiting for longer than anything else that we do.
 */
static void
note_host(struct facts *f)
{
	struct buf hosts = { 0 };
	char name[256] = "";

	if (gethostname(name, sizeof(name) - 1) < 0 || name[0] == '\0' ||
	    !origin_is_sayable(str_of(name)))
		buf_puts(&f->host, "localhost");
	else
		buf_puts(&f->host, name);
	if (!str_has(buf_str(&f->host), '.')) {
		hosts_load(&hosts);
		(void)find_longer(&f->host, buf_str(&hosts), str_of(name));
	}
	buf_free(&hosts);
}

void
origin_note(struct facts *f)
{
	time_t now = (time_t)clock_now();
	struct tm tm;

	f->uid = getuid();
	note_person(f);
	note_host(f);
	tzset();
	if (localtime_r(&now, &tm) != NULL)
		f->zone = (int)(tm.tm_gmtoff / 60);
	buf_set(&f->charset, origin_charset(getenv("LC_ALL"),
	    getenv("LC_CTYPE"), getenv("LANG")));
}

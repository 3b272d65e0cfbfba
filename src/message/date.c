// SPDX-License-Identifier: ISC
/*
 * date.c - the date of RFC 5322, without asking the locale
 */
#include "message/date.h"

#include <time.h>

#include "base/table.h"
#include "message/cfws.h"

#define FIRST_YEAR_1 INT64_C(-62135596800)	/* 1 Jan 0001 */
#define LAST_YEAR_9999 INT64_C(253402300799)

static const struct name { const char *name; } days[] = {
	{ "Sun" }, { "Mon" }, { "Tue" }, { "Wed" }, { "Thu" }, { "Fri" },
	{ "Sat" },
};

static const struct name months[] = {
	{ "Jan" }, { "Feb" }, { "Mar" }, { "Apr" }, { "May" }, { "Jun" },
	{ "Jul" }, { "Aug" }, { "Sep" }, { "Oct" }, { "Nov" }, { "Dec" },
};

static int64_t
within(int64_t v, int64_t low, int64_t high)
{
	return v < low ? low : v > high ? high : v;
}

void
date_add(struct buf *out, int64_t time, int zone)
{
	int z = (int)within(zone, -24 * 60 + 1, 24 * 60 - 1);
	time_t there = (time_t)within(time + z * 60, FIRST_YEAR_1,
	    LAST_YEAR_9999);
	int off = z < 0 ? -z : z;
	struct tm tm;

	if (gmtime_r(&there, &tm) == NULL)
		tm = (struct tm){ .tm_mday = 1, .tm_year = 70, .tm_wday = 4 };
	buf_printf(out, "%s, %d %s %04d %02d:%02d:%02d %c%02d%02d",
	    days[tm.tm_wday].name, tm.tm_mday, months[tm.tm_mon].name,
	    tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec,
	    z < 0 ? '-' : '+', off / 60, off % 60);
}

static bool
eat_name(struct str *in, const struct name *names, size_t count, int *which)
{
	for (size_t i = 0; i < count; i++)
		if (str_ieat(in, str_of(names[i].name))) {
			*which = (int)i;
			return true;
		}
	return false;
}

/* A number of low..high digits, and what may follow any token. */
static bool
eat_figures(struct str *in, size_t low, size_t high, int *value)
{
	size_t n = 0;

	while (n < in->len && n <= high && str_is_digit(in->ptr[n]))
		n++;
	return n >= low && n <= high && str_eat_digits(in, n, value) &&
	    cfws_eat(in);
}

static int
days_of(int month, int year)
{
	static const int length[] =
	    { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return length[month] + (month == 1 && leap);
}

/* RFC 5322, 4.3: two digits up to 49 are of this century. */
static bool
eat_day(struct str *in)
{
	int day, month, year;

	if (!eat_figures(in, 1, 2, &day) ||
	    !eat_name(in, months, TABLE_COUNT(months), &month) ||
	    !cfws_eat(in) || !eat_figures(in, 2, 4, &year))
		return false;
	if (year < 50)
		year += 2000;
	else if (year < 1000)
		year += 1900;
	return year >= 1900 && day >= 1 && day <= days_of(month, year);
}

static bool
eat_time(struct str *in)
{
	int hour, minute, second = 0;

	if (!eat_figures(in, 1, 2, &hour) || !str_eat(in, STR(":")) ||
	    !cfws_eat(in) || !eat_figures(in, 2, 2, &minute))
		return false;
	if (str_eat(in, STR(":")) &&
	    (!cfws_eat(in) || !eat_figures(in, 2, 2, &second)))
		return false;
	return hour < 24 && minute < 60 && second <= 60;
}

/* +hhmm, or a name: all that are not known mean -0000. */
static bool
eat_zone(struct str *in)
{
	int hours, minutes;
	size_t n = 0;

	if (str_eat(in, STR("+")) || str_eat(in, STR("-")))
		return str_eat_digits(in, 2, &hours) &&
		    str_eat_digits(in, 2, &minutes) && hours < 24 &&
		    minutes < 60 && cfws_eat(in);
	while (n < in->len && str_is_alpha(in->ptr[n]))
		n++;
	*in = str_skip(*in, n);
	return n >= 1 && n <= 5 && cfws_eat(in);
}

bool
date_is_valid(struct str value)
{
	int weekday;

	if (!cfws_eat(&value))
		return false;
	if (eat_name(&value, days, TABLE_COUNT(days), &weekday)) {
		if (!cfws_eat(&value) || !str_eat(&value, STR(",")) ||
		    !cfws_eat(&value))
			return false;
	}
	return eat_day(&value) && eat_time(&value) && eat_zone(&value) &&
	    value.len == 0;
}

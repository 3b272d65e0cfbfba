// SPDX-License-Identifier: ISC
/*
 * format.c - the programs whose configurations we can read
 */
#include "import/format.h"

#include "base/table.h"

/* In the order in which they are looked for: the smaller first. */
static const struct format formats[] = {
	{ "msmtp", read_msmtp,
	    { "~/.msmtprc", "~/.config/msmtp/config", "/etc/msmtprc" } },
	{ "esmtp", read_esmtp, { "~/.esmtprc", "/etc/esmtprc" } },
	{ "ssmtp", read_ssmtp, { "/etc/ssmtp/ssmtp.conf" } },
	{ "dma", read_dma, { "/etc/dma/dma.conf" } },
	{ "nullmailer", read_nullmailer, { "/etc/nullmailer/remotes" } },
	{ "opensmtpd", read_opensmtpd,
	    { "/etc/smtpd.conf", "/etc/mail/smtpd.conf",
		"/etc/opensmtpd/smtpd.conf" } },
	{ "postfix", read_postfix, { "/etc/postfix/main.cf" } },
	{ "exim", read_exim, { "/etc/exim4/update-exim4.conf.conf" } },
};

size_t
formats_count(void)
{
	return TABLE_COUNT(formats);
}

const struct format *
formats_at(size_t i)
{
	return &formats[i];
}

const struct format *
formats_find(struct str name)
{
	return TABLE_FIND(formats, name);
}

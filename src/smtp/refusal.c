// SPDX-License-Identifier: ISC
/*
 * refusal.c - what a refused login means, and what mends it
 */
#include "smtp/refusal.h"

#include <stdbool.h>

#include "base/table.h"

/*
 * The first row that fits counts: special words stand before a status code,
 * and a provider's rows before those that hold for everybody.
 */
static const struct row {
	const char *host;	/* end of the relay's name, or NULL */
	const char *words;	/* in the reply, or NULL */
	int smtp;		/* the reply code, or 0 */
	const char *mend;
} rows[] = {
	/* Google */
	{ NULL, "5.7.9 Application-specific password", 0, "Google wants an app "
	    "password here, not the account's: make one at "
	    "https://myaccount.google.com/apppasswords" },
	{ NULL, "5.7.14", 534, "Google wants to see this login confirmed in a "
	    "browser first: https://accounts.google.com/DisplayUnlockCaptcha, "
	    "or an app password" },
	{ NULL, "support.google.com", 535, "Google takes no account password: "
	    "make an app password at "
	    "https://myaccount.google.com/apppasswords, or use auth = "
	    "\"XOAUTH2\" with a token" },
	/* Microsoft */
	{ NULL, "5.7.139 Authentication unsuccessful, SmtpClientAuth", 0,
	    "SMTP AUTH is switched off for this tenant or mailbox: its "
	    "administrator can switch it on (Set-CASMailbox "
	    "-SmtpClientAuthenticationDisabled $false)" },
	{ NULL, "security defaults", 0, "the tenant's security defaults forbid "
	    "logins by password: its administrator can exempt the account, or "
	    "use auth = \"XOAUTH2\" with a token" },
	{ NULL, "basic authentication is disabled", 0, "Microsoft takes no "
	    "passwords here any more: use auth = \"XOAUTH2\" with a token" },
	{ NULL, "5.7.139", 0, "Microsoft refuses this login by policy (a "
	    "password that has expired, a second factor, conditional access): "
	    "its sign-in log tells which, auth = \"XOAUTH2\" may be the way" },
	{ NULL, "5.7.30", 0, "Microsoft takes no passwords for SMTP any more: "
	    "use auth = \"XOAUTH2\" with a token" },
	{ NULL, "5.7.57", 0, "Microsoft wants a login for this mailbox and "
	    "SMTP AUTH is switched off for it" },
	{ NULL, "5.7.3 Authentication unsuccessful", 0, "Microsoft refuses "
	    "user name or password, or SMTP AUTH is switched off for the "
	    "mailbox" },
	/* Yandex */
	{ NULL, "does not have access rights to this service", 0, "Yandex "
	    "wants mail programs to be allowed in the mailbox settings, and an "
	    "app password" },
	{ ".yandex.com", NULL, 535, "Yandex wants an app password: make one "
	    "at https://id.yandex.com/security/app-passwords" },
	{ ".yandex.ru", NULL, 535, "Yandex wants an app password: make one "
	    "at https://id.yandex.ru/security/app-passwords" },
	/* Mail.ru */
	{ NULL, "parol prilozheniya", 0, "Mail.ru wants a password for "
	    "external applications: make one in the account's security "
	    "settings" },
	{ NULL, "application password", 0, "an application password is wanted "
	    "here, not the account's: make one in the account's security "
	    "settings" },
	{ ".mail.ru", NULL, 535, "Mail.ru wants a password for external "
	    "applications: make one in the account's security settings" },
	/* Yahoo, Apple, GMX and WEB.DE */
	{ NULL, "#AUTH005", 0, "Yahoo wants an app password: make one in the "
	    "account's security settings" },
	{ ".yahoo.com", NULL, 535, "Yahoo wants an app password: make one in "
	    "the account's security settings" },
	{ ".mail.me.com", NULL, 535, "Apple wants an app-specific password: "
	    "make one at https://account.apple.com" },
	{ ".gmx.net", NULL, 535, "GMX wants mail programs (POP3/IMAP) to be "
	    "allowed in the mailbox settings; else user name or password is "
	    "wrong" },
	{ ".web.de", NULL, 535, "WEB.DE wants mail programs (POP3/IMAP) to be "
	    "allowed in the mailbox settings; else user name or password is "
	    "wrong" },
	/* Everybody (RFC 4954, section 6) */
	{ NULL, "5.7.8", 0, "user name or password is wrong" },
	{ NULL, "5.7.9", 0, "the relay thinks this mechanism too weak: try "
	    "another one with auth" },
	{ NULL, "5.7.11", 0, "the relay wants TLS before a login" },
	{ NULL, "5.7.13", 0, "the account is disabled" },
	{ NULL, "4.7.12", 0, "the relay has no secret for this mechanism yet: "
	    "log in once with auth = \"PLAIN\"" },
	{ NULL, "too many", 0, "the relay has seen too many logins: wait, and "
	    "check user name and password" },
	{ NULL, NULL, 535, "user name or password is wrong" },
	{ NULL, NULL, 534, "the relay wants another mechanism or another kind "
	    "of password" },
	{ NULL, NULL, 538, "the relay wants TLS before a login" },
	{ NULL, NULL, 504, "the relay does not know the mechanism that it "
	    "offers" },
	{ NULL, NULL, 454, "its password store is out of order for now" },
	{ NULL, NULL, 0, "it says why" },
};

static bool
contains(struct str text, const char *words)
{
	struct str w = str_of(words);

	for (; text.len >= w.len; text = str_skip(text, 1))
		if (str_ieq(str_head(text, w.len), w))
			return true;
	return false;
}

static bool
fits(const struct row *r, int smtp, struct str text, struct str host)
{
	struct str end;

	if (r->smtp != 0 && r->smtp != smtp)
		return false;
	if (r->host != NULL) {
		end = str_of(r->host);
		if (!str_iends(host, end) && !str_ieq(host, str_skip(end, 1)))
			return false;
	}
	return r->words == NULL || contains(text, r->words);
}

const char *
refusal_mend(int smtp, struct str text, struct str host)
{
	size_t i = 0;

	while (i + 1 < TABLE_COUNT(rows) && !fits(&rows[i], smtp, text, host))
		i++;
	return rows[i].mend;
}

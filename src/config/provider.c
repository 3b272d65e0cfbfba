// SPDX-License-Identifier: ISC
/*
 * provider.c - relays that many people use
 */
#include "config/provider.h"

#include "base/table.h"

#define APP_PASSWORD "an app password, not the one of the web site"
#define BOTH { 465, 587 }
#define STARTTLS { 587, 0 }
#define IMPLICIT { 465, 0 }

/* Nothing is said twice: what a row leaves out is 0, which is USER_IS_ADDRESS,
 * no limit, any From. */
static const struct provider providers[] = {
	{ .name = "126", .title = "NetEase 126", .domains = "126.com",
	  .mx = "", .host = "smtp.126.com",
	  .port = IMPLICIT, .password = "an authorization code",
	  .where = "https://mail.126.com/", .own_from = true },
	{ .name = "163", .title = "NetEase 163", .domains = "163.com",
	  .mx = "", .host = "smtp.163.com",
	  .port = IMPLICIT, .password = "an authorization code",
	  .where = "https://mail.163.com/", .own_from = true },
	{ .name = "aol", .title = "AOL", .domains = "aol.com aim.com "
	  "aol.de aol.fr aol.co.uk", .mx = "", .host = "smtp.aol.com",
	  .port = BOTH, .password = APP_PASSWORD,
	  .where = "https://login.aol.com/account/security",
	  .own_from = true },
	{ .name = "brevo", .title = "Brevo", .domains = "", .mx = "",
	  .host = "smtp-relay.brevo.com", .port = BOTH,
	  .user = USER_IS_ASKED, .user_words = "Login of the SMTP page:",
	  .password = "an SMTP key",
	  .where = "https://app.brevo.com/settings/keys/smtp",
	  .own_from = true },
	{ .name = "fastmail", .title = "Fastmail", .domains = "fastmail.com "
	  "fastmail.fm fastmail.net fastmail.org fastmail.uk fastmail.de "
	  "sent.com", .mx = "messagingengine.com",
	  .host = "smtp.fastmail.com", .port = BOTH,
	  .password = APP_PASSWORD,
	  .where = "https://app.fastmail.com/settings/security",
	  .own_from = true },
	{ .name = "freenet", .title = "freenet", .domains = "freenet.de",
	  .mx = "freenet.de", .host = "mx.freenet.de", .port = BOTH,
	  .password = "the one of the mailbox", .own_from = true,
	  .note = "SMTP must be switched on in the settings" },
	{ .name = "gandi", .title = "Gandi", .domains = "gandi.net",
	  .mx = "gandi.net", .host = "mail.gandi.net", .port = BOTH,
	  .password = "the one of the mailbox" },
	{ .name = "gmail", .title = "Gmail", .domains = "gmail.com "
	  "googlemail.com", .mx = "google.com googlemail.com",
	  .host = "smtp.gmail.com", .port = BOTH,
	  .password = "an app password; 2-step verification must be on",
	  .where = "https://myaccount.google.com/apppasswords",
	  .own_from = true, .limit = "500/d" },
	{ .name = "gmx", .title = "GMX", .domains = "gmx.net gmx.de gmx.at "
	  "gmx.ch gmx.eu", .mx = "gmx.net", .host = "mail.gmx.net",
	  .port = BOTH, .password = "the one of the mailbox",
	  .where = "https://www.gmx.net/", .own_from = true,
	  .note = "POP3 and IMAP must be switched on in the settings" },
	{ .name = "gmx-com", .title = "GMX", .domains = "gmx.com gmx.us "
	  "gmx.co.uk gmx.fr gmx.es", .mx = "gmx.com",
	  .host = "mail.gmx.com", .port = BOTH,
	  .password = "the one of the mailbox",
	  .where = "https://www.gmx.com/", .own_from = true,
	  .note = "POP3 and IMAP must be switched on in the settings" },
	{ .name = "hetzner", .title = "Hetzner", .domains = "",
	  .mx = "your-server.de", .host = "mail.your-server.de",
	  .port = BOTH, .password = "the one of the mailbox" },
	{ .name = "icloud", .title = "iCloud", .domains = "icloud.com me.com "
	  "mac.com", .mx = "mail.icloud.com", .host = "smtp.mail.me.com",
	  .port = STARTTLS, .password = "an app-specific password",
	  .where = "https://account.apple.com/", .own_from = true,
	  .limit = "1000/d" },
	{ .name = "infomaniak", .title = "Infomaniak", .domains = "ik.me "
	  "ikmail.com etik.com", .mx = "infomaniak.ch",
	  .host = "mail.infomaniak.com", .port = BOTH,
	  .password = "the one of the mailbox, or one for this device",
	  .where = "https://manager.infomaniak.com/" },
	{ .name = "ionos", .title = "IONOS", .domains = "", .mx = "ionos.com "
	  "1and1.com perfora.net", .host = "smtp.ionos.com", .port = BOTH,
	  .password = "the one of the mailbox", .own_from = true },
	{ .name = "ionos-de", .title = "IONOS", .domains = "online.de",
	  .mx = "ionos.de kundenserver.de", .host = "smtp.ionos.de",
	  .port = BOTH, .password = "the one of the mailbox",
	  .own_from = true },
	{ .name = "laposte", .title = "La Poste", .domains = "laposte.net",
	  .mx = "laposte.net", .host = "smtp.laposte.net", .port = BOTH,
	  .password = "the one of the mailbox", .own_from = true },
	{ .name = "mailbox", .title = "mailbox.org", .domains = "mailbox.org",
	  .mx = "mailbox.org", .host = "smtp.mailbox.org", .port = BOTH,
	  .password = "the one of the mailbox, or an app password",
	  .where = "https://login.mailbox.org/", .own_from = true },
	{ .name = "mailgun", .title = "Mailgun", .domains = "",
	  .mx = "mailgun.org", .host = "smtp.mailgun.org", .port = BOTH,
	  .user = USER_IS_ASKED, .user_words = "SMTP user:",
	  .password = "the one of the domain's SMTP credentials",
	  .where = "https://app.mailgun.com/mg/sending/domains",
	  .note = "domains in Europe have the relay smtp.eu.mailgun.org" },
	{ .name = "mailjet", .title = "Mailjet", .domains = "", .mx = "",
	  .host = "in-v3.mailjet.com", .port = BOTH, .user = USER_IS_ASKED,
	  .user_words = "API key:", .password = "the secret key",
	  .where = "https://app.mailjet.com/account/apikeys",
	  .own_from = true },
	{ .name = "mailru", .title = "Mail.ru", .domains = "mail.ru inbox.ru "
	  "list.ru bk.ru internet.ru xmail.ru vk.com", .mx = "mail.ru",
	  .host = "smtp.mail.ru", .port = BOTH,
	  .password = "one for external applications",
	  .where = "https://account.mail.ru/user/2-step-auth/passwords/",
	  .own_from = true },
	{ .name = "microsoft365", .title = "Microsoft 365", .domains = "",
	  .mx = "protection.outlook.com mx.microsoft",
	  .host = "smtp.office365.com", .port = STARTTLS,
	  .password = "the one of the mailbox, or an app password",
	  .where = "https://mysignins.microsoft.com/security-info",
	  .own_from = true, .limit = "30/m",
	  .note = "\"authenticated SMTP\" must be allowed for the mailbox; "
	  "where passwords are switched off for it, see auth in "
	  "minismtp.conf(5)" },
	{ .name = "migadu", .title = "Migadu", .domains = "", .mx =
	  "migadu.com", .host = "smtp.migadu.com", .port = BOTH,
	  .password = "the one of the mailbox", .own_from = true },
	{ .name = "naver", .title = "Naver", .domains = "naver.com",
	  .mx = "naver.com", .host = "smtp.naver.com", .port = IMPLICIT,
	  .password = "an application password",
	  .where = "https://nid.naver.com/",
	  .own_from = true,
	  .note = "POP3/SMTP must be switched on in the settings" },
	{ .name = "o2pl", .title = "o2.pl", .domains = "o2.pl tlen.pl go2.pl",
	  .mx = "", .host = "poczta.o2.pl", .port = BOTH,
	  .user = USER_IS_LOCAL,
	  .password = "the one of the mailbox", .own_from = true },
	{ .name = "orange", .title = "Orange", .domains = "orange.fr "
	  "wanadoo.fr", .mx = "orange.fr", .host = "smtp.orange.fr",
	  .port = IMPLICIT, .password = "the one of the mailbox",
	  .own_from = true },
	{ .name = "outlook", .title = "Outlook.com", .domains = "outlook.com "
	  "hotmail.com live.com msn.com outlook.de outlook.fr hotmail.de "
	  "hotmail.fr hotmail.co.uk live.de live.fr live.co.uk",
	  .mx = "olc.protection.outlook.com", .host =
	  "smtp-mail.outlook.com", .port = STARTTLS,
	  .password = "no password any more but an access token (OAuth)",
	  .token = true, .own_from = true,
	  .more = "auth = \"XOAUTH2\"\n" },
	{ .name = "ovh", .title = "OVH", .domains = "", .mx = "ovh.net",
	  .host = "ssl0.ovh.net", .port = BOTH,
	  .password = "the one of the mailbox", .own_from = true },
	{ .name = "posteo", .title = "Posteo", .domains = "posteo.de "
	  "posteo.net posteo.org posteo.eu", .mx = "posteo.de",
	  .host = "posteo.de", .port = BOTH,
	  .password = "the one of the mailbox", .own_from = true },
	{ .name = "postmark", .title = "Postmark", .domains = "",
	  .mx = "inbound.postmarkapp.com", .host = "smtp.postmarkapp.com",
	  .port = STARTTLS, .user = USER_IS_ASKED,
	  .user_words = "Access key of the SMTP token:",
	  .password = "its secret key",
	  .where = "https://account.postmarkapp.com/servers",
	  .own_from = true },
	{ .name = "proton", .title = "Proton Mail", .domains = "proton.me "
	  "protonmail.com protonmail.ch pm.me", .mx = "protonmail.ch",
	  .host = "127.0.0.1", .port = { 1025, 0 },
	  .password = "the one that Proton Bridge shows", .own_from = true,
	  .where = "https://proton.me/mail/bridge",
	  .more = "tls = starttls\ntls_verify = no\t\t\t# it is on this "
	  "machine\n", .note = "Proton Bridge must be running here" },
	{ .name = "purelymail", .title = "Purelymail", .domains = "",
	  .mx = "purelymail.com", .host = "smtp.purelymail.com",
	  .port = BOTH, .password = "the one of the mailbox, or an app "
	  "password", .where = "https://purelymail.com/manage/" },
	{ .name = "qq", .title = "QQ", .domains = "qq.com foxmail.com",
	  .mx = "qq.com", .host = "smtp.qq.com", .port = BOTH,
	  .password = "an authorization code",
	  .where = "https://mail.qq.com/", .own_from = true },
	{ .name = "rackspace", .title = "Rackspace", .domains = "",
	  .mx = "emailsrvr.com", .host = "secure.emailsrvr.com",
	  .port = BOTH, .password = "the one of the mailbox" },
	{ .name = "rambler", .title = "Rambler", .domains = "rambler.ru "
	  "lenta.ru autorambler.ru myrambler.ru ro.ru rambler.ua",
	  .mx = "rambler.ru", .host = "smtp.rambler.ru", .port = IMPLICIT,
	  .password = "the one of the mailbox",
	  .where = "https://mail.rambler.ru/settings/mailapps",
	  .own_from = true,
	  .note = "mail programs must be allowed in the settings" },
	{ .name = "resend", .title = "Resend", .domains = "", .mx = "",
	  .host = "smtp.resend.com", .port = BOTH, .user = USER_IS_FIXED,
	  .user_words = "resend", .password = "an API key",
	  .where = "https://resend.com/api-keys", .own_from = true },
	{ .name = "sendgrid", .title = "SendGrid", .domains = "",
	  .mx = "sendgrid.net", .host = "smtp.sendgrid.net", .port = BOTH,
	  .user = USER_IS_FIXED, .user_words = "apikey",
	  .password = "an API key",
	  .where = "https://app.sendgrid.com/settings/api_keys",
	  .own_from = true },
	{ .name = "ses", .title = "Amazon SES", .domains = "",
	  .mx = "amazonaws.com", .host = "email-smtp.us-east-1.amazonaws.com",
	  .port = BOTH, .user = USER_IS_ASKED, .user_words = "SMTP user:",
	  .password = "the one of the SMTP credentials, no AWS key",
	  .where = "https://console.aws.amazon.com/ses/home#/smtp",
	  .own_from = true,
	  .note = "the relay carries your region: say --relay "
	  "email-smtp.REGION.amazonaws.com if it is not us-east-1" },
	{ .name = "seznam", .title = "Seznam", .domains = "seznam.cz "
	  "email.cz post.cz spoluzaci.cz", .mx = "seznam.cz",
	  .host = "smtp.seznam.cz", .port = BOTH,
	  .password = "the one of the mailbox, or one for mail programs",
	  .where = "https://profil.seznam.cz/", .own_from = true },
	{ .name = "smtp2go", .title = "SMTP2GO", .domains = "", .mx = "",
	  .host = "mail.smtp2go.com", .port = BOTH, .user = USER_IS_ASKED,
	  .user_words = "SMTP user:", .password = "the SMTP user's",
	  .where = "https://app.smtp2go.com/sending/smtp_users/",
	  .own_from = true },
	{ .name = "sparkpost", .title = "SparkPost", .domains = "",
	  .mx = "sparkpostmail.com", .host = "smtp.sparkpostmail.com",
	  .port = STARTTLS, .user = USER_IS_FIXED,
	  .user_words = "SMTP_Injection", .password = "an API key",
	  .where = "https://app.sparkpost.com/account/api-keys",
	  .own_from = true },
	{ .name = "strato", .title = "Strato", .domains = "",
	  .mx = "rzone.de", .host = "smtp.strato.de", .port = BOTH,
	  .password = "the one of the mailbox", .own_from = true },
	{ .name = "t-online", .title = "T-Online", .domains = "t-online.de "
	  "magenta.de", .mx = "t-online.de",
	  .host = "securesmtp.t-online.de", .port = BOTH,
	  .password = "the one for mail programs",
	  .where = "https://www.telekom.de/hilfe/apps-dienste/e-mail/programme/"
	  "passwort-verwalten", .own_from = true },
	{ .name = "tuta", .title = "Tuta", .domains = "tuta.com tutanota.com "
	  "tutanota.de tutamail.com tuta.io keemail.me",
	  .mx = "tutanota.de", .note = "it has no SMTP: its mail can only be "
	  "sent by its own programs" },
	{ .name = "webde", .title = "WEB.DE", .domains = "web.de email.de",
	  .mx = "web.de", .host = "smtp.web.de", .port = BOTH,
	  .password = "the one of the mailbox",
	  .where = "https://web.de/", .own_from = true,
	  .note = "POP3 and IMAP must be switched on in the settings" },
	{ .name = "wp", .title = "WP", .domains = "wp.pl", .mx = "wp.pl",
	  .host = "smtp.wp.pl", .port = IMPLICIT,
	  .password = "the one of the mailbox", .own_from = true },
	{ .name = "yahoo", .title = "Yahoo", .domains = "yahoo.com ymail.com "
	  "rocketmail.com yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.ca "
	  "yahoo.in yahoo.co.uk yahoo.co.in yahoo.com.br", .mx =
	  "yahoodns.net", .host = "smtp.mail.yahoo.com", .port = BOTH,
	  .password = APP_PASSWORD,
	  .where = "https://login.yahoo.com/account/security",
	  .own_from = true, .limit = "500/d" },
	{ .name = "yandex", .title = "Yandex", .domains = "yandex.ru ya.ru "
	  "yandex.com yandex.by yandex.kz yandex.ua narod.ru", .mx =
	  "yandex.net yandex.ru", .host = "smtp.yandex.com", .port = BOTH,
	  .password = APP_PASSWORD,
	  .where = "https://id.yandex.com/security/app-passwords",
	  .own_from = true, .limit = "500/d",
	  .note = "mail programs must be allowed in the settings" },
	{ .name = "zoho", .title = "Zoho", .domains = "zoho.com zohomail.com",
	  .mx = "zoho.com", .host = "smtp.zoho.com", .port = BOTH,
	  .password = "the one of the account, or an app password",
	  .where = "https://accounts.zoho.com/home#security/app_password",
	  .own_from = true },
	{ .name = "zoho-eu", .title = "Zoho", .domains = "zoho.eu "
	  "zohomail.eu", .mx = "zoho.eu", .host = "smtp.zoho.eu",
	  .port = BOTH, .password = "the one of the account, or an app "
	  "password", .where =
	  "https://accounts.zoho.eu/home#security/app_password",
	  .own_from = true },
};

const struct provider *
provider_at(size_t i)
{
	return i < TABLE_COUNT(providers) ? &providers[i] : NULL;
}

const struct provider *
provider_find(struct str name)
{
	return TABLE_IFIND(providers, name);
}

const char *
provider_nearest(struct str name)
{
	return TABLE_NEAREST(providers, name);
}

const struct provider *
provider_of_domain(struct str domain)
{
	for (size_t i = 0; i < TABLE_COUNT(providers); i++) {
		struct str list = str_of(providers[i].domains), word;

		while (str_eat_word(&list, &word))
			if (str_ieq(domain, word))
				return &providers[i];
	}
	return NULL;
}

/* "mx.google.com" ends in "google.com", and "mygoogle.com" does not. */
static bool
is_within(struct str host, struct str end)
{
	return str_ieq(host, end) || (str_iends(host, end) &&
	    host.ptr[host.len - end.len - 1] == '.');
}

/* The longest end: olc.protection.outlook.com is not protection.outlook.com. */
const struct provider *
provider_of_mx(struct str host)
{
	const struct provider *best = NULL;
	size_t length = 0;

	if (str_ends(host, STR(".")))
		host = str_head(host, host.len - 1);
	for (size_t i = 0; i < TABLE_COUNT(providers); i++) {
		struct str list = str_of(providers[i].mx), end;

		while (str_eat_word(&list, &end))
			if (end.len > length && is_within(host, end)) {
				best = &providers[i];
				length = end.len;
			}
	}
	return best;
}

// SPDX-License-Identifier: ISC
/*
 * msmtp.c - the words of msmtprc
 */
#include "import/msmtp.h"

#include "base/table.h"
#include "import/format.h"
#include "import/take.h"

#define PINS "sha256:"


/* -- where to ------------------------------------------------------------- */

static void
take_socket(struct importer *im, struct str value)
{
	struct buf path = { 0 };

	if (value.len > 0 && importer_path(im, value, &path)) {
		importer_set_host(im, buf_str(&path));
		importer_taken(im, "relay");
	} else if (value.len == 0) {
		importer_taken(im, "relay");
	}
	buf_free(&path);
}

static void
take_protocol(struct importer *im, struct str value)
{
	importer_outlet(im)->lmtp = str_ieq(value, STR("lmtp"));
	importer_taken(im, "relay");
}

static void
take_proxy_host(struct importer *im, struct str value)
{
	buf_set(&importer_outlet(im)->proxy, value);
	importer_taken(im, "proxy");
}

static void
take_proxy_port(struct importer *im, struct str value)
{
	int *port = &importer_outlet(im)->proxy_port;

	if (value.len == 0)
		*port = 0;
	if (value.len == 0 || importer_set_port(im, value, port))
		importer_taken(im, "proxy");
}

static void
take_timeout(struct importer *im, struct str value)
{
	if (str_ieq(value, STR("off")))
		importer_less_safe(im,
		    "off could wait for ever; here each step has its time");
	else if (importer_set_seconds(im, "connect_timeout", value) &&
	    importer_set_seconds(im, "reply_timeout", value))
		importer_taken(im, "connect_timeout and reply_timeout");
}

/* %U %H %C %M, which we call %u %h %f; the last is a file. */
static void
patterns(struct importer *im, struct str value, struct buf *out)
{
	char c, which;

	while (str_eat_byte(&value, &c)) {
		struct buf text = { 0 };
		struct importer in;
		struct str rest, line = STR("");

		if (c != '%' || !str_eat_byte(&value, &which)) {
			buf_putc(out, c);
			continue;
		}
		if (which == 'M' &&
		    importer_load_near(im, STR("/etc/mailname"), &text, &in)) {
			rest = buf_str(&text);
			(void)importer_line(&in, &rest, &line);
			buf_add(out, line);
		} else {
			buf_printf(out, "%%%c",
			    which == 'U'     ? 'u' :
				which == 'H' ? 'h' :
				which == 'C' ? 'f' :
					       which);
		}
		buf_free(&text);
	}
}

static void
take_domain(struct importer *im, struct str value)
{
	struct buf text = { 0 };

	patterns(im, value, &text);
	if (str_has(buf_str(&text), '%'))
		importer_noted(im, "helo is this host's name by itself");
	else if (importer_set(im, "helo", buf_str(&text)))
		importer_taken(im, "helo");
	buf_free(&text);
}

/* -- who we are there ----------------------------------------------------- */

static void
take_auth(struct importer *im, struct str value)
{
	static const char *const old[] = { "digest-md5", "ntlm" };
	bool off = str_ieq(value, STR("off"));

	importer_set_bit(im, AUTH, !off);
	outlet_unset(importer_outlet(im), "auth");
	for (size_t i = 0; i < TABLE_COUNT(old); i++) {
		if (str_ieq(value, str_of(old[i]))) {
			importer_less_safe(im,
			    "%s is broken; here the "
			    "strongest mechanism of the relay is taken",
			    old[i]);
			return;
		}
	}
	if (off || value.len == 0 || str_ieq(value, STR("on")))
		importer_taken(im, "auth");
	else if (importer_set(im, "auth", value))
		importer_taken(im, "auth");
}

static void
take_passwordeval(struct importer *im, struct str value)
{
	if (value.len == 0) {
		outlet_unset(importer_outlet(im), "password_command");
		importer_taken(im, "password_command");
		return;
	}
	secret_free(&importer_outlet(im)->password);
	importer_outlet(im)->password_at = im->at;
	importer_set_command(im, "password_command", value);
}

/* -- TLS ------------------------------------------------------------------ */

static void
take_certcheck(struct importer *im, struct str value)
{
	bool truth;

	if (!take_truth(im, value, &truth))
		return;
	importer_set_bit(im, UNVERIFIED, !truth);
	importer_outlet(im)->verify_at = im->at;
	if (truth)
		importer_taken(im, "tls_verify");
}

/* Only one certificate, whoever has signed it. */
static void
take_fingerprint(struct importer *im, struct str value)
{
	struct buf pin = { 0 };

	outlet_unset(importer_outlet(im), "tls_pin");
	outlet_unset(importer_outlet(im), "tls_verify");
	buf_printf(&pin, PINS "%.*s", STR_ARGS(value));
	if (value.len == 0) {
		importer_taken(im, "tls_pin");
	} else if (value.len < 64) {
		importer_less_safe(im,
		    "SHA-1 and MD5 are broken; here the "
		    "certificate is checked, and tls_pin wants SHA-256");
	} else if (importer_set(im, "tls_pin", buf_str(&pin))) {
		outlet_set(importer_outlet(im), "tls_verify", STR("pin"));
		importer_taken(im, "tls_pin");
	}
	buf_free(&pin);
}

/* -- in whose name -------------------------------------------------------- */

static void
take_from(struct importer *im, struct str value)
{
	struct outlet *o = importer_outlet(im);
	struct buf text = { 0 };

	outlet_unset(o, "from");
	outlet_unset(o, "sender");
	if (str_has(value, '?') || str_has(value, '['))
		importer_no_equal(im, "of patterns only * is known here");
	else if (str_has(value, '*') && importer_add(im, "from", value))
		importer_taken(im, "from");
	else if (!str_has(value, '*')) {
		patterns(im, value, &text);
		if (importer_set(im, "sender", buf_str(&text))) {
			if (!str_has(value, '%'))
				importer_add(im, "from", value);
			importer_taken(im, "sender");
		}
	}
	buf_free(&text);
}

static void
take_set_from(struct importer *im, struct str value)
{
	importer_set_bit(im, FIXED_FROM, str_ieq(value, STR("on")));
	if (str_ieq(value, STR("off")))
		importer_no_equal(im, "a From that is missing is always added");
	else
		importer_taken(im, "force_sender");
}

/* Trust in the system's authorities is the default. */
static void
take_trust_file(struct importer *im, struct str value)
{
	take_path(im, str_ieq(value, STR("system")) ? STR("") : value);
}

/* -- the rest ------------------------------------------------------------- */

static void
take_never(struct importer *im, struct str value)
{
	if (str_ieq(value, STR("off")))
		importer_noted(im, "it is never done");
	else
		importer_no_equal(im,
		    "the fields of a message that name its "
		    "recipients stay, but for Bcc");
}

static void
take_syslog(struct importer *im, struct str value)
{
	struct str name = value;
	struct buf lower = { 0 };

	if (str_ieq(value, STR("off"))) {
		importer_no_equal(im, "there is always a log");
		return;
	}
	if (value.len == 0 || str_ieq(value, STR("on")))
		name = STR("user");
	(void)str_ieat(&name, STR("LOG_"));
	for (size_t i = 0; i < name.len; i++)
		buf_putc(&lower, str_lower(name.ptr[i]));
	if (importer_set(im, "syslog_facility", buf_str(&lower)))
		importer_taken(im, "syslog_facility");
	buf_free(&lower);
}

#define DSN "each message says that for itself: sendmail -N and -R"
#define LOG "there is no file; the log goes to syslog"

static const struct row words[] = {
	{ "account", NULL, msmtp_account, NULL, 0 },
	{ "add_missing_date_header", NULL, take_always, NULL, 0 },
	{ "add_missing_from_header", NULL, take_always, NULL, 0 },
	{ "aliases", "aliases", take_path, NULL, 0 },
	{ "allow_from_override", "force_sender", take_off, NULL, FIXED_SENDER },
	{ "auth", NULL, take_auth, NULL, 0 },
	{ "auto_from", "sender", take_on, NULL, AUTO_FROM },
	{ "defaults", NULL, msmtp_defaults, NULL, 0 },
	{ "domain", NULL, take_domain, NULL, 0 },
	{ "dsn_notify", NULL, NULL, DSN, 0 },
	{ "dsn_return", NULL, NULL, DSN, 0 },
	{ "eval", NULL, NULL,
	    "a line that a command writes: write down what it says", 0 },
	{ "from", NULL, take_from, NULL, 0 },
	{ "from_full_name", NULL, NULL, "sendmail -F says a name", 0 },
	{ "host", NULL, take_host, NULL, 0 },
	{ "logfile", NULL, NULL, LOG, 0 },
	{ "logfile_time_format", NULL, NULL, LOG, 0 },
	{ "maildomain", "domain", NULL, NULL, 0 },
	{ "ntlmdomain", NULL, NULL, "NTLM is broken, and not spoken", 0 },
	{ "password", NULL, take_password, NULL, 0 },
	{ "passwordeval", NULL, take_passwordeval, NULL, 0 },
	{ "port", NULL, take_port, NULL, 0 },
	{ "protocol", NULL, take_protocol, NULL, 0 },
	{ "proxy_host", NULL, take_proxy_host, NULL, 0 },
	{ "proxy_port", NULL, take_proxy_port, NULL, 0 },
	{ "remove_bcc_headers", NULL, take_always, NULL, 0 },
	{ "set_date_header", NULL, take_always, NULL, 0 },
	{ "set_from_header", NULL, take_set_from, NULL, 0 },
	{ "set_msgid_header", NULL, take_always, NULL, 0 },
	{ "socket", NULL, take_socket, NULL, 0 },
	{ "source_ip", "source_address", NULL, NULL, 0 },
	{ "syslog", NULL, take_syslog, NULL, 0 },
	{ "timeout", NULL, take_timeout, NULL, 0 },
	{ "tls", "tls", take_on, NULL, TLS },
	{ "tls_cert_file", "tls_cert", take_path, NULL, 0 },
	{ "tls_certcheck", "tls_verify", take_certcheck, NULL, UNVERIFIED },
	{ "tls_crl_file", "tls_crl", take_path, NULL, 0 },
	{ "tls_fingerprint", NULL, take_fingerprint, NULL, 0 },
	{ "tls_force_sslv3", NULL, NULL, "only TLS 1.2 and newer is spoken",
	    0 },
	{ "tls_host_override", NULL, NULL,
	    "a certificate has to be for the name that relay says", 0 },
	{ "tls_key_file", "tls_key", take_path, NULL, 0 },
	{ "tls_min_dh_prime_bits", NULL, NULL, "tls_priority can say it", 0 },
	{ "tls_nocertcheck", NULL, NULL, "say tls_certcheck off", 0 },
	{ "tls_nostarttls", NULL, NULL, "say tls_starttls off", 0 },
	{ "tls_priorities", "tls_priority", NULL, NULL, 0 },
	{ "tls_starttls", "tls", take_off, NULL, WHOLE_TLS },
	{ "tls_trust_file", "tls_ca", take_trust_file, NULL, 0 },
	{ "undisclosed_recipients", NULL, take_never, NULL, 0 },
	{ "user", "user", NULL, NULL, 0 },
};

void
read_msmtp(struct importer *im, struct str text)
{
	struct str line, word;

	while (importer_line(im, &text, &line)) {
		if (!str_eat_word(&line, &word))
			continue;
		if (line.len > 1 && line.ptr[0] == '"' &&
		    line.ptr[line.len - 1] == '"')
			line = str_head(str_skip(line, 1), line.len - 2);
		importer_word(im, WORDS(words), word, line);
	}
	msmtp_finish(im);
}

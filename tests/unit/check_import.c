// SPDX-License-Identifier: ISC
/*
 * check_import.c - configurations of other programs become ours
 */
#include "run.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/table.h"
#include "config/config.h"
#include "import/import.h"
#include "import/settle.h"
#include "import/write.h"

#define SECRET "not-a-secret"

/* A file system of at most two files: what is asked for, and one more. */
static struct files {
	const char *path;
	struct str text;
	const char *path2, *text2;
	bool exposed;
} files;

static int
load(void *arg, struct str path, struct buf *out, struct err *e)
{
	struct loader *loader = arg;

	if (str_eq(path, str_of(files.path)))
		buf_add(out, files.text);
	else if (files.path2 != NULL && str_eq(path, str_of(files.path2)))
		buf_puts(out, files.text2);
	else
		return err_set(e, EX_NOINPUT, "there is no such file");
	loader->exposed = files.exposed;
	return 0;
}

static int
list(void *arg, struct str pattern, struct strs *out, struct err *e)
{
	(void)arg;
	(void)e;
	if (str_eq(pattern, str_of(files.path)) ||
	    (files.path2 != NULL && str_eq(pattern, str_of(files.path2))))
		strs_add(out, pattern);
	return 0;
}

/* 0 with out: our configuration without its comment, and what was said. */
static int
import(const char *program, enum write_secrets how, struct buf *out,
    struct buf *said, struct err *e)
{
	struct loader loader = { .load = load, .list = list };
	struct import i = { .loader = &loader,
		.path = str_of(files.path),
		.home = STR("/home/ann"),
		.format = formats_find(str_of(program)) };
	struct found f = { 0 };
	struct mistakes m = { 0 };
	struct config c = { 0 };
	int rc;

	loader.arg = &loader;
	rc = import_read(&i, &f, e);
	remarks_print(&f.remarks, said);
	if (rc == 0) {
		const char *empty;

		write_config(&f, how, "/etc/minismtp.conf", out, NULL);
		ck_assert_msg(config_parse(&c, "out", buf_str(out), NULL, &m,
				  e) == 0,
		    "%s\n%s", buf_cstr(&e->text), buf_cstr(out));
		empty = strstr(buf_cstr(out), "\n\n");
		ck_assert_ptr_nonnull(empty);
		buf_shift(out, (size_t)(empty + 2 - buf_cstr(out)));
	}
	config_free(&c);
	mistakes_free(&m);
	found_free(&f);
	return rc;
}

#define LOGIN "user = \"me\"\npassword_file = \"/etc/minismtp.password\"\n"
#define CLEAR "less safe: mail goes over an open connection"
#define MAYBE "less safe: TLS was used only if"
#define UNVERIFIED "less safe: the relay's certificate was not checked"
#define OPEN_LOGIN "less safe: the login went over an open connection"
#define OLD(program) "# " program " had it less safely:\n"
#define HINTS "#tls_verify = no\n#auth_without_tls = yes\n"

static const struct row_of_text {
	const char *program, *text;
	const char *path2, *text2;
	const char *config;	/* NULL: none, and said is the error */
	const char *said;	/* part of the remarks; NULL: nothing to say */
} rows[] = {
	/* msmtp: ports and TLS */
	{ "msmtp", "account default\nhost a.example\n", NULL, NULL,
	    "relay = \"a.example:25\"\ntls = off\n", CLEAR },
	{ "msmtp", "account default\nhost a.example\ntls on\n", NULL, NULL,
	    "relay = \"a.example:25\"\n", NULL },
	{ "msmtp", "account default\nhost a.example\ntls\ntls_starttls off\n",
	    NULL, NULL, "relay = \"a.example:465\"\n", NULL },
	{ "msmtp", "account default\nhost a.example\ntls on\nport smtps\n",
	    NULL, NULL, "relay = \"a.example:465\"\ntls = starttls\n", NULL },
	{ "msmtp",
	    "account default\nhost a.example\nport 99\ntls on\n"
	    "tls_starttls off\n",
	    NULL, NULL, "relay = \"a.example:99\"\ntls = implicit\n", NULL },
	{ "msmtp", "account default\nhost 2001:db8::1\ntls on\n", NULL, NULL,
	    "relay = \"[2001:db8::1]:25\"\n", NULL },
	{ "msmtp", "account default\nhost localhost\n", NULL, NULL,
	    "relay = \"localhost:25\"\ntls = off\n", NULL },
	{ "msmtp", "account default\nsocket ~/smtp\n", NULL, NULL,
	    "relay = \"unix:/home/ann/smtp\"\ntls = off\n", NULL },
	{ "msmtp",
	    "account default\nhost a.example\nport 24\n"
	    "protocol lmtp\ntls on\n",
	    NULL, NULL, "relay = \"lmtp:a.example:24\"\n", NULL },
	{ "msmtp", "account default\nhost a.example\nport 70000\ntls on\n",
	    NULL, NULL, "relay = \"a.example:25\"\n",
	    "file:3: no equal: port: this is no port" },
	{ "msmtp", "account default\nhost a.example\ntls maybe\n", NULL, NULL,
	    "relay = \"a.example:25\"\ntls = off\n",
	    "file:3: no equal: tls: it is neither yes nor no" },
	{ "msmtp", "account default\nhost a b\n", NULL, NULL, NULL,
	    "names no relay" },
	/* msmtp: logins */
	{ "msmtp",
	    "account default\nhost a.example\ntls on\nauth\nuser me\n"
	    "password " SECRET "\n",
	    NULL, NULL, "relay = \"a.example:25\"\n" LOGIN,
	    "file:6: taken: password as" },
	{ "msmtp",
	    "account default\nhost a.example\ntls on\nauth plain\n"
	    "user me\npassword \"" SECRET "\"\n",
	    NULL, NULL, "relay = \"a.example:25\"\n" LOGIN "auth = \"plain\"\n",
	    NULL },
	{ "msmtp",
	    "account default\nhost a.example\nauth\nuser me\n"
	    "password " SECRET "\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\n" LOGIN OLD(
		"msmtp") "#tls = off\n"
			 "#auth_without_tls = yes\n",
	    "file:1: " OPEN_LOGIN },
	{ "msmtp",
	    "account default\nhost a.example\ntls on\nuser me\n"
	    "password " SECRET "\n",
	    NULL, NULL, "relay = \"a.example:25\"\n",
	    "file:1: no equal: auth: it is off" },
	{ "msmtp",
	    "account default\nhost a.example\ntls on\nauth\n"
	    "password " SECRET "\n",
	    NULL, NULL, "relay = \"a.example:25\"\n",
	    "file:5: no equal: a password without a user" },
	{ "msmtp", "account default\nhost a.example\ntls on\nauth\nuser me\n",
	    NULL, NULL, "relay = \"a.example:25\"\nuser = \"me\"\n",
	    "no password is said" },
	{ "msmtp",
	    "account default\nhost a.example\ntls on\nauth ntlm\n"
	    "user me\npassword " SECRET "\n",
	    NULL, NULL, "relay = \"a.example:25\"\n" LOGIN,
	    "file:4: less safe: auth: ntlm is broken" },
	{ "msmtp",
	    "account default\nhost a.example\ntls on\nauth external\n"
	    "tls_cert_file ~/c.pem\ntls_key_file /k.pem\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\nauth = \"external\"\n"
	    "tls_cert = \"/home/ann/c.pem\"\ntls_key = \"/k.pem\"\n",
	    NULL },
	{ "msmtp",
	    "account default\nhost a.example\ntls on\nauth\nuser me\n"
	    "passwordeval pass a | head -1\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\nuser = \"me\"\npassword_command = "
	    "{ \"/bin/sh\", \"-c\", \"pass a | head -1\" }\n",
	    "as password_command, for a shell" },
	{ "msmtp",
	    "account default\nhost a.example\ntls on\nauth\nuser me\n"
	    "passwordeval 'pass' \"a b\"\npassword\n",
	    NULL, NULL, "relay = \"a.example:25\"\nuser = \"me\"\n",
	    "no password" },
	{ "msmtp",
	    "account default\nhost a.example\ntls on\nauth\nuser me\n"
	    "passwordeval '/opt/a?b'\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\nuser = \"me\"\npassword_command = "
	    "{ \"'/opt/a?b'\" }\n",
	    NULL },
	{ "msmtp",
	    "account default\nhost a.example\ntls on\nauth\nuser me\n"
	    "passwordeval cat ~/p\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\nuser = \"me\"\npassword_command = "
	    "{ \"/bin/sh\", \"-c\", \"cat ~/p\" }\n",
	    NULL },
	/* msmtp: certificates */
	{ "msmtp",
	    "account default\nhost a.example\ntls on\n"
	    "tls_certcheck off\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\n" OLD("msmtp") "#tls_verify = no\n",
	    "file:4: " UNVERIFIED },
	{ "msmtp",
	    "account default\nhost a.example\ntls on\n"
	    "tls_fingerprint 00:11\n",
	    NULL, NULL, "relay = \"a.example:25\"\n",
	    "file:4: less safe: tls_fingerprint: SHA-1 and MD5" },
	{ "msmtp",
	    "account default\nhost a.example\ntls on\n"
	    "tls_trust_file system\ntls_crl_file\n",
	    NULL, NULL, "relay = \"a.example:25\"\n",
	    "file:4: taken: tls_trust_file" },
	/* msmtp: senders */
	{ "msmtp", "account default\nhost a.example\ntls on\nfrom %U@%C\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\nsender = \"%u@%f\"\n"
	    "force_sender = no\n",
	    NULL },
	{ "msmtp", "account default\nhost a.example\ntls on\nfrom %U@%M\n",
	    "mailname", "m.example\n",
	    "relay = \"a.example:25\"\n"
	    "sender = \"%u@m.example\"\nforce_sender = no\n",
	    NULL },
	{ "msmtp", "account default\nhost a.example\ntls on\nfrom me@[x\n",
	    NULL, NULL, "relay = \"a.example:25\"\n",
	    "file:4: no equal: from: of patterns only *" },
	{ "msmtp", "account default\nhost a.example\ntls on\nfrom me\n", NULL,
	    NULL, "relay = \"a.example:25\"\n", "no equal: from: sender = me" },
	{ "msmtp",
	    "account default\nhost a.example\ntls on\ndomain "
	    "localhost\n",
	    NULL, NULL, "relay = \"a.example:25\"\n",
	    "no equal: domain: helo = localhost: every machine" },
	{ "msmtp", "account default\nhost a.example\ntls on\ntimeout off\n",
	    NULL, NULL, "relay = \"a.example:25\"\n",
	    "less safe: timeout: off could wait for ever" },
	/* msmtp: accounts */
	{ "msmtp",
	    "account a\nhost a.example\ntls on\naccount b\n"
	    "host b.example\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\n\n"
	    "account \"a\" {\n}\n\naccount \"b\" {\n"
	    "\trelay = \"b.example:25\"\n\ttls = off\n}\n",
	    CLEAR },
	{ "msmtp",
	    "account a\nhost a.example\ntls on\naccount b : c\n"
	    "account default : a\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\n\n"
	    "account \"a\" {\n}\n",
	    "file:4: no equal: account b: it has no "
	    "relay" },
	{ "msmtp",
	    "account a\nhost a.example\ntls on\naliases /a\n"
	    "account b\nhost b.example\ntls on\naliases /b\n"
	    "account default : b\n",
	    NULL, NULL,
	    "relay = \"b.example:25\"\n"
	    "aliases = \"/a\"\n\naccount \"a\" {\n"
	    "\trelay = \"a.example:25\"\n}\n\naccount \"b\" {\n}\n",
	    "file:8: no equal: aliases: there is one aliases" },
	{ "msmtp",
	    "account a\nhost a.example\ntls on\naccount A\n"
	    "host b.example\ntls on\n",
	    NULL, NULL, "relay = \"b.example:25\"\n\naccount \"a\" {\n}\n",
	    "file:4: no equal: A: it stands above already" },
	{ "msmtp",
	    "defaults\ntls on\nauth on\ndefaults\naccount a\n"
	    "host a.example\naccount\nhost b.example\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\ntls = off\n\naccount \"a\" {\n}\n",
	    "file:7: no equal: account: it has no name" },
	{ "msmtp",
	    "account a\nhost a.example\ntls on\nauth on\nuser me\n"
	    "password " SECRET "\naccount b\nhost b.example\n"
	    "passwordeval /bin/p x\naccount default : a , b\n",
	    NULL, NULL,
	    "relay = \"b.example:25\"\nuser = \"me\"\n"
	    "password_command = { \"/bin/p\", \"x\" }\n\n"
	    "account \"a\" {\n\trelay = \"a.example:25\"\n\tuser = \"me\"\n"
	    "\tpassword_file = \"/etc/minismtp.a.password\"\n}\n\n"
	    "account \"b\" {\n\trelay = \"b.example:25\"\n\ttls = off\n}\n",
	    CLEAR },
	{ "msmtp", "host a.example\ntls on\n", NULL, NULL,
	    "relay = \"a.example:25\"\n", NULL },
	{ "msmtp",
	    "\xff"
	    "colour\x1b red\naccount default\nhost a.example\n"
	    "tls on\n",
	    NULL, NULL, "relay = \"a.example:25\"\n",
	    "no equal: \\xffcolour\\e: msmtp knows no such word" },
	/* ssmtp */
	{ "ssmtp", "mailhub=a.example\n", NULL, NULL,
	    "relay = \"a.example:25\"\ntls = off\n", "file:1: " CLEAR },
	{ "ssmtp", "MAILHUB a.example:465\nUseTLS=yes\n", NULL, NULL,
	    "relay = \"a.example:465\"\n" OLD("ssmtp") "#tls_verify = no\n",
	    "file:2: " UNVERIFIED },
	{ "ssmtp",
	    "mailhub=a.example:587\nUseTLS=Yes\nUseSTARTTLS=Yes\n"
	    "AuthUser=me\nAuthPass=" SECRET "#x\nAuthMethod=cram-md5\n",
	    NULL, NULL,
	    "relay = \"a.example:587\"\n" LOGIN
	    "auth = \"CRAM-MD5\"\n" OLD("ssmtp") HINTS,
	    UNVERIFIED },
	{ "ssmtp", "mailhub=a.example\nAuthUser=me\nAuthPass=" SECRET "\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\n" LOGIN OLD(
		"ssmtp") "#tls = off\n#auth_without_tls = yes\n",
	    "file:1: " OPEN_LOGIN },
	{ "ssmtp",
	    "root=\nmailhub=a.example:587\nUseTLS\nUseSTARTTLS\n"
	    "TLSKey=/k\n",
	    NULL, NULL,
	    "relay = \"a.example:587\"\n" OLD("ssmtp") "#tls_verify = no\n",
	    "file:1: taken: root as" },
	{ "ssmtp", "root=postmaster\nmailhub=[::1]:25\n", NULL, NULL,
	    "relay = \"[::1]:25\"\ntls = off\n",
	    "no equal: root: admin = postmaster" },
	{ "ssmtp",
	    "mailhub=a.example\nrewriteDomain=d.example\n"
	    "FromLineOverride=yes\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\ntls = off\nsender = \"%u@d.example\"\n"
	    "force_sender = no\ndomain = \"d.example\"\n",
	    CLEAR },
	{ "ssmtp", "mailhub=a.example\n", "revaliases",
	    "# x\nme:you@x.example\n:y\n",
	    "relay = \"a.example:25\"\n"
	    "tls = off\n\naccount \"me\" {\n\tfrom = \"me@*\"\n"
	    "\tsender = \"you@x.example\"\n\tforce_sender = both\n}\n",
	    "revaliases:3: no equal: : an empty name" },
	/* dma */
	{ "dma", "SMARTHOST a.example\n", NULL, NULL,
	    "relay = \"a.example:25\"\ntls = off\n", CLEAR },
	{ "dma",
	    "SMARTHOST a.example\nSECURETRANS\nSTARTTLS\n"
	    "OPPORTUNISTIC_TLS\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\n" OLD("dma") "#tls_verify = no\n",
	    "file:4: " MAYBE },
	{ "dma",
	    "SMARTHOST a.example\nPORT 465\nSECURETRANSFER\n"
	    "VERIFY\n",
	    "auth.conf", "me|a.example:" SECRET "\nx\n",
	    "relay = \"a.example:465\"\n" LOGIN OLD("dma") HINTS,
	    "auth.conf:2: no equal: login: a line is" },
	{ "dma", "SMARTHOST a.example\nMASQUERADE me@\nMAILNAME /m\n", "/m",
	    "w.example\nx\n",
	    "relay = \"a.example:25\"\n"
	    "helo = \"w.example\"\ntls = off\nsender = \"me@%f\"\n"
	    "force_sender = envelope\n",
	    CLEAR },
	{ "dma", "#SMARTHOST\nPORT 25\n", NULL, NULL, NULL, "names no relay" },
	{ "dma", "SMARTHOST a.example\nAUTHPATH /none\n", NULL, NULL,
	    "relay = \"a.example:25\"\ntls = off\n",
	    "file:2: no equal: AUTHPATH: there is no such file" },
	/* nullmailer */
	{ "nullmailer", "a.example\n", NULL, NULL,
	    "relay = \"a.example:25\"\ntls = off\n", CLEAR },
	{ "nullmailer", "a.example smtp tls user=me pass='" SECRET "'\n", NULL,
	    NULL, "relay = \"a.example:465\"\n" LOGIN,
	    "file:1: taken: pass as password_file" },
	{ "nullmailer", "a.example smtp --user=me --pass=" SECRET "\n", NULL,
	    NULL,
	    "relay = \"a.example:25\"\n" LOGIN OLD(
		"nullmailer") "#tls = off\n#auth_without_tls = yes\n",
	    OPEN_LOGIN },
	{ "nullmailer", "a.example smtp starttls insecure\n", NULL, NULL,
	    "relay = \"a.example:25\"\n" OLD("nullmailer") "#tls_verify = no\n",
	    UNVERIFIED },
	{ "nullmailer", "a.example\nb.example smtp --port=26\n", NULL, NULL,
	    "relay = { \"a.example:25\", \"b.example:26\" }\ntls = off\n",
	    "file:2: taken: b.example as relay, if the first is down" },
	{ "nullmailer", "a.example smtp tls\nb.example\n", NULL, NULL,
	    "relay = \"a.example:465\"\n", "file:2: no equal: b.example" },
	{ "nullmailer", "a.example qmqp\n", NULL, NULL, NULL,
	    "names no relay" },
	{ "nullmailer", "a.example 'smtp\n", NULL, NULL, NULL,
	    "names no relay" },
	{ "nullmailer", "a.example 'smtp\nb.example smtp tls\n", NULL, NULL,
	    "relay = \"b.example:465\"\n",
	    "file:1: no equal: this line: no shell could read it" },
	{ "nullmailer", "a.example\n", "queuelifetime", "3600\n",
	    "relay = \"a.example:25\"\ntls = off\nlifetime = 1h\n"
	    "warn_after = 0\n",
	    CLEAR },
	{ "nullmailer", "a.example\n", "queuelifetime", "1800\n",
	    "relay = \"a.example:25\"\ntls = off\nretry = { 1m, 30m }\n"
	    "lifetime = 30m\nwarn_after = 0\n",
	    CLEAR },
	{ "nullmailer", "a.example\n", "pausetime", "86400\n",
	    "relay = \"a.example:25\"\ntls = off\nretry = { 1h, 1h }\n",
	    CLEAR },
	/* esmtp */
	{ "esmtp", "hostname a.example", NULL, NULL,
	    "relay = \"a.example:587\"\ntls = off\n", CLEAR },
	{ "esmtp", "hostname\n=\n\"a.example:smtp\" starttls=required", NULL,
	    NULL, "relay = \"a.example:25\"\n", NULL },
	{ "esmtp",
	    "hostname = a.example\nusername = me # c\npassword = '" SECRET
	    "'\nstarttls = enabled\n",
	    NULL, NULL, "relay = \"a.example:587\"\n" LOGIN, "file:4: " MAYBE },
	{ "esmtp", "identity me@x.example\nhostname localhost:25\n", NULL, NULL,
	    "relay = \"localhost:25\"\ntls = off\n\n"
	    "account \"me@x.example\" {\n\tfrom = \"me@x.example\"\n}\n",
	    NULL },
	{ "esmtp", "hostname = \"a.example", NULL, NULL,
	    "relay = \"a.example:587\"\ntls = off\n", CLEAR },
	{ "esmtp", "hostname a.example\npassword", NULL, NULL,
	    "relay = \"a.example:587\"\ntls = off\n", CLEAR },
	{ "esmtp", "hostname localhost\nusername me\npassword x " SECRET " y\n",
	    NULL, NULL, "relay = \"localhost:587\"\n" LOGIN "tls = off\n",
	    "file:3: no equal: ...: esmtp knows no such word" },
	/* Postfix */
	{ "postfix", "relayhost = [a.example]\n", NULL, NULL,
	    "relay = \"a.example:25\"\ntls = off\n", CLEAR },
	{ "postfix", "relayhost = a.example\nsmtp_tls_security_level=secure\n",
	    NULL, NULL, "relay = \"mx:a.example\"\n", NULL },
	{ "postfix",
	    "relayhost = [a.example]:submission\n"
	    "smtp_tls_security_level = may\n",
	    NULL, NULL,
	    "relay = \"a.example:587\"\n" OLD("postfix") "#tls_verify = no\n",
	    "file:2: " MAYBE },
	{ "postfix",
	    "relayhost = [a.example]:465\nsmtp_tls_wrappermode=yes\n"
	    "smtp_tls_security_level = encrypt\n",
	    NULL, NULL,
	    "relay = \"a.example:465\"\n" OLD("postfix") "#tls_verify = no\n",
	    UNVERIFIED },
	{ "postfix",
	    "h = a.example\nrelayhost = [$h]:${p?26}${q:25}\n"
	    "smtp_tls_security_level = verify\n",
	    NULL, NULL, "relay = \"a.example:25\"\n", NULL },
	{ "postfix", "relayhost = $relayhost\n", NULL, NULL, NULL,
	    "names no relay" },
	{ "postfix",
	    "a = ${b}\nb = $(a)\nrelayhost = [a.example]\n"
	    "myhostname = $a\nsmtp_tls_security_level=secure\n",
	    NULL, NULL, "relay = \"a.example:25\"\n",
	    "file:4: no equal: myhostname: what it stands for has no end" },
	{ "postfix",
	    "relayhost = [a.example]\nrelayhost = [b.example]\n"
	    "smtp_tls_security_level=secure\n",
	    NULL, NULL, "relay = \"b.example:25\"\n",
	    "file:1: no equal: relayhost: it is said again below" },
	{ "postfix",
	    "relayhost = [a.example]\nsmtp_tls_security_level=secure\n"
	    "smtp_sasl_auth_enable = yes\n"
	    "smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd\n",
	    "sasl_passwd", "a.example  me:" SECRET "\nb x:" SECRET "\n",
	    "relay = \"a.example:25\"\n" LOGIN,
	    "sasl_passwd:2: no equal: b: a login for another relay" },
	{ "postfix",
	    "relayhost = [a.example]\nsmtp_tls_security_level=secure\n"
	    "smtp_sasl_auth_enable = yes\n"
	    "smtp_sasl_password_maps = static:me:" SECRET "\n",
	    NULL, NULL, "relay = \"a.example:25\"\n" LOGIN, NULL },
	{ "postfix",
	    "relayhost = [a.example]\nsmtp_tls_security_level=secure\n"
	    "smtp_sasl_auth_enable = yes\nsmtp_sasl_password_maps = "
	    "inline:{ {[a.example] = me:" SECRET "}, b=c:d }\n",
	    NULL, NULL, "relay = \"a.example:25\"\n" LOGIN, NULL },
	{ "postfix",
	    "relayhost = [a.example]\nsmtp_tls_security_level=secure\n"
	    "smtp_sasl_password_maps = mysql:/x\n",
	    NULL, NULL, "relay = \"a.example:25\"\n",
	    "smtp_sasl_auth_enable does not" },
	{ "postfix",
	    "relayhost = [a.example]\nsmtp_tls_security_level=dane\n"
	    "delay_warning_time = 2h\nmaximal_queue_lifetime = 1h\n"
	    "mydestination = a.lan\n  b.lan, localhost\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\nlocal_domains = { \"a.lan\", \"b.lan\" }"
	    "\nlifetime = 1h\nwarn_after = 0\n",
	    "tls_verify = dane" },
	{ "postfix", "mydestination = a\n", NULL, NULL, NULL,
	    "names no relay" },
	{ "postfix",
	    "relayhost = [a.example]\nsmtp_tls_security_level=secure\n"
	    "smtp_generic_maps = hash:/etc/postfix/generic\n",
	    "generic",
	    "ann you@x.example\n@b.lan @x.example\nroot no-address\n",
	    "relay = \"a.example:25\"\n\n"
	    "account \"ann\" {\n\tfrom = \"ann@*\"\n"
	    "\tsender = \"you@x.example\"\n\tforce_sender = both\n}\n\n"
	    "account \"@b.lan\" {\n\tfrom = \"@b.lan\"\n"
	    "\tsender = \"%u@x.example\"\n\tforce_sender = both\n}\n",
	    "generic:3: no equal: root: sender = no-address" },
	{ "postfix",
	    "relayhost = [a.example]\nsmtp_tls_security_level=secure\n"
	    "sender_canonical_maps = static:me@x.example\n"
	    "canonical_maps = regexp:/etc/postfix/canonical\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\nsender = \"me@x.example\"\n"
	    "force_sender = both\n",
	    "file:4: no equal: canonical_maps: a table of the kind regexp" },
	{ "postfix",
	    "relayhost = [a.example]\nsmtp_tls_security_level =\n"
	    "smtp_bind_address = 192.0.2.1\nsmtp_bind_address6 = ::1\n"
	    "smtp_bind_address = \n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\nsource_address = \"::1\"\ntls = off\n",
	    CLEAR },
	{ "postfix",
	    "relayhost = [a.example]\nsmtp_tls_security_level=secure\n"
	    "smtp_bind_address = 192.0.2.1\nsmtp_bind_address6 = ::1\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\n"
	    "source_address = { \"192.0.2.1\", \"::1\" }\n",
	    NULL },
	/* Exim */
	{ "exim",
	    "dc_eximconfig_configtype='satellite'\n"
	    "dc_smarthost='a.example'\n",
	    NULL, NULL,
	    "relay = \"a.example:25\"\n" OLD("exim") "#tls_verify = no\n",
	    "file:2: " MAYBE },
	{ "exim",
	    "dc_eximconfig_configtype=\"smarthost\"\n"
	    "dc_smarthost=\"2001::0db8::::1\"\n",
	    "passwd.client", "*:me:" SECRET "\n",
	    "relay = \"[2001:0db8::1]:25\"\n" LOGIN OLD("exim") HINTS,
	    "passwd.client:1: less safe: *: the password" },
	{ "exim",
	    "dc_eximconfig_configtype='satellite'\n"
	    "dc_smarthost='m1.a.example::587;m2.a.example::587;b.example'\n",
	    "passwd.client", "*.a.example:me:" SECRET "\n",
	    "relay = { \"m1.a.example:587\", \"m2.a.example:587\" }\n" LOGIN
		OLD("exim") HINTS,
	    "passwd.client:1: no equal: b.example:25" },
	{ "exim",
	    "dc_eximconfig_configtype='internet'\n"
	    "dc_smarthost='a.example'\n",
	    NULL, NULL, NULL, "names no relay" },
	{ "exim",
	    "dc_eximconfig_configtype='satellite'\n"
	    "dc_smarthost='a.example::x'\n",
	    NULL, NULL, NULL, "names no relay" },
	/* OpenSMTPD */
	{ "opensmtpd",
	    "action r relay host smtp+tls://a.example\n"
	    "match for any action r\n",
	    NULL, NULL, "relay = \"a.example:25\"\n", NULL },
	{ "opensmtpd", "action r relay host a.example\n", NULL, NULL,
	    "relay = \"a.example:25\"\n" OLD("opensmtpd") "#tls_verify = no\n",
	    "file:1: " MAYBE },
	{ "opensmtpd", "action r relay host smtp+notls://a.example:26\n", NULL,
	    NULL, "relay = \"a.example:26\"\ntls = off\n", CLEAR },
	{ "opensmtpd",
	    "table s { l = me:" SECRET " }\naction \"r\" \\\n relay "
	    "auth <s> host \"smtps://l@a.example\"\n",
	    NULL, NULL, "relay = \"a.example:465\"\n" LOGIN,
	    "file:2: taken: auth" },
	{ "opensmtpd",
	    "table s file:/etc/mail/secrets\naction r relay host "
	    "smtps://l@a.example:99 auth <s>\n",
	    "secrets", "k x:" SECRET "\nl me:" SECRET "\n",
	    "relay = \"a.example:99\"\n" LOGIN "tls = implicit\n",
	    "secrets:1: no equal: k: a login" },
	{ "opensmtpd",
	    "action a relay\naction b relay host smtps://b.example\n"
	    "action c relay host smtps://c.example\n"
	    "match for any action c\n",
	    NULL, NULL, "relay = \"c.example:465\"\n",
	    "file:1: no equal: action: it sends to each domain itself" },
	{ "opensmtpd", "accept for any relay\n", NULL, NULL, NULL,
	    "names no relay" },
	{ "opensmtpd", "h = \"a.example\"\naction r relay host $h tls\n", NULL,
	    NULL, "relay = \"a.example:25\"\n", NULL },
	{ "opensmtpd", "action r relay host \"a.example", NULL, NULL,
	    "relay = \"a.example:25\"\n" OLD("opensmtpd") "#tls_verify = no\n",
	    MAYBE },
};

START_TEST(each_format_is_read)
{
	const struct row_of_text *r = &rows[_i];
	struct buf out = { 0 }, said = { 0 };
	struct err e = { 0 };
	int rc;

	files = (struct files){ "file", str_of(r->text), r->path2, r->text2,
		false };
	rc = import(r->program, WRITE_FILES, &out, &said, &e);
	if (r->config == NULL) {
		ck_assert_msg(rc < 0, "%s", r->text);
		ck_assert_int_eq(e.code, EX_CONFIG);
		ck_assert_ptr_nonnull(strstr(buf_cstr(&e.text), r->said));
	} else {
		ck_assert_msg(rc == 0, "%s: %s", r->text, buf_cstr(&e.text));
		ck_assert_str_eq(buf_cstr(&out), r->config);
		ck_assert_msg(r->said == NULL ||
			strstr(buf_cstr(&said), r->said) != NULL,
		    "%s", buf_cstr(&said));
		if (r->said == NULL)
			ck_assert_msg(strstr(buf_cstr(&said), "less safe:") ==
				NULL,
			    "%s", buf_cstr(&said));
	}
	ck_assert_ptr_null(strstr(buf_cstr(&out), SECRET));
	ck_assert_ptr_null(strstr(buf_cstr(&said), SECRET));
	ck_assert_ptr_null(strstr(buf_cstr(&out), "\ntls_verify = no"));
	buf_free(&out);
	buf_free(&said);
	err_clear(&e);
}
END_TEST

START_TEST(every_line_that_says_something_gets_a_remark)
{
	const struct row_of_text *r = &rows[_i];
	struct buf out = { 0 }, said = { 0 };
	struct err e = { 0 };
	struct str text = str_of(r->text), line;

	files = (struct files){ "file", text, r->path2, r->text2, false };
	(void)import(r->program, WRITE_FILES, &out, &said, &e);
	for (unsigned n = 1; str_eat_line(&text, &line); n++) {
		char place[20];

		/* These go on with the line before, or are kept for later. */
		if (line.len == 0 || line.ptr[0] == '#' || line.ptr[0] == ' ' ||
		    line.ptr[0] == '=' || line.ptr[0] == '"' ||
		    str_eat(&line, STR("h = ")))
			continue;
		snprintf(place, sizeof(place), "file:%u: ", n);
		ck_assert_msg(strstr(buf_cstr(&said), place) != NULL,
		    "%s: nothing about line %u of\n%s", r->program, n, r->text);
	}
	buf_free(&out);
	buf_free(&said);
	err_clear(&e);
}
END_TEST

/* -- hostile bytes -------------------------------------------------------- */

static const struct str hostile[] = {
	{ "", 0 },
	{ "\0", 1 },
	{ "\n", 1 },
	{ "\r\n\r\n", 4 },
	{ "=", 1 },
	{ "\"", 1 },
	{ "'\\", 2 },
	{ "${${${", 6 },
	{ "{", 1 },
	{ "\\", 1 },
	{ "host a\0b\nmailhub=a\0b\nrelayhost=a\0b\n", 36 },
	{ "account \n", 9 },
	{ "account :,,\n", 12 },
	{ "~/", 2 },
	{ "account default\nhost a.example\rtls on\r", 38 },
	{ "\xff\xfe\x00\x01", 4 },
};

START_TEST(no_bytes_break_a_reader)
{
	const struct format *f = formats_at((size_t)_i % formats_count());
	struct buf out = { 0 }, said = { 0 };
	struct err e = { 0 };

	files = (struct files){ "file", hostile[(size_t)_i / formats_count()],
		NULL, NULL, false };
	(void)import(f->name, WRITE_FILES, &out, &said, &e);
	buf_free(&out);
	buf_free(&said);
	err_clear(&e);
}
END_TEST

/* A line of a megabyte, and as many lines as fit into one. */
START_TEST(a_large_file_takes_no_time)
{
	static const char *const parts[] = { "x", "a b\n", "account a\n",
		"identity a@b\n", "$a ", "mydestination = a", "a=${a}\n",
		"action a relay host b\n", "a:b@c.example:d\n", "{", "\"" };
	const struct format *f = formats_at((size_t)_i);
	struct buf out = { 0 }, said = { 0 }, text = { 0 };
	struct err e = { 0 };

	for (size_t i = 0; i < TABLE_COUNT(parts); i++) {
		buf_reset(&text);
		buf_puts(&text, "account default\nhost a\nrelayhost = ");
		while (text.len < 300000)
			buf_puts(&text, parts[i]);
		files = (struct files){ "file", buf_str(&text), "revaliases",
			buf_cstr(&text), false };
		(void)import(f->name, WRITE_FILES, &out, &said, &e);
		buf_reset(&out);
		buf_reset(&said);
		err_clear(&e);
	}
	buf_free(&text);
	buf_free(&out);
	buf_free(&said);
}
END_TEST

START_TEST(values_of_nothing_end_as_well)
{
	struct buf out = { 0 }, said = { 0 }, text = { 0 };
	struct err e = { 0 };

	for (char c = 'a'; c < 'j'; c++) {
		buf_printf(&text, "%c = ", c);
		for (int i = 0; i < 1000; i++)
			buf_printf(&text, "$%c ", c + 1);
		buf_putc(&text, '\n');
	}
	files = (struct files){ "file", buf_str(&text), NULL, NULL, false };
	ck_assert_int_eq(import("postfix", WRITE_FILES, &out, &said, &e), -1);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&said), "has no end"));
	buf_free(&text);
	buf_free(&out);
	buf_free(&said);
	err_clear(&e);
}
END_TEST

/* -- passwords ------------------------------------------------------------ */

START_TEST(a_password_is_printed_only_if_asked)
{
	struct buf out = { 0 }, said = { 0 };
	struct err e = { 0 };

	files = (struct files){ "file",
		STR("account default\nhost a.example\n"
		    "auth\ntls on\nuser me\npassword a'b\"c\\d$e #f\n"),
		NULL, NULL, true };
	ck_assert_int_eq(import("msmtp", WRITE_PASSWORDS, &out, &said, &e), 0);
	ck_assert_str_eq(buf_cstr(&out),
	    "relay = \"a.example:25\"\n"
	    "user = \"me\"\npassword = \"a'b\\\"c\\\\d\\$e #f\"\n");
	ck_assert_ptr_nonnull(strstr(buf_cstr(&said),
	    "file:6: less safe: "
	    "everybody on this machine could read the password"));
	buf_free(&out);
	buf_free(&said);
	err_clear(&e);
}
END_TEST

START_TEST(each_password_gets_a_file_of_its_own)
{
	struct loader loader = { .load = load, .list = list };
	struct import i = { .loader = &loader, .path = STR("msmtprc") };
	struct secret_files out = { 0 };
	struct found f = { 0 };
	struct buf text = { 0 };
	struct err e = { 0 };

	loader.arg = &loader;
	files = (struct files){ "msmtprc",
		STR("defaults\nauth on\ntls on\n"
		    "user me\naccount default\nhost a.example\npassword p1\n"
		    "account a/b\nhost b.example\npassword p2\n"
		    "account a_b\nhost c.example\npassword p3\n"
		    "account again : default\n"),
		NULL, NULL, false };
	ck_assert_int_eq(import_read(&i, &f, &e), 0);
	write_config(&f, WRITE_FILES, "/etc/minismtp.conf", &text, &out);
	ck_assert_uint_eq(out.count, 3);
	ck_assert_str_eq(buf_cstr(&out.item[0].path), "/etc/minismtp.password");
	for (size_t n = 0; n < 3; n++) {
		char want[3] = { 'p', (char)('1' + n), '\0' };

		ck_assert(
		    str_eq(secret_reveal(out.item[n].secret), str_of(want)));
		for (size_t o = 0; o < n; o++)
			ck_assert_str_ne(buf_cstr(&out.item[n].path),
			    buf_cstr(&out.item[o].path));
	}
	secret_files_free(&out);
	buf_free(&text);
	found_free(&f);
}
END_TEST

/* -- which program -------------------------------------------------------- */

static const struct {
	const char *path, *text, *program;
} guess[] = {
	{ "/x/msmtprc", "", "msmtp" },
	{ "/home/ann/.msmtprc", "", "msmtp" },
	{ "/home/ann/.config/msmtp/config", "", "msmtp" },
	{ "/etc/ssmtp/ssmtp.conf", "", "ssmtp" },
	{ "dma.conf", "", "dma" },
	{ "/etc/nullmailer/remotes", "", "nullmailer" },
	{ ".esmtprc", "", "esmtp" },
	{ "/x/main.cf", "", "postfix" },
	{ "update-exim4.conf.conf", "", "exim" },
	{ "/etc/smtpd.conf", "", "opensmtpd" },
	{ "main.cf.2024-01-31", "", "postfix" },
	{ "/x/msmtprc~", "", "msmtp" },
	{ "msmtprcs", "", NULL },
	{ "old", "account default\nhost a.example\n", "msmtp" },
	{ "old", "root=me\nmailhub=a.example\nUseTLS=YES\n", "ssmtp" },
	{ "old", "SMARTHOST a.example\nSECURETRANS\n", "dma" },
	{ "old", "hostname = a.example:25\nusername = me\n", "esmtp" },
	{ "old", "relayhost = [a.example]\nmyorigin = b.example\n", "postfix" },
	{ "old",
	    "dc_eximconfig_configtype='satellite'\n"
	    "dc_smarthost='a.example'\n",
	    "exim" },
	{ "old", "action r relay host a.example\nmatch for any action r\n",
	    "opensmtpd" },
	{ "old", "Dear Sir or Madam,\n\nhost me.\n", NULL },
	{ "config", "", NULL },
};

START_TEST(a_file_tells_whose_it_is)
{
	struct loader loader = { .load = load, .list = list };
	struct import i = { .loader = &loader,
		.path = str_of(guess[_i].path),
		.home = STR("/home/ann") };
	struct found f = { 0 };
	struct err e = { 0 };

	loader.arg = &loader;
	files = (struct files){ guess[_i].path, str_of(guess[_i].text), NULL,
		NULL, false };
	(void)import_read(&i, &f, &e);
	if (guess[_i].program == NULL)
		ck_assert_ptr_null(f.program);
	else
		ck_assert_msg(f.program != NULL &&
			strcmp(f.program, guess[_i].program) == 0,
		    "%s", guess[_i].text);
	found_free(&f);
	err_clear(&e);
}
END_TEST

START_TEST(files_are_looked_for_where_their_programs_do)
{
	struct loader loader = { .load = load, .list = list };
	struct strs found = { 0 };

	loader.arg = &loader;
	files = (struct files){ "/etc/msmtprc", STR(""), "/home/ann/.msmtprc",
		"", false };
	import_find(&loader, STR("/home/ann"), true, &found);
	ck_assert_uint_eq(found.count, 2);
	ck_assert_str_eq(buf_cstr(&found.item[0]), "/home/ann/.msmtprc");
	strs_free(&found);
	import_find(&loader, STR("/home/ann"), false, &found);
	ck_assert_str_eq(buf_cstr(&found.item[0]), "/etc/msmtprc");
	strs_free(&found);
	import_find(&loader, STR(""), true, &found);
	ck_assert_uint_eq(found.count, 1);
	strs_free(&found);
}
END_TEST

/* What is beside a file that was moved counts, and nothing of this machine. */
START_TEST(a_file_elsewhere_has_its_company_with_it)
{
	struct buf out = { 0 }, said = { 0 };
	struct err e = { 0 };

	files = (struct files){ "/old/ssmtp.conf", STR("mailhub=localhost\n"),
		"/etc/ssmtp/revaliases", "me:you@x.example\n", false };
	ck_assert_int_eq(import("ssmtp", WRITE_FILES, &out, &said, &e), 0);
	ck_assert_ptr_null(strstr(buf_cstr(&out), "you@"));
	buf_reset(&out);
	files.path2 = "/old/revaliases";
	ck_assert_int_eq(import("ssmtp", WRITE_FILES, &out, &said, &e), 0);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out), "you@"));
	buf_reset(&out);
	files.path = "/etc/ssmtp/ssmtp.conf";
	files.path2 = "/etc/ssmtp/revaliases";
	ck_assert_int_eq(import("ssmtp", WRITE_FILES, &out, &said, &e), 0);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out), "you@"));
	buf_free(&out);
	buf_free(&said);
}
END_TEST

START_TEST(a_directory_with_remotes_is_nullmailers)
{
	struct loader loader = { .load = load, .list = list };
	struct import i = { .loader = &loader, .path = STR("/x/n/") };
	struct found f = { 0 };
	struct err e = { 0 };

	loader.arg = &loader;
	files = (struct files){ "/x/n/remotes", STR("a.example\n"), "/x/n/me",
		"w.example\n", false };
	ck_assert_int_eq(import_read(&i, &f, &e), 0);
	ck_assert_str_eq(f.program, "nullmailer");
	ck_assert(str_eq(outlet_value(&f.outlet[0], "helo"), STR("w.example")));
	found_free(&f);
}
END_TEST

int
main(void)
{
	const struct test_row tests[] = {
		{ each_format_is_read, TABLE_COUNT(rows) },
		{ every_line_that_says_something_gets_a_remark,
		    TABLE_COUNT(rows) },
		{ no_bytes_break_a_reader,
		    TABLE_COUNT(hostile) * formats_count() },
		{ a_large_file_takes_no_time, formats_count() },
		{ values_of_nothing_end_as_well, 0 },
		{ a_password_is_printed_only_if_asked, 0 },
		{ each_password_gets_a_file_of_its_own, 0 },
		{ a_file_tells_whose_it_is, TABLE_COUNT(guess) },
		{ files_are_looked_for_where_their_programs_do, 0 },
		{ a_file_elsewhere_has_its_company_with_it, 0 },
		{ a_directory_with_remotes_is_nullmailers, 0 },
	};

	return RUN("import", tests);
}

// SPDX-License-Identifier: ISC
/*
 * config.h - what the administrator wants, in types
 *
 * The file is read once and becomes this; nobody behind it sees the file.
 * Each key is a row in keys.c, and the members here have the keys' names.
 * Accounts are flat: what a section does not say it has from the top level
 * already, except that nothing which belongs to one relay (login, secrets, TLS
 * exceptions) is inherited by an account with another relay.
 */
#ifndef MINISMTP_CONFIG_CONFIG_H
#define MINISMTP_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/strs.h"
#include "config/file.h"
#include "config/mistakes.h"

enum relay_kind {
	RELAY_HOST,		/* name or address, port */
	RELAY_SRV,		/* srv:domain: _submissions, _submission */
	RELAY_MX,		/* mx:domain */
	RELAY_UNIX,		/* unix:/path */
	RELAY_DISCARD		/* discard: taken, logged, thrown away */
};

struct relay {
	enum relay_kind kind;
	bool lmtp;		/* lmtp: in front of a host or unix: */
	struct buf host;	/* or domain, or path; literals bare */
	int port;		/* 0: not said */
	struct buf text;	/* as written, for log and trace */
};

enum tls_mode {
	TLS_BY_PORT,		/* not said: 465 implicit, else STARTTLS */
	TLS_STARTTLS,
	TLS_IMPLICIT,
	TLS_OFF
};

enum verify_mode {		/* as enum tls_verify in net/tls.h */
	VERIFY_YES,
	VERIFY_PIN,
	VERIFY_DANE,
	VERIFY_NO
};

enum force_sender {
	FORCE_BY_SENDER,	/* not said: envelope if there is a sender */
	FORCE_NO,
	FORCE_ENVELOPE,
	FORCE_HEADER,
	FORCE_BOTH
};

enum auto_submitted {
	AUTO_SUBMITTED_AUTO,
	AUTO_SUBMITTED_NO
};

enum sandbox_mode {
	SANDBOX_YES,		/* as much as this kernel has */
	SANDBOX_NO,
	SANDBOX_STRICT		/* all of it, or no delivery */
};

enum deliver_mode {
	DELIVER_NOW,
	DELIVER_QUEUE		/* only the service runs the relay */
};

/* "100/h" or "25M/d": one of the two counts, the other is 0. */
struct rate {
	uint64_t messages;
	uint64_t bytes;
	int64_t seconds;
};

/* Times are in seconds; 0 is "never" or "off" where the key allows it. */
struct account {
	struct buf name;	/* empty: the top level */
	struct strs from;	/* patterns, see account.h */

	struct relay *relay;	/* in order of preference */
	size_t relays;
	struct strs command;	/* argv of a transport, instead of relay */
	struct buf helo;	/* empty: the host's own name */
	struct strs source_address;
	struct buf proxy;	/* host of a SOCKS5 proxy, or empty */
	int proxy_port;

	struct buf user;
	struct secret password;		/* at most one of these four */
	struct buf password_file;
	struct strs password_command;	/* argv, no shell */
	struct buf credential;		/* in $CREDENTIALS_DIRECTORY */
	struct buf auth;	/* "auto", "off", or a mechanism's name */
	bool auth_without_tls;

	enum tls_mode tls;
	enum verify_mode tls_verify;
	struct buf tls_ca, tls_crl;
	struct strs tls_pin;	/* "sha256:" and 64 hex digits, or base64 */
	struct buf tls_cert, tls_key;
	struct buf tls_min;	/* "1.2" or "1.3" */
	struct buf tls_priority;
	bool tls_resume;

	struct buf sender;	/* address or pattern, see sender.h */
	enum force_sender force_sender;
	struct buf domain;	/* empty: see local_domain() */
	struct strs redirect;
	struct strs header;	/* "Name: value" */
	struct strs remove_headers;
	bool mailer;
	bool received;
	bool undisclosed;	/* To: undisclosed-recipients:; if need be */
	enum auto_submitted auto_submitted;
	bool hold;

	int64_t connect_timeout, reply_timeout, data_timeout, session_timeout;
	uint64_t size_limit;	/* 0: the relay's own */
	int connections, window, recipient_limit;
	bool trace;
};

struct config {
	struct account *account;	/* [0] is the top level, always there */
	size_t accounts;

	struct strs local_domains;
	struct buf aliases;
	struct strs admin;
	bool forward;

	int64_t patience;
	int64_t retry_min, retry_max;	/* the key is retry = { 1m, 1h } */
	int64_t lifetime, bounce_lifetime, warn_after;
	int64_t fold;
	struct rate *limit;
	size_t limits;
	int syslog_facility;	/* LOG_MAIL, ... */
	enum sandbox_mode sandbox;
	enum deliver_mode deliver;
};

/*
 * Opens, checks, scans, parses and validates.  -1 where the file cannot be had
 * or trusted (then only e says why) and where it has mistakes (then m has all
 * of them, and e the first).  c is only of use after 0, but may always be
 * freed.  The environment is the caller's to clear: nothing here needs it but
 * ${VAR} in a personal configuration.
 */
int config_load(struct config *c, const char *path, enum file_trust trust,
    struct mistakes *m, struct err *e);

/* The same for a text that is already here; loader gets the included ones. */
int config_parse(struct config *c, const char *name, struct str text,
    const struct loader *loader, struct mistakes *m, struct err *e);

void config_free(struct config *c);

/* The account of that name, or NULL. */
const struct account *config_account(const struct config *c, struct str name);

/* What FORCE_BY_SENDER comes to: never FORCE_BY_SENDER. */
enum force_sender account_force(const struct account *a);

/* Is there a secret in the file itself, so that others must not read it? */
bool config_has_password(const struct config *c);

#endif

// SPDX-License-Identifier: ISC
/*
 * exim.c - Debian's update-exim4.conf.conf, passwd.client, email-addresses
 */
#include "import/format.h"

#include "import/sender_of.h"
#include "import/take.h"

#define PASSWORDS STR("/etc/exim4/passwd.client")
#define ADDRESSES STR("/etc/email-addresses")

enum own {
	HIDE = 1
};

struct reading {
	struct str type, readhost;	/* views into the text */
};

static struct reading *
reading(struct importer *im)
{
	return im->own;
}

static void
take_type(struct importer *im, struct str value)
{
	reading(im)->type = value;
	if (str_eq(value, STR("smarthost")) || str_eq(value, STR("satellite")))
		importer_noted(im, "it is always so");
	else
		importer_no_equal(im,
		    "only smarthost and satellite send all mail to a relay");
}

/*
 * One of dc_smarthost: host, host::port or [address]::port; a colon of an
 * address is doubled as well.
 */
static void
host_and_port(struct str item, struct buf *host, struct str *port)
{
	struct str inner = item, rest;

	*port = STR("");
	if (str_eat(&inner, STR("[")) && str_eat_until(&inner, ']', &rest)) {
		if (str_eat(&inner, STR("::")))
			*port = inner;
		item = rest;
	} else {
		size_t colons = 0;

		for (size_t i = 0; i < item.len; i++)
			colons += item.ptr[i] == ':';
		if (colons == 2 && str_cut_last(item, ':', &rest, port)) {
			item = rest;
			item.len -= item.len > 0 &&
			    item.ptr[item.len - 1] == ':';
		}
	}
	for (size_t i = 0; i < item.len; i++) {
		buf_putc(host, item.ptr[i]);
		if (item.ptr[i] == ':' && i + 1 < item.len &&
		    item.ptr[i + 1] == ':')
			i++;
	}
}

/* The first is the relay, the others stand behind it. */
static void
one_smarthost(struct importer *im, struct str item)
{
	struct outlet *o = importer_outlet(im);
	struct buf host = { 0 }, text = { 0 };
	struct str port;
	int number = 25;

	host_and_port(item, &host, &port);
	if (port.len > 0 && !importer_set_port(im, port, &number)) {
		buf_free(&host);
		return;
	}
	if (o->host.len == 0) {
		importer_set_host(im, buf_str(&host));
		o->port = number;
		importer_taken(im, "relay");
	} else {
		buf_printf(&text,
		    str_has(buf_str(&host), ':') ? "[%s]:%d" : "%s:%d",
		    buf_cstr(&host), number);
		if (importer_add(im, "relay", buf_str(&text))) {
			strs_add(&o->spare, buf_str(&text));
			importer_taken(im, "relay, if the first is down");
		}
		outlet_unset(o, "relay");	/* settle() has the first */
	}
	buf_free(&host);
	buf_free(&text);
}

static void
take_smarthost(struct importer *im, struct str value)
{
	struct str item;

	(void)str_eat(&value, STR("<;"));
	while (value.len > 0) {
		if (!str_eat_until(&value, ';', &item)) {
			item = value;
			value.len = 0;
		}
		item = str_trim(item);
		if (item.len > 0)
			one_smarthost(im, item);
	}
}

/* Names between ";" or, in old files, ":". */
static void
take_names(struct importer *im, struct str value)
{
	struct buf names = { 0 };

	for (size_t i = 0; i < value.len; i++)
		buf_putc(&names,
		    value.ptr[i] == ';' || value.ptr[i] == ':' ? ' ' :
								 value.ptr[i]);
	take_list(im, buf_str(&names));
	buf_free(&names);
}

static void
take_readhost(struct importer *im, struct str value)
{
	reading(im)->readhost = value;
	if (value.len == 0)
		importer_taken(im, "domain");
	else if (importer_set(im, "domain", value))
		importer_taken(im, "domain");
}

static void
take_split(struct importer *im, struct str value)
{
	if (str_eq(value, STR("true")))
		importer_no_equal(im,
		    "what was changed in conf.d by hand is not read");
	else
		importer_noted(im, "nothing here needs it");
}

#define RECEIVES "no mail is received from a network"
#define NO_NEED "nothing here needs it"

static const struct row words[] = {
	{ "CFILEMODE", NULL, NULL, NO_NEED, 0 },
	{ "dc_eximconfig_configtype", NULL, take_type, NULL, 0 },
	{ "dc_hide_mailname", "domain", take_on, NULL, HIDE },
	{ "dc_local_interfaces", NULL, NULL, RECEIVES, 0 },
	{ "dc_localdelivery", NULL, NULL,
	    "no mail is kept on this machine: "
	    "aliases and admin say who gets that of local users",
	    0 },
	{ "dc_mailname_in_oh", NULL, NULL, NO_NEED, 0 },
	{ "dc_minimaldns", NULL, NULL, NO_NEED, 0 },
	{ "dc_other_hostnames", "local_domains", take_names, NULL, 0 },
	{ "dc_readhost", NULL, take_readhost, NULL, 0 },
	{ "dc_relay_domains", NULL, NULL, RECEIVES, 0 },
	{ "dc_relay_nets", NULL, NULL, RECEIVES, 0 },
	{ "dc_smarthost", NULL, take_smarthost, NULL, 0 },
	{ "dc_use_split_config", NULL, take_split, NULL, 0 },
	{ "ue4c_keepcomments", NULL, NULL, NO_NEED, 0 },
};

/* /etc/mailname, unless dc_readhost hides it. */
static void
read_mailname(struct importer *im)
{
	struct buf text = { 0 };
	struct importer in;
	struct str rest, line;

	if (!importer_load_near(im, STR("/etc/mailname"), &text, &in))
		return;
	rest = buf_str(&text);
	in.word = STR("mailname");
	if (!importer_line(&in, &rest, &line))
		line = STR("");
	if (line.len > 0 && reading(im)->readhost.len > 0)
		importer_no_equal(&in, "dc_readhost hides it");
	else if (line.len > 0 && importer_set(&in, "domain", line))
		importer_taken(&in, "domain");
	buf_free(&text);
}

/* A key may have a * in front: "*.example.com", "*". */
static bool
key_fits(struct str key, struct str host)
{
	if (str_eat(&key, STR("*")))
		return str_iends(host, key);
	return str_ieq(key, host);
}

/* A password goes to the hosts that it is for. */
static void
check_spare(struct importer *im, struct str target)
{
	struct outlet *o = importer_outlet(im);
	struct strs kept = { 0 };

	for (size_t i = 0; i < o->spare.count; i++) {
		struct str relay = strs_at(&o->spare, i), host, port;

		if (str_cut_last(relay, ':', &host, &port) &&
		    key_fits(target, host)) {
			strs_add(&kept, relay);
			continue;
		}
		im->word = relay;
		importer_no_equal(im,
		    "a further relay has the login of the "
		    "first, and this login is not for it");
	}
	strs_free(&o->spare);
	o->spare = kept;
}

/* target:login:password; the first whose target fits. */
static bool
login(struct importer *im, struct str line)
{
	struct str target, user;

	im->word = STR("login");
	if (!str_eat_until(&line, ':', &target) ||
	    !str_eat_until(&line, ':', &user)) {
		importer_no_equal(im, "a line is host:login:password");
		return false;
	}
	im->word = target;
	if (!key_fits(str_trim(target), buf_str(&importer_outlet(im)->host))) {
		importer_no_equal(im, "it is not for the relay");
		return false;
	}
	if (str_has(target, '*'))
		importer_less_safe(im,
		    "the password was for any host of that "
		    "pattern; here it is for the relay alone");
	if (importer_set(im, "user", str_trim(user)))
		importer_set_password(im, line);
	check_spare(im, str_trim(target));
	return true;
}

static void
read_passwords(struct importer *im)
{
	struct buf text = { 0 };
	struct importer in;
	struct str rest, line;

	if (!importer_load_near(im, PASSWORDS, &text, &in))
		return;
	rest = buf_str(&text);
	while (importer_line(&in, &rest, &line)) {
		if (login(&in, line))
			break;
	}
	buf_wipe(&text);
}

static void
read_addresses(struct importer *im)
{
	struct buf text = { 0 };
	struct importer in;
	struct str rest, line, name;

	if (!importer_load_near(im, ADDRESSES, &text, &in))
		return;
	rest = buf_str(&text);
	while (importer_line(&in, &rest, &line)) {
		in.word = line;
		if (str_eat_until(&line, ':', &name))
			sender_of(&in, str_trim(name), str_trim(line), "both");
		else
			importer_no_equal(&in, "a line is name: address");
	}
	buf_free(&text);
}

/* name='value', as a shell assigns; nothing in it is expanded. */
static void
read_line(struct importer *im, struct str line)
{
	struct str name, value = line;

	if (!str_eat_until(&value, '=', &name)) {
		im->word = line;
		importer_no_equal(im, "a line is name='value'");
		return;
	}
	if (value.len > 1 && (value.ptr[0] == '\'' || value.ptr[0] == '"') &&
	    value.ptr[value.len - 1] == value.ptr[0])
		value = str_head(str_skip(value, 1), value.len - 2);
	importer_word(im, WORDS(words), name, value);
}

static bool
has_relay(const struct reading *r)
{
	return str_eq(r->type, STR("smarthost")) ||
	    str_eq(r->type, STR("satellite"));
}

void
read_exim(struct importer *im, struct str text)
{
	struct reading r = { { "", 0 }, { "", 0 } };
	struct outlet *o = importer_outlet(im);
	struct str line;

	im->own = &r;
	while (importer_line(im, &text, &line))
		read_line(im, line);
	/* Exim takes TLS where it is offered, and believes any certificate. */
	o->tls = FOUND_TLS_MAYBE;
	o->unverified = true;
	o->tls_at = o->verify_at = o->host_at;
	if (!has_relay(&r))
		buf_reset(&o->host);
	read_mailname(im);
	read_passwords(im);
	read_addresses(im);
	im->own = NULL;
}

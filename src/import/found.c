// SPDX-License-Identifier: ISC
/*
 * found.c - what an old configuration comes to
 */
#include "import/found.h"

#include <assert.h>
#include <stdlib.h>

#include "base/xmem.h"

struct outlet *
found_find(const struct found *f, struct str name)
{
	for (size_t i = 0; i < f->outlets; i++) {
		if (str_ieq(buf_str(&f->outlet[i].name), name))
			return &f->outlet[i];
	}
	return NULL;
}

static bool
is_aside(struct str name)
{
	return name.len > 0 && name.ptr[0] == '\n';
}

bool
outlet_is_aside(const struct outlet *o)
{
	return is_aside(buf_str(&o->name));
}

struct outlet *
found_first(struct found *f)
{
	for (size_t i = 0; i < f->outlets; i++) {
		if (f->outlet[i].host.len > 0 &&
		    !outlet_is_aside(&f->outlet[i]))
			return &f->outlet[i];
	}
	return &f->outlet[0];
}

struct outlet *
found_outlet(struct found *f, struct str name)
{
	struct outlet *o = found_find(f, name);

	if (o != NULL)
		return o;
	if (f->outlets >= OUTLETS_MAX && !is_aside(name))
		return NULL;
	f->outlet = xgrow(f->outlet, f->outlets, sizeof(*f->outlet));
	o = &f->outlet[f->outlets++];
	*o = (struct outlet){ 0 };
	buf_set(&o->name, name);
	return o;
}

static void
strs_copy(struct strs *to, const struct strs *from)
{
	strs_free(to);
	for (size_t i = 0; i < from->count; i++)
		strs_add(to, strs_at(from, i));
}

static void
outlet_free(struct outlet *o)
{
	for (size_t i = 0; i < o->settings; i++)
		strs_free(&o->setting[i].values);
	free(o->setting);
	buf_free(&o->name);
	buf_free(&o->host);
	buf_free(&o->proxy);
	strs_free(&o->spare);
	secret_free(&o->password);
	strs_free(&o->hints);
	*o = (struct outlet){ 0 };
}

void
found_drop(struct found *f, size_t i)
{
	outlet_free(&f->outlet[i]);
	for (f->outlets--; i < f->outlets; i++)
		f->outlet[i] = f->outlet[i + 1];
}

static struct setting *
get(struct outlet *o, const char *name)
{
	const struct key *key = keys_find(str_of(name));
	struct setting *s;

	assert(key != NULL);
	for (size_t i = 0; i < o->settings; i++) {
		if (o->setting[i].key == key)
			return &o->setting[i];
	}
	o->setting = xgrow(o->setting, o->settings, sizeof(*o->setting));
	s = &o->setting[o->settings++];
	*s = (struct setting){ .key = key };
	return s;
}

/* What is the machine's stays where it is. */
static void
copy_settings(struct outlet *to, const struct outlet *from)
{
	for (size_t i = 0; i < from->settings; i++) {
		if (from->setting[i].key->where != KEY_TOP)
			strs_copy(&get(to, from->setting[i].key->name)->values,
			    &from->setting[i].values);
	}
}

static void
copy_password(struct outlet *to, const struct outlet *from)
{
	secret_free(&to->password);
	if (secret_is_set(&from->password))
		secret_set(&to->password, secret_reveal(&from->password));
	to->exposed = from->exposed;
	to->password_at = from->password_at;
}

void
outlet_merge(struct outlet *to, const struct outlet *from)
{
	const struct key *command = keys_find(STR("password_command"));

	copy_settings(to, from);
	if (from->host.len > 0) {
		buf_set(&to->host, buf_str(&from->host));
		to->host_at = from->host_at;
		to->lmtp = from->lmtp;
		to->mx = from->mx;
	}
	if (from->port > 0)
		to->port = from->port;
	if (from->proxy.len > 0)
		buf_set(&to->proxy, buf_str(&from->proxy));
	if (from->proxy_port > 0)
		to->proxy_port = from->proxy_port;
	/* One way to say a password takes the place of the other. */
	if (secret_is_set(&from->password) || outlet_get(from, command))
		copy_password(to, from);
	to->own = (to->own & ~from->said) | (from->own & from->said);
	to->said |= from->said;
	if (from->tls_at.line > 0)
		to->tls_at = from->tls_at;
	if (from->verify_at.line > 0)
		to->verify_at = from->verify_at;
}

void
outlet_copy(struct outlet *to, const struct outlet *from)
{
	struct outlet new = *from;

	new.name = to->name;
	new.at = to->at;
	new.setting = to->setting;
	new.settings = to->settings;
	for (size_t i = 0; i < new.settings; i++) {
		if (new.setting[i].key->where != KEY_TOP)
			strs_free(&new.setting[i].values);
	}
	copy_settings(&new, from);
	new.host = new.proxy = (struct buf){ 0 };
	buf_add(&new.host, buf_str(&from->host));
	buf_add(&new.proxy, buf_str(&from->proxy));
	new.spare = new.hints = (struct strs){ 0 };
	strs_copy(&new.spare, &from->spare);
	strs_copy(&new.hints, &from->hints);
	new.password = (struct secret){ 0 };
	copy_password(&new, from);
	/* What has moved over is no longer the old one's to free. */
	to->name = (struct buf){ 0 };
	to->setting = NULL;
	to->settings = 0;
	outlet_free(to);
	*to = new;
}

void
outlet_set(struct outlet *o, const char *key, struct str value)
{
	struct setting *s = get(o, key);

	strs_free(&s->values);
	strs_add(&s->values, value);
}

void
outlet_append(struct outlet *o, const char *key, struct str value)
{
	strs_add(&get(o, key)->values, value);
}

void
outlet_add(struct outlet *o, const char *key, struct str value)
{
	struct setting *s = get(o, key);

	if (!strs_has(&s->values, value))
		strs_add(&s->values, value);
}

void
outlet_unset(struct outlet *o, const char *key)
{
	strs_free(&get(o, key)->values);
}

const struct setting *
outlet_get(const struct outlet *o, const struct key *key)
{
	for (size_t i = 0; i < o->settings; i++) {
		if (o->setting[i].key == key && o->setting[i].values.count > 0)
			return &o->setting[i];
	}
	return NULL;
}

struct str
outlet_value(const struct outlet *o, const char *key)
{
	const struct setting *s = outlet_get(o, keys_find(str_of(key)));

	return s != NULL ? strs_at(&s->values, 0) : STR("");
}

void
found_free(struct found *f)
{
	for (size_t i = 0; i < f->outlets; i++)
		outlet_free(&f->outlet[i]);
	free(f->outlet);
	strs_free(&f->files);
	remarks_free(&f->remarks);
	*f = (struct found){ 0 };
}

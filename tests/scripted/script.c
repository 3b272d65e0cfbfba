// SPDX-License-Identifier: ISC
/*
 * script.c - reading scripts, and finding what holds now
 */
#include "script.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "actions.h"
#include "base/fd.h"
#include "base/xmem.h"

#define SCRIPT_MAX 1048576

struct reader {
	struct script *script;
	struct part *part;	/* or NULL before the first line */
	struct steps *steps;	/* where the next step goes */
	const char *path;
	unsigned line;
};

_Noreturn static void
complain(const struct reader *r, const char *words)
{
	(void)fprintf(stderr, "%s:%u: %s\n", r->path, r->line, words);
	exit(EXIT_FAILURE);
}

static void
begin_part(struct reader *r, bool always)
{
	struct script *script = r->script;

	script->part = xgrow(script->part, script->parts,
	    sizeof(*script->part));
	r->part = &script->part[script->parts++];
	*r->part = (struct part){ .always = always };
	r->steps = &r->part->steps;
}

static void
begin_rule(struct reader *r, struct str pattern, bool once)
{
	struct part *part = r->part;
	struct rule *rule;

	part->rule = xgrow(part->rule, part->rules, sizeof(*part->rule));
	rule = &part->rule[part->rules++];
	*rule = (struct rule){ .pattern = xstrdup(pattern), .once = once };
	r->steps = &rule->steps;
}

static void
add_step(struct reader *r, const struct action *action, struct str rest)
{
	struct steps *to = r->steps;

	to->step = xgrow(to->step, to->count, sizeof(*to->step));
	to->step[to->count++] = (struct step){ .action = action,
	    .rest = xstrdup(rest), .line = r->line };
}

static void
read_line(struct reader *r, struct str line)
{
	const struct action *action;
	struct str word, rest = str_trim(line);

	if (rest.len == 0 || rest.ptr[0] == '#')
		return;
	if (!str_eat_until(&rest, ' ', &word)) {
		word = rest;
		rest = STR("");
	}
	rest = str_trim(rest);
	if (str_eq(word, STR("connection")) || str_eq(word, STR("always"))) {
		begin_part(r, str_eq(word, STR("always")));
		return;
	}
	if (r->part == NULL)
		begin_part(r, false);
	if (str_eq(word, STR("on")) || str_eq(word, STR("once"))) {
		begin_rule(r, rest, str_eq(word, STR("once")));
		return;
	}
	action = action_find(word);
	if (action == NULL)
		complain(r, "no such step");
	add_step(r, action, rest);
}

void
script_read(struct script *script, const char *path)
{
	struct reader r = { .script = script, .path = path };
	struct buf text = { 0 };
	struct err e = { 0 };
	struct str in, line;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fd_read_all(fd, &text, SCRIPT_MAX, &e) < 0) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	(void)close(fd);
	in = buf_str(&text);
	while (str_eat_line(&in, &line)) {
		r.line++;
		read_line(&r, line);
	}
	buf_free(&text);
}

static void
free_steps(struct steps *steps)
{
	for (size_t i = 0; i < steps->count; i++)
		free(steps->step[i].rest);
	free(steps->step);
}

void
script_free(struct script *script)
{
	for (size_t i = 0; i < script->parts; i++) {
		struct part *part = &script->part[i];

		for (size_t j = 0; j < part->rules; j++) {
			free(part->rule[j].pattern);
			free_steps(&part->rule[j].steps);
		}
		free(part->rule);
		free_steps(&part->steps);
	}
	free(script->part);
	*script = (struct script){ 0 };
}

const struct part *
script_part(const struct script *script, unsigned long connection)
{
	const struct part *last;

	if (script->parts == 0)
		return NULL;
	if (connection <= script->parts)
		return &script->part[connection - 1];
	last = &script->part[script->parts - 1];
	return last->always ? last : NULL;
}

void
script_run(struct session *s, const struct steps *steps)
{
	for (size_t i = 0; i < steps->count && !s->stream.over; i++)
		action_run(s, &steps->step[i]);
}

const struct rule *
script_rule(struct session *s, struct str command)
{
	char *line = xstrdup(command);
	const struct rule *found = NULL;

	for (size_t i = 0; s->part != NULL && i < s->part->rules; i++) {
		const struct rule *rule = &s->part->rule[i];
		struct buf pattern = { 0 };
		int miss;

		if (rule->once && s->fired[i])
			continue;
		buf_printf(&pattern, "%s*", rule->pattern);
		miss = fnmatch(buf_cstr(&pattern), line, FNM_CASEFOLD);
		buf_free(&pattern);
		if (miss == 0) {
			s->fired[i] = true;
			found = rule;
			break;
		}
	}
	free(line);
	return found;
}

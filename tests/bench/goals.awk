# SPDX-License-Identifier: ISC
# goals.awk - which goals were reached (behind measure.awk)
#
#	awk -v form=text|json -v goals=FILE -f measure.awk -f goals.awk RESULTS
function trim(s) {
	gsub(/^ +| +$/, "", s)
	return s
}

# Worse of two, one of which may not be known.
function worse(a, b, relation) {
	if (a == "" || b == "")
		return a == "" ? b : a
	return (relation == "<=") == (a > b) ? a : b
}

# One row: itself, or beside each of those others.
function figure(what, who, word, relation, others,    n, k, other, worst) {
	if (word == "peak")
		return largest(what SUBSEP who)
	if (others == "")
		return mid(what SUBSEP who, word)
	worst = ""
	n = split(others, other, " ")
	for (k = 1; k <= n; k++)
		worst = worse(worst, pairwise(what SUBSEP who,
		    what SUBSEP other[k], word), relation)
	return worst
}

function largest(key,    n, k, name, most) {
	most = ""
	n = split(programs[key], name, " ")
	for (k = 1; k <= n; k++)
		most = worse(most, peak[key, name[k]] / 1024, "<=")
	return most
}

function fits(what, patterns,    n, k, pattern) {
	n = split(patterns, pattern, ",")
	for (k = 1; k <= n; k++)
		if (what ~ "^" pattern[k] "$")
			return 1
	return 0
}

# All rows; sets where, the worst of them, if there are several.
function reached(patterns, names, word, relation, others,
    t, n, k, name, f, least, most, worst, spread, count) {
	spread = sub(/^spread /, "", word)
	worst = least = most = where = ""
	n = split(names, name, " ")
	for (t = 1; t <= total; t++) {
		if (!fits(whats[t], patterns))
			continue
		for (k = 1; k <= n; k++) {
			f = figure(whats[t], name[k], word, relation, others)
			if (f == "")
				continue
			count++
			least = worse(least, f, ">=")
			most = worse(most, f, "<=")
			if (worse(worst, f, relation) == f) {
				worst = f
				where = whats[t]
			}
		}
	}
	if (count < 2 || spread)
		where = ""
	if (spread)
		return count > 1 && least > 0 ? most / least : ""
	return worst
}

function is_met(f, relation, bound) {
	return relation == "<=" ? f <= bound : f >= bound
}

function say_text(title, relation, bound, f, met) {
	print "| " title " | " (relation == "<=" ? "at most " : "at least ") \
	    bound " | " show(f) (where != "" && f != "" ? " (" where ")" : "") \
	    " | " (f == "" ? "not measured" : met ? "yes" : "no") " |"
}

function say_json(title, relation, bound, f, met) {
	print (said++ > 0 ? "," : "") "{\"goal\": \"" title \
	    "\", \"relation\": \"" relation "\", \"bound\": " bound \
	    (f == "" ? "" : ", \"reached\": " sprintf("%.3f", f)) \
	    (where == "" ? "" : ", \"where\": \"" where "\"") \
	    ", \"met\": " (f == "" ? "null" : met ? "true" : "false") "}"
}

END {
	if (form == "json")
		print "["
	else
		print "| goal | how far | reached | met |\n|---|---|---|---|"
	while ((getline line < goals) > 0) {
		if (line ~ /^#/ || split(line, part, "|") < 6)
			continue
		for (c = 1; c <= 6; c++)
			part[c] = trim(part[c])
		split(part[5], far, " ")
		bound = far[2] + 0
		f = reached(part[2], part[3], part[4], far[1], part[6])
		if (form == "json")
			say_json(part[1], far[1], bound, f,
			    is_met(f, far[1], bound))
		else
			say_text(part[1], far[1], bound, f,
			    is_met(f, far[1], bound))
	}
	if (form == "json")
		print "]"
}

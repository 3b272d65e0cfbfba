# SPDX-License-Identifier: ISC
# table.awk - lines of "what who word=number ..." to tables, or to JSON
#
# Of each word the median of all rounds, and for time and CPU the median of the
# ratios to minismtp (for the wire form: to a copy) in the same round.
function median(list, n,    i, k, t) {
	for (i = 2; i <= n; i++)
		for (k = i; k > 1 && list[k - 1] > list[k]; k--) {
			t = list[k]
			list[k] = list[k - 1]
			list[k - 1] = t
		}
	if (n == 0)
		return ""
	return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}

function mid(key, word,    i, n, list) {
	for (i = 1; i <= rounds[key]; i++)
		if ((key, i, word) in value)
			list[++n] = value[key, i, word]
	return median(list, n)
}

function ratio(what, who, word,    i, n, list, base) {
	base = what ~ /^wire/ ? "copy" : what ~ /^start/ ? "static" : "minismtp"
	base = what SUBSEP base
	for (i = 1; i <= rounds[what, who]; i++)
		if (((base, i, word) in value) && value[base, i, word] > 0 &&
		    ((what, who, i, word) in value))
			list[++n] = value[what, who, i, word] / \
			    value[base, i, word]
	return median(list, n)
}

# A number with as many digits as it deserves.
function show(n) {
	if (n == "")
		return "-"
	return sprintf(n >= 100 ? "%.0f" : n >= 10 ? "%.1f" : "%.2f", n)
}

function times(what) {
	return what ~ /^start/ ? 50 : 1
}

# -- what is made of what was measured

function derive(what, who,    key, n, i, wall, cpu) {
	key = what SUBSEP who
	for (i = 1; i <= rounds[key]; i++) {
		n = value[key, i, "messages"]
		if (what ~ /^accept/)
			n = what ~ /at-once/ ? 320 : who == "minismtp" ? 100 : 50
		if (what ~ /^start/)
			n = 50
		wall = value[key, i, "wall"]
		cpu = value[key, i, "cpu"]
		if (what ~ /^(accept|start|flush|run)/ && n > 0) {
			if (cpu != "")
				value[key, i, "each"] = cpu / n
			if (what ~ /^(flush|run)/ && wall > 0)
				value[key, i, "rate"] = n * 1000 / wall
			if ((key, i, "commits") in value)
				value[key, i, "commits_each"] = \
				    value[key, i, "commits"] / n
			if ((key, i, "flushes") in value)
				value[key, i, "flushes_each"] = \
				    value[key, i, "flushes"] / n
		}
		if (what ~ /^listing/ && match(what, /[0-9]+$/) && cpu != "")
			value[key, i, "us_entry"] = cpu * 1000 / \
			    substr(what, RSTART)
		if (match(what, /^trips.*-[0-9]+-ms/) && wall > 0) {
			split(what, part, "-")
			value[key, i, "trips"] = wall / part[3]
		}
		if (match(what, /^[0-9]+-MB/) && wall > 0) {
			n = what + 0
			value[key, i, "speed"] = n * 1000 / wall
			if (cpu != "")
				value[key, i, "cpu_100"] = cpu / 10 / n
			if ((key, i, "written") in value)
				value[key, i, "times"] = \
				    value[key, i, "written"] * 1.024e-3 / n
		}
		if (what ~ /^wire/ && cpu > 0)
			value[key, i, "speed_cpu"] = \
			    value[key, i, "bytes"] / 1000 / cpu
	}
}

BEGIN {
	# the word, its heading, and in which parts it is of interest
	columns = split("wall:ms:one|trips|listing " \
	    "wall/:x:one|trips " \
	    "trips:trips:trips " \
	    "cpu:CPU_ms:one|trips|listing " \
	    "cpu/:x:one " \
	    "speed:MB/s:[0-9] " \
	    "wall/:x:[0-9] " \
	    "cpu_100:CPU_s_per_100_MB:[0-9] " \
	    "cpu/:x:[0-9] " \
	    "times:times_written:[0-9] " \
	    "rate:messages/s:flush|run " \
	    "each:CPU_ms_each:accept|start|flush|run " \
	    "cpu/:x:start " \
	    "commits_each:commits_each:accept " \
	    "flushes_each:flushes_each:accept " \
	    "connections:connections:flush|run " \
	    "us_entry:us_per_entry:listing " \
	    "speed_cpu:MB_per_CPU_s:wire " \
	    "speed_cpu/:of_a_copy:wire " \
	    "libraries:libraries:mapped", column, " ")
}

NF >= 3 {
	key = $1 SUBSEP $2
	if (!(key in rounds)) {
		if (!($1 in whos))
			whats[++total] = $1
		whos[$1] = whos[$1] " " $2
	}
	i = ++rounds[key]
	for (f = 3; f <= NF; f++) {
		split($f, pair, "=")
		if (pair[1] == "each")
			note_sizes(key, pair[2])
		else
			value[key, i, pair[1]] = pair[2] + 0
	}
	failed[key] += value[key, i, "failed"]
}

# name:KiB,name:KiB: the largest of all rounds
function note_sizes(key, list,    n, k, size, one) {
	n = split(list, size, ",")
	for (k = 1; k <= n; k++) {
		split(size[k], one, ":")
		if (!((key, one[1]) in peak))
			programs[key] = programs[key] " " one[1]
		if (one[2] + 0 > peak[key, one[1]])
			peak[key, one[1]] = one[2] + 0
	}
}

function sizes(key,    n, k, name, out) {
	n = split(programs[key], name, " ")
	for (k = 1; k <= n; k++)
		out = out (k > 1 ? ", " : "") name[k] \
		    sprintf(" %.1f", peak[key, name[k]] / 1024)
	return out == "" ? "-" : out
}

# -- how it is shown

function kind(what,    out) {
	out = what
	sub(/-.*/, "", out)
	return out ~ /^[0-9]/ ? "MB" : out
}

function cell(what, who, word) {
	if (sub(/\/$/, "", word))
		return ratio(what, who, word)
	return mid(what SUBSEP who, word)
}

function head(what,    c, part, line, rule) {
	line = "| what | who | rounds |"
	rule = "|---|---|---|"
	for (c = 1; c <= columns; c++) {
		split(column[c], part, ":")
		if (what !~ "^(" part[3] ")")
			continue
		gsub(/_/, " ", part[2])
		line = line " " part[2] " |"
		rule = rule "---|"
	}
	if (what !~ /^mapped/) {
		line = line " MiB of each | failed |"
		rule = rule "---|---|"
	}
	print line "\n" rule
}

function row(what, who,    c, part, line) {
	line = "| " what " | " who " | " rounds[what, who] " |"
	for (c = 1; c <= columns; c++) {
		split(column[c], part, ":")
		if (what ~ "^(" part[3] ")")
			line = line " " show(cell(what, who, part[1])) " |"
	}
	if (what !~ /^mapped/)
		line = line " " sizes(what SUBSEP who) " | " \
		    failed[what, who] " |"
	print line
}

function json(what, who,    c, part, line, n, seen) {
	line = "{\"what\": \"" what "\", \"who\": \"" who "\", \"rounds\": " \
	    rounds[what, who]
	for (c = 1; c <= columns; c++) {
		split(column[c], part, ":")
		n = cell(what, who, part[1])
		if (n == "" || (part[1] in seen))
			continue
		seen[part[1]]
		if (sub(/\/$/, "_ratio", part[1]) || 1)
			line = line ", \"" part[1] "\": " sprintf("%.3f", n)
	}
	n = mid(what SUBSEP who, "rss")
	if (n != "")
		line = line ", \"rss_kib\": " n
	print (objects++ > 0 ? "," : "") line ", \"failed\": " \
	    failed[what, who] + 0 "}"
}

# All that is of one kind, wherever it stood.
function section(which, first,    t, n, k, who) {
	if (form != "json") {
		if (sections++ > 0)
			print ""
		head(first)
	}
	shown[which]
	for (t = 1; t <= total; t++) {
		if (kind(whats[t]) != which)
			continue
		n = split(whos[whats[t]], who, " ")
		for (k = 1; k <= n; k++)
			if (form == "json")
				json(whats[t], who[k])
			else
				row(whats[t], who[k])
	}
}

END {
	if (form == "json")
		print "["
	for (t = 1; t <= total; t++) {
		n = split(whos[whats[t]], who, " ")
		for (k = 1; k <= n; k++)
			derive(whats[t], who[k])
	}
	for (t = 1; t <= total; t++)
		if (!(kind(whats[t]) in shown))
			section(kind(whats[t]), whats[t])
	if (form == "json")
		print "]"
}

# SPDX-License-Identifier: ISC
# table.awk - what was measured as tables, or as JSON (behind measure.awk)
#
#	awk -v form=text|json -f measure.awk -f table.awk RESULTS
function ratio(what, who, word,    base) {
	base = what ~ /^wire/ ? "copy" : what ~ /^start/ ? "static" : "minismtp"
	return pairwise(what SUBSEP who, what SUBSEP base, word)
}

BEGIN {
	# the word, its heading, and in which parts it is of interest
	columns = split("wall:ms:one|trips|listing " \
	    "wall/:x:one|trips " \
	    "trips:trips:trips " \
	    "over:%_over_the_trips:trips " \
	    "cpu:CPU_ms:one|trips|listing " \
	    "cpu/:x:one " \
	    "speed:MB/s:[0-9] " \
	    "wall/:x:[0-9] " \
	    "cpu_100:CPU_s_per_100_MB:[0-9] " \
	    "cpu/:x:[0-9] " \
	    "times:times_written:[0-9] " \
	    "rate:messages/s:flush|run " \
	    "rate/:x:flush " \
	    "each:CPU_ms_each:accept|start|flush|run " \
	    "each/:x:accept|start|flush " \
	    "commits_each:commits_each:accept " \
	    "flushes_each:flushes_each:accept " \
	    "connections:connections:flush|run " \
	    "us_entry:us_per_entry:listing " \
	    "speed_cpu:MB_per_CPU_s:wire " \
	    "speed_cpu/:of_a_copy:wire " \
	    "libraries:libraries:mapped", column, " ")
}

function sizes(key,    n, k, name, out) {
	n = split(programs[key], name, " ")
	for (k = 1; k <= n; k++)
		out = out (k > 1 ? ", " : "") name[k] \
		    sprintf(" %.1f", peak[key, name[k]] / 1024)
	return out == "" ? "-" : out
}

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
	for (t = 1; t <= total; t++)
		if (!(kind(whats[t]) in shown))
			section(kind(whats[t]), whats[t])
	if (form == "json")
		print "]"
}

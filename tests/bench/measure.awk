# SPDX-License-Identifier: ISC
# measure.awk - what lines of "what who word=number ..." amount to
#
# Of each word the median of all rounds, and for ratios the median of those of
# the same round.  For table.awk and goals.awk, which have the END.
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

# Of one key to another, where both had their turn.
function pairwise(key, base, word,    i, n, list) {
	for (i = 1; i <= rounds[key] && i <= rounds[base]; i++)
		if (((base, i, word) in value) && value[base, i, word] > 0 &&
		    ((key, i, word) in value))
			list[++n] = value[key, i, word] / value[base, i, word]
	return median(list, n)
}

# A number with as many digits as it deserves.
function show(n) {
	if (n == "")
		return "-"
	return sprintf(n >= 100 ? "%.0f" : n >= 10 ? "%.1f" : \
	    n >= 0.1 || n <= 0 ? "%.2f" : "%.3f", n)
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
		if (pair[1] == "sizes")
			note_sizes(key, pair[2])
		else
			value[key, i, pair[1]] = pair[2] + 0
	}
	failed[key] += get(key, i, "failed")
	if (get(key, i, "failed") > 0)
		forget(key, i)
	else
		derive($1, key, i)
}

# What has failed took no time worth knowing.
function forget(key, i,    f, pair) {
	for (f = 3; f <= NF; f++) {
		split($f, pair, "=")
		delete value[key, i, pair[1]]
	}
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

# -- what is made of what was measured

function get(key, i, word) {
	return (key, i, word) in value ? value[key, i, word] : ""
}

function derive(what, key, i,    n, wall, cpu, part) {
	wall = get(key, i, "wall")
	cpu = get(key, i, "cpu")
	n = get(key, i, what ~ /^(accept|start)/ ? "count" : "messages")
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
		value[key, i, "us_entry"] = cpu * 1000 / substr(what, RSTART)
	if (match(what, /^trips.*-[0-9]+-ms/) && wall > 0) {
		split(what, part, "-")
		value[key, i, "trips"] = wall / part[3]
		# What does not fill a trip was no wait for the relay.
		value[key, i, "waits"] = int(wall / part[3])
		n = part[2] == "off" ? 3 : part[2] == "implicit" ? 4 : 6
		value[key, i, "over"] = (wall / part[3] / n - 1) * 100
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
		value[key, i, "speed_cpu"] = value[key, i, "bytes"] / 1000 / cpu
}

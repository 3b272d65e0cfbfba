# SPDX-License-Identifier: ISC
"""What a power cut may leave of a submission and of a run, state by state.

    power.py BUILD SCRATCH

strace(1) writes down what a program does to the spool and what it hears from
the relay.  Then the machine loses its power after each of these steps, and a
journalling file system comes back: names as they were after some step, not
before the last one whose directory was synced; of each file what was synced,
and of the rest everything, nothing, half, or zeros.  Each such spool is run
in peace, against another relay.  What was promised arrives, whole; what was
not is whole or not there; what was written down as sent does not go again.
"""
import ast
import os
import re
import shutil
import subprocess
import sys

BUILD, W = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SPOOL = W + "/state/minismtp"
DIRS = ("tmp", "new", "cur", "failed", "state")
TEXT = "".join("line %d of a text that has to arrive, all of it\n" % i
               for i in range(60))
CALLS = ("openat,write,pwrite64,ftruncate,renameat,renameat2,rename,"
         "unlinkat,unlink,linkat,fsync,fdatasync,read,recvfrom,sendto,"
         "sendmsg")
ENV = {"HOME": W, "XDG_CONFIG_HOME": W + "/config", "PATH": os.environ["PATH"],
       "XDG_STATE_HOME": W + "/state", "ASAN_OPTIONS": "detect_leaks=0"}


# -- the relays

class Relay:
    def __init__(self, name, script):
        self.dir = W + "/" + name
        os.mkdir(self.dir)
        with open(self.dir + ".script", "w") as f:
            f.write(script)
        self.process = subprocess.Popen(
            [BUILD + "/tests/relay", "--seconds", "600", "--into", self.dir,
             self.dir + ".script"], stdout=subprocess.PIPE)
        self.conf = self.dir + ".conf"
        with open(self.conf, "w") as f:
            f.write('relay = "%s"\nhelo = "web1.example.com"\n'
                    'sender = "web1@example.com"\n' %
                    self.process.stdout.readline().decode().strip())
        os.chmod(self.conf, 0o600)

    def clean(self):
        for name in os.listdir(self.dir):
            if re.match(r"(msg|env|wire)\.", name):
                os.unlink(self.dir + "/" + name)

    def arrivals(self):
        """(recipient, subject) of each message, by its number."""
        found = {}
        for name in os.listdir(self.dir):
            if not name.startswith("env."):
                continue
            n = int(name[4:])
            with open(self.dir + "/msg.%d" % n, newline="") as f:
                head, _, body = f.read().replace("\r\n", "\n").partition(
                    "\n\n")
            subject = re.search(r"^Subject: (.*)$", head, re.M).group(1)
            if body != TEXT:
                subject += " TORN"
            with open(self.dir + "/" + name) as f:
                found[n] = [(to, subject) for to in
                            re.findall(r"^to <([^>]*)>", f.read(), re.M)]
        return found


# -- what was done

QUOTED = r'"(?:[^"\\]|\\.)*"'


def text(quoted):
    return ast.literal_eval("b" + quoted)


class Record:
    """The spool before, and then each step: (kind, ...)."""

    def __init__(self):
        self.files = []         # inode: its bytes before
        self.names = {}         # path: inode
        for d in DIRS:
            for name in os.listdir(SPOOL + "/" + d):
                path = "%s/%s/%s" % (SPOOL, d, name)
                with open(path, "rb") as f:
                    self.names[path] = len(self.files)
                    self.files.append(f.read())
        self.steps = []
        self.now = dict(self.names)

    def add(self, *step):
        self.steps.append(step)

    def run(self, argv, stdin=None):
        trace = W + "/trace"
        done = subprocess.run(
            ["strace", "-qq", "-f", "-y", "-s", "1000000", "-o", trace,
             "-e", "trace=" + CALLS] + argv, env=ENV, input=stdin,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.parse(trace)
        return done.returncode

    def parse(self, trace):
        begun = {}
        with open(trace, encoding="latin-1") as f:
            for line in f:
                pid, call = line.rstrip("\n").split(None, 1)
                if call.endswith("<unfinished ...>"):
                    begun[pid] = call[:-len("<unfinished ...>")].rstrip()
                    continue
                resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", call)
                if resumed:
                    call = begun.pop(pid) + resumed.group(1)
                m = re.match(r"(\w+)\((.*)\)\s+= (-?\d+)", call)
                if m and int(m.group(3)) >= 0:
                    self.take(m.group(1), m.group(2), int(m.group(3)), call)

    def take(self, name, args, result, call):
        paths = re.findall(r"<(%s[^>]*)>" % re.escape(SPOOL), args)
        take = getattr(self, "on_" + name, None)
        if take and paths:
            take(paths, args, result, call)
        heard = re.findall(r"queued as (\d+)", args)
        if name in ("recvfrom", "read") and "<socket:" in args and heard:
            self.add("heard", max(map(int, heard)))
        if name in ("write", "sendto", "sendmsg") and \
                re.search(r'<socket:[^,]*, "ok 15:', args):
            self.add("told")

    def on_openat(self, paths, args, result, call):
        made = re.search(r"= \d+<([^>]*)>", call).group(1)
        if "O_CREAT" in args and made not in self.now:
            self.now[made] = len(self.files)
            self.files.append(b"")
            self.add("create", made, self.now[made])

    def on_write(self, paths, args, result, call):
        inode = self.now.get(paths[0])
        if inode is not None:
            data = text(re.search(QUOTED, args).group(0))[:result]
            self.add("append", inode, data)

    def on_pwrite64(self, paths, args, result, call):
        inode = self.now.get(paths[0])
        if inode is not None:
            data = text(re.search(QUOTED, args).group(0))[:result]
            self.add("write", inode, data, int(args.rsplit(", ", 1)[1]))

    def on_ftruncate(self, paths, args, result, call):
        if paths[0] in self.now:
            self.add("size", self.now[paths[0]],
                     int(args.rsplit(", ", 1)[1]))

    def on_fsync(self, paths, args, result, call):
        if paths[0] in self.now:
            self.add("sync", self.now[paths[0]])
        else:
            self.add("syncdir", paths[0])

    on_fdatasync = on_fsync

    def on_renameat2(self, paths, args, result, call):
        a, b = (d + "/" + text(n).decode() for d, n in
                re.findall(r"<([^>]*)>, (%s)" % QUOTED, args))
        self.now[b] = self.now.pop(a)
        self.add("rename", a, b)

    on_renameat = on_renameat2

    def on_unlinkat(self, paths, args, result, call):
        path = paths[0] + "/" + text(re.search(QUOTED, args).group(0)).decode()
        self.now.pop(path, None)
        self.add("unlink", path)

    def on_linkat(self, *rest):
        raise SystemExit("nothing in the house makes links")

    on_rename = on_unlink = on_linkat


# -- what is left of it

NAMES = ("create", "rename", "unlink")


def names_after(record, count):
    names = dict(record.names)
    for step in record.steps[:count]:
        if step[0] == "create":
            names[step[1]] = step[2]
        elif step[0] == "rename":
            names[step[2]] = names.pop(step[1])
        elif step[0] == "unlink":
            names.pop(step[1], None)
    return names


def durable_names(record, count):
    """The last step on a name that a sync of its directory has covered."""
    last = 0
    for i, step in enumerate(record.steps[:count]):
        if step[0] != "syncdir":
            continue
        for j, name in enumerate(record.steps[:i]):
            if name[0] in NAMES and any(
                    os.path.dirname(p) == step[1] for p in name[1:]
                    if isinstance(p, str)):
                last = max(last, j + 1)
    return last


def apply(data, step):
    if step[0] == "append":
        return data + step[2]
    if step[0] == "size":
        return data[:step[2]].ljust(step[2], b"\0")
    at = step[3]
    return data[:at].ljust(at, b"\0") + step[2] + data[at + len(step[2]):]


def contents(record, inode, count):
    """What may be in that file: a list of bytes."""
    synced = full = record.files[inode]
    for step in record.steps[:count]:
        if step[0] in ("append", "write", "size") and step[1] == inode:
            full = apply(full, step)
        elif step == ("sync", inode):
            synced = full
    more = full[len(synced):]
    return [synced, full, full[:len(synced) + len(more) // 2],
            full[:len(synced)] + b"\0" * len(more)]


def states(record):
    """Each once: (steps before the cut, {path: bytes})."""
    seen = set()
    for cut in range(len(record.steps) + 1):
        named = {cut} | {j + 1 for j in range(durable_names(record, cut), cut)
                         if record.steps[j][0] in NAMES}
        named.add(durable_names(record, cut))
        for names in sorted(named):
            for variant in range(4):
                spool = {p: contents(record, i, cut)[variant] for p, i in
                         names_after(record, names).items()}
                promise = (told(record, cut), heard(record, cut),
                           cut == len(record.steps))
                key = (promise, tuple(sorted(spool.items())))
                if key not in seen:
                    seen.add(key)
                    yield cut, spool


def told(record, cut):
    return ("told",) in record.steps[:cut]


def heard(record, cut):
    return max([s[1] for s in record.steps[:cut] if s[0] == "heard"] + [0])


# -- and is it enough?

def lay(spool):
    shutil.rmtree(SPOOL, ignore_errors=True)
    os.makedirs(SPOOL, 0o700)
    for d in DIRS:
        os.mkdir(SPOOL + "/" + d, 0o700)
    for path, data in spool.items():
        with open(path, "wb") as f:
            f.write(data)
        os.chmod(path, 0o600)


def recover(good):
    good.clean()
    for _ in range(2):
        subprocess.run([BUILD + "/minismtp-relay", "--flush", "--spool", SPOOL,
                        "--config", good.conf], env=ENV, timeout=60,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return sorted(x for each in good.arrivals().values() for x in each)


def try_all(what, record, good, judge):
    count = bad = 0
    for cut, spool in states(record):
        lay(spool)
        wrong = judge(cut, recover(good))
        count += 1
        if wrong:
            bad += 1
            print("# %s, after step %d of %d: %s" %
                  (what, cut, len(record.steps), wrong))
            for step in record.steps[max(0, cut - 3):cut]:
                print("#     " + repr(step)[:150])
    print("# %s: %d steps, %d states, %d wrong" %
          (what, len(record.steps), count, bad))
    return bad


def submit(argv, subject):
    return [BUILD + "/minismtp", "-odq", "-i"] + argv, \
        ("Subject: %s\n\n%s" % (subject, TEXT)).encode()


def submission(good):
    lay({})
    record = Record()
    argv, stdin = submit(["a@example.com", "b@example.com"], "one")
    if record.run(argv, stdin) != 0 or ("told",) not in record.steps:
        raise SystemExit("the submission was not seen to end well")
    want = [("a@example.com", "one"), ("b@example.com", "one")]

    def judge(cut, got):
        if got == want or not got and not told(record, cut):
            return None
        return "%s arrived, %s" % (
            got, "and ok was said" if told(record, cut) else "half of it")
    return try_all("submission", record, good, judge)


def delivery(bad, good):
    lay({})
    want = set()
    for subject, to in (("one", ["a@example.com"]),
                        ("two", ["b@example.com", "later2@example.com"]),
                        ("three", ["later3@example.com"])):
        argv, stdin = submit(to, subject)
        subprocess.run(argv, input=stdin, env=ENV, check=True)
        want |= {(each, subject) for each in to}
    record = Record()
    record.run([BUILD + "/minismtp-relay", "--spool", SPOOL, "--config",
                bad.conf])
    taken = bad.arrivals()
    over = len(record.steps)
    if heard(record, over) != 2:
        raise SystemExit("the run did not hear of two messages")

    def judge(cut, got):
        sent = {x for n, each in taken.items() if n <= heard(record, cut)
                for x in each}
        if len(set(got)) != len(got):
            return "twice in one run: %s" % got
        if not set(got) <= want:
            return "torn: %s" % got
        if not want - sent <= set(got):
            return "lost: %s" % sorted(want - sent - set(got))
        if cut == over and set(got) & sent:
            return "sent again: %s" % sorted(set(got) & sent)
        return None
    return try_all("delivery", record, good, judge)


def main():
    os.makedirs(W + "/config/minismtp", exist_ok=True)
    relays = []
    try:
        relays.append(Relay("bad", "always\non RCPT TO:<later\n"
                            "\tsay 451 4.7.1 later\n"))
        relays.append(Relay("good", ""))
        shutil.copy(relays[0].conf, W + "/config/minismtp/minismtp.conf")
        wrong = submission(relays[1]) + delivery(*relays)
    finally:
        for relay in relays:
            relay.process.kill()
            relay.process.wait()
    return 1 if wrong else 0


sys.exit(main())

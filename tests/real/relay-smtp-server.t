# smtp-server (of Nodemailer) takes 200 letters, and each arrives as it is.
. "$here/../real/relays"
[ -n "${REAL_CACHE:-}" ] || skip "no REAL_CACHE to keep packages in"
command -v npm >/dev/null || skip "there is no npm"
[ -d "$REAL_CACHE/npm/node_modules/smtp-server" ] ||
    { mkdir -p "$REAL_CACHE/npm" && timeout 60 npm install --silent --no-audit --no-fund \
    --prefix "$REAL_CACHE/npm" smtp-server; } >"$W/npm" 2>&1 ||
    skip "smtp-server cannot be had: $(tail -n 1 "$W/npm")"
letters
free_port
mkdir "$W/mail"
cat >"$W/serve.js" <<'END'
const fs = require('fs');
const [port, dir] = process.argv.slice(2);
const { SMTPServer } = require('smtp-server');
let count = 0;
new SMTPServer({
	disabledCommands: ['AUTH', 'STARTTLS'],
	disableReverseLookup: true,
	onData(stream, session, done) {
		stream.pipe(fs.createWriteStream(`${dir}/${++count}`))
		    .on('close', () => done(null, 'kept'));
	},
}).listen(Number(port), '127.0.0.1');
END
NODE_PATH=$REAL_CACHE/npm/node_modules
export NODE_PATH
serve "$port" node "$W/serve.js" "$port" "$W/mail"
deliver "$port" "$W/mail"

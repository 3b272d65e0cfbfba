# aiosmtpd takes 200 letters, and each arrives as it is.
. "$here/../real/relays"
packages python3-aiosmtpd python3-attr python3-public
letters
free_port
mkdir "$W/mail"
cat >"$W/serve.py" <<'END'
import asyncio, os, sys
from aiosmtpd.smtp import SMTP

class Keep:
    count = 0
    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        with open(os.path.join(sys.argv[2], str(self.count)), "wb") as f:
            f.write(envelope.original_content)
        return "250 2.0.0 kept"

async def main():
    keep = Keep()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(keep, hostname="localhost"), "127.0.0.1",
        int(sys.argv[1]))
    await server.serve_forever()

asyncio.run(main())
END
serve "$port" /usr/bin/python3 "$W/serve.py" "$port" "$W/mail"
deliver "$port" "$W/mail"

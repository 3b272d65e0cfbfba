# Exim takes 200 letters, and each arrives as it is.
. "$here/../real/relays"
packages exim4-base exim4-daemon-light libidn12 libnsl2 libgnutls-dane0 \
    libunbound8
strangers Debian-exim
letters
free_port
mkdir -p "$W/exim/mail"
chown -R 60010:60010 "$W/exim"
cat >"$W/exim.conf" <<END
exim_path = /usr/sbin/exim4
primary_hostname = localhost
local_interfaces = <; 127.0.0.1
daemon_smtp_ports = $port
spool_directory = $W/exim
log_file_path = $W/exim/%slog
pid_file_path = $W/exim/pid
acl_smtp_rcpt = accept
acl_smtp_data = accept
host_lookup =
rfc1413_query_timeout = 0s
smtp_accept_queue_per_connection = 0
smtp_accept_max = 0
begin routers
all:
  driver = accept
  transport = keep
begin transports
keep:
  driver = appendfile
  directory = $W/exim/mail
  maildir_format
  user = Debian-exim
END
serve "$port" /usr/sbin/exim4 -C "$W/exim.conf" -bdf
deliver "$port" "$W/exim/mail"

# root takes over the machine's old configuration: what is written can be read
# by the group that carries the mail, and by nobody else.
installed
relay <<'END'
END
cat >"$W/ssmtp.conf" <<END
mailhub=$RELAY
hostname=web1.example.com
AuthUser=web1
AuthPass=not-a-secret
END
config <<'END'
relay = "old.example.com"
END
run minismtp import --write "$W/ssmtp.conf"
exits 0
says "$CONFIG is written; the old one is $CONFIG.old"
secret=${CONFIG%.conf}.password
check "the configuration and its password are the mail's" \
    test "$(stat -c %U:%G:%a "$CONFIG" "$secret" | sort -u)" = \
    "root:$MAIL_GROUP:640"
check "the old configuration is kept" has "$CONFIG.old" "old.example.com"
run minismtp config --check
exits 0

# All that a relay may do wrong around STARTTLS.
. "$here/matrix"
matrix STARTTLS 'EHLO after TLS'

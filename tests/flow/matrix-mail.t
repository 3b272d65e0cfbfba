# All that a relay may do wrong with an envelope.
. "$here/matrix"
matrix MAIL RCPT

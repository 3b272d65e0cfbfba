# All that a relay may do wrong when it greets.
. "$here/matrix"
matrix greeting EHLO

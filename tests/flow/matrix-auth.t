# All that a relay may do wrong when we log in.
. "$here/matrix"
matrix AUTH

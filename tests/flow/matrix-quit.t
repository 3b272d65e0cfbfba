# All that a relay may do wrong when we go.
. "$here/matrix"
matrix QUIT

# All that a relay may do wrong with DATA.
. "$here/matrix"
matrix DATA 'the dot'

# All that a relay may do wrong with BDAT.
. "$here/matrix"
matrix BDAT 'the last chunk'

# SPDX-License-Identifier: ISC
# A real zsh and a real fish complete what bash does.
. "$here/../real/packages"
packages zsh fish
. "$here/../flow/completion.t"

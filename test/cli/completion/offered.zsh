# What zsh offers where the line ends: zsh -f offered.zsh <script> <line>
# A zsh at a terminal of its own sources the script; each word that it would offer is printed between < and >.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1= PS2= RPS1=; autoload -Uz compinit; compinit -u -D; source ${(q)1}"
zpty -w shell 'compadd() {
  if (( ! ${@[(I)-[OAD]*]} )); then
    local -a offered
    builtin compadd -O offered "$@"
    print -rl -- "<"${^offered}">"
  fi
  builtin compadd "$@"
}'
zpty -w shell 'offer() { zle complete-word; print END }; zle -N offer; bindkey "^I" offer; stty -echo; print READY$((1))'
local out
zpty -r shell out '*READY1*'
zpty -n -w shell "$2"$'\t'
zpty -r shell out '*END*'
print -r -- "$out" | tr -d '\r'
zpty -d shell

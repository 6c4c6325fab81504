/** For zsh 5 and later. */
export const zshScript = `#compdef webhook-sim
# Completion of webhook-sim for zsh. To install it, put this line into ~/.zshrc, after compinit:
#   source <(webhook-sim completion zsh)
# or save it as _webhook-sim in a folder of $fpath.

_webhook-sim() {
  local program=\${(Q)words[1]} answer line value shown
  local -a before candidates open
  program=\${program/#\\~\\//$HOME/}
  whence -p -- $program >/dev/null || program=webhook-sim
  before=("\${(@Q)words[2,CURRENT-1]}")
  (( CURRENT > 2 )) || before=()
  answer=$($program complete --shell zsh -- "\${before[@]}" "\${(Q)PREFIX}" 2>/dev/null </dev/null)

  if [[ -z $answer ]]; then
    if [[ $PREFIX == --*=* ]]; then compset -P '*='; fi
    _files
    return
  fi
  for line in "\${(@f)answer}"; do
    value=\${line%%$'\\t'*}
    [[ -n $value ]] || continue
    shown=\${\${value//\\\\/\\\\\\\\}//:/\\\\:}
    if [[ $line == *$'\\t'* ]]; then shown+=:\${line#*$'\\t'}; fi
    if [[ $value == *= ]]; then open+=("$shown"); else candidates+=("$shown"); fi
  done
  (( $#candidates )) && _describe -V -t values webhook-sim candidates
  (( $#open )) && _describe -V -t fields webhook-sim open -S ''
  (( $#candidates + $#open ))
}

if [[ $funcstack[1] == _webhook-sim ]]; then
  _webhook-sim "$@"
elif (( $+functions[compdef] )); then
  compdef _webhook-sim webhook-sim
fi
`;

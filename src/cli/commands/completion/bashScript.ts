/** For bash 3.2 and later; it needs no other package. */
export const bashScript = `# Completion of webhook-sim for bash. To install it, put this line into ~/.bashrc:
#   eval "$(webhook-sim completion bash)"

_webhook_sim() {
  local rest=\${COMP_LINE:0:COMP_POINT} words=() word gap i
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if ((i == 0)); then
      words=("$word")
      rest=\${rest#*"$word"}
      continue
    fi
    gap=\${rest%%[![:space:]]*}
    rest=\${rest#"$gap"}
    if ((i == COMP_CWORD)); then word=$rest; fi
    rest=\${rest#"$word"}
    # Bash cuts words at = and :, which are nothing special here.
    if [[ -z $gap && $i -gt 1 ]]; then
      words[\${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
  done

  local program=\${words[0]/#~\\//$HOME/}
  type -P -- "$program" >/dev/null || program=webhook-sim
  local current=\${words[\${#words[@]} - 1]} answer
  answer=$("$program" complete --shell bash -- "\${words[@]:1}" 2>/dev/null </dev/null)

  COMPREPLY=()
  if [[ -z $answer ]]; then return; fi
  compopt +o default 2>/dev/null

  # What stands before the last = or : stays as it is.
  local breaks=\${COMP_WORDBREAKS//[!=:]/} head=
  if [[ -n $breaks && $current != [\\'\\"]* ]]; then head=\${current%"\${current##*[$breaks]}"}; fi
  local value
  while IFS= read -r value; do
    value=\${value%%$'\\t'*}
    value=\${value#"$head"}
    if [[ -z $value ]]; then continue; fi
    if [[ $value == *= ]]; then compopt -o nospace 2>/dev/null; fi
    if [[ $current != [\\'\\"]* ]]; then printf -v value %q "$value"; fi
    COMPREPLY+=("$value")
  done <<<"$answer"
}

complete -o default -F _webhook_sim webhook-sim
`;

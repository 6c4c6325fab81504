import type { Shell } from './situation.js';

/** For zsh 5 and later. */
const zshScript = `#compdef webhook-sim
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

/** For bash 3.2 and later; it needs no other package. */
const bashScript = `# Completion of webhook-sim for bash. To install it, put this line into ~/.bashrc:
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

/** For Windows PowerShell 5.1 and PowerShell 7. */
const powershellScript = `# Completion of webhook-sim for PowerShell. To install it, put this line into your $PROFILE:
#   webhook-sim completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName webhook-sim -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
        ForEach-Object {
            if ($_.Extent.EndOffset -gt $cursorPosition) {
                $_.Extent.Text.Substring(0, $cursorPosition - $_.Extent.StartOffset)
            } elseif ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
                $_.Value
            } else {
                $_.Extent.Text
            }
        })
    $arguments = @('complete', '--shell', 'powershell')
    # Older versions drop an empty argument.
    if ($wordToComplete -eq '') { $arguments += '--empty' }
    $arguments += '--'
    $arguments += $words

    $program = $commandAst.GetCommandName()
    if (-not (Get-Command $program -CommandType Application, ExternalScript -ErrorAction SilentlyContinue)) {
        $program = 'webhook-sim'
    }
    try { $answer = @(& $program @arguments 2>$null) } catch { return }
    foreach ($line in $answer) {
        $value, $description = $line -split "\`t", 2
        # An empty result keeps the names of files away.
        if (-not $value) { ''; continue }
        if (-not $description) { $description = $value }
        $text = $value
        if ($text -match '[\\s''"\`$;&|(){}<>,@#]') { $text = "'" + $text.Replace("'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $description)
    }
}
`;

/** For fish 3 and later. */
const fishScript = `# Completion of webhook-sim for fish. To install it:
#   webhook-sim completion fish > ~/.config/fish/completions/webhook-sim.fish

function __webhook_sim_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l program $before[1]
    set -e before[1]
    command -q $program; or set program webhook-sim
    set -l answer ($program complete --shell fish -- $before "$current" 2>/dev/null </dev/null)
    if test (count $answer) -eq 0
        set -l lead (string match -r -- '^--[^=]+=' "$current")
        for path in (__fish_complete_path (string replace -r -- '^--[^=]+=' '' "$current"))
            echo -- "$lead$path"
        end
        return
    end
    for line in $answer
        string match -q -r -- '^\\t?$' $line; or printf '%s\\n' $line
    end
end

complete -c webhook-sim -e
complete -c webhook-sim -k -f -a '(__webhook_sim_complete)'
`;

/** The completion script of each shell. */
export const scripts: Readonly<Record<Shell, string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

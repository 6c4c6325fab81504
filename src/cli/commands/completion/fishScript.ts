/** For fish 3 and later. */
export const fishScript = `# Completion of webhook-sim for fish. To install it:
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

/** For Windows PowerShell 5.1 and PowerShell 7. */
export const powershellScript = `# Completion of webhook-sim for PowerShell. To install it, put this line into your $PROFILE:
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

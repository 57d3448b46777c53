const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** A shell of the real computer that completion can be had in. */
export type RealShell = (typeof shells)[number];

export function isRealShell(name: string): name is RealShell {
  return (shells as readonly string[]).includes(name);
}

/** The script for a shell; `command`: the words that start drydock. */
export function completionScript(shell: RealShell, command: readonly string[]): string {
  const script = { bash, zsh, fish, powershell }[shell];
  return script.replaceAll('@command@', () => commandFor(shell, command));
}

/** Words as a shell reads them; PowerShell starts what stands in quotes only after &. */
export function commandFor(shell: RealShell, words: readonly string[]): string {
  if (shell === 'powershell') return `& ${words.map((word) => `'${word.replaceAll("'", "''")}'`).join(' ')}`;
  // in single quotes, fish takes a backslash for itself only before a quote or another backslash
  const inside = (word: string) => (shell === 'fish' ? word.replace(/[\\']/g, '\\$&') : word.replaceAll("'", "'\\''"));
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${inside(word)}'`)).join(' ');
}

// bash takes ":" and "=" for ends of words, so what it has of the word before them is cut off the candidates
const bash = `# drydock completion for bash: eval "$(drydock completion bash)"
_drydock_complete() {
  local line="\${COMP_LINE:0:COMP_POINT}" cur kind word
  cur="\${line##*[[:space:]]}"
  local cut="\${cur%"\${cur##*[:=]}"}"
  COMPREPLY=()
  {
    IFS= read -r kind
    while IFS= read -r word; do COMPREPLY+=("\${word#"$cut"}"); done
  } < <(@command@ __complete "$line" 2>/dev/null)
  case "$kind" in
    open) compopt -o nospace 2>/dev/null ;;
    files) compopt -o default 2>/dev/null ;;
  esac
}
complete -F _drydock_complete docker drydock
`;

const zsh = `# drydock completion for zsh: eval "$(drydock completion zsh)"
_drydock_complete() {
  local -a found
  found=("\${(@f)$(@command@ __complete "\${(j: :)words[1,CURRENT]}" 2>/dev/null)}")
  local kind="\${found[1]}"
  shift found
  case "$kind" in
    files) _files ;;
    open) compadd -S '' -- "\${found[@]}" ;;
    *) compadd -- "\${found[@]}" ;;
  esac
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _drydock_complete docker drydock
`;

const fish = `# drydock completion for fish: drydock completion fish | source
function __drydock_complete
  set -l found (@command@ __complete (commandline -cp) 2>/dev/null)
  if test "$found[1]" = files
    __fish_complete_path (commandline -ct)
  else
    printf '%s\\n' $found[2..]
  end
end
complete -c docker -f -a '(__drydock_complete)'
complete -c drydock -f -a '(__drydock_complete)'
`;

// a native completer gets no blank at the end of what was typed; where it gives nothing, PowerShell completes files
const powershell = `# drydock completion for PowerShell: drydock completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName docker, drydock -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $typed = $commandAst.ToString()
  $end = $cursorPosition - $commandAst.Extent.StartOffset
  $line = if ($end -gt $typed.Length) { "$typed " } else { $typed.Substring(0, $end) }
  $kind, $words = @(@command@ __complete $line 2>$null)
  if ($kind -ne 'files') {
    $words | Where-Object { $_ } | ForEach-Object {
      [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
  }
}
`;

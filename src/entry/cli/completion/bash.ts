/** Completion for bash, from 3.2 on; it needs no package of the system's. */
import type { OptionDefinition, VerbDefinition } from '../definition.ts';

export function bashCompletion(verbs: readonly VerbDefinition[]): string {
  return `# Completion of buildcache for bash. In ~/.bashrc: source <(buildcache completion bash)
_buildcache() {
  local cur=\${COMP_WORDS[COMP_CWORD]} option=\${COMP_WORDS[COMP_CWORD - 1]}
  local verb=\${COMP_WORDS[1]} options= verbs= choices= value= words i
  COMPREPLY=()
  # bash makes words of their own of the = in --option=value.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $option == = ]]; then
    option=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W '${verbs.flatMap(({ names }) => names).join(' ')} help --help --version' -- "$cur"))
    return
  fi
  # What follows -- is a command.
  for ((i = 2; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} == -- ]]; then return; fi
  done
${verbs
  .filter((verb) => verb.verbs.length > 0)
  .map(
    ({ name }) =>
      `  if [[ $verb == ${name} && $COMP_CWORD -gt 2 ]]; then verb="${name} \${COMP_WORDS[2]}"; fi\n`,
  )
  .join('')}  case $verb in
    help)
      words='${verbs.map(({ name }) => name).join(' ')}'
      COMPREPLY=($(compgen -W "$words" -- "$cur"))
      return
      ;;
${verbs
  .flatMap((verb) => [verb, ...verb.verbs])
  .map(branch)
  .join('')}  esac
  if [[ -n $choices ]]; then
    COMPREPLY=($(compgen -W "$choices" -- "$cur"))
  elif [[ $value == text ]]; then
    compopt +o default +o bashdefault 2>/dev/null # bash 3.2 has none, and then offers files
  elif [[ $value != path && $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
  elif [[ $value != path ]]; then
    COMPREPLY=($(compgen -W "$verbs" -- "$cur"))
  fi
  # Where nothing is said, bash completes files.
}
complete -o default -o bashdefault -F _buildcache buildcache
`;
}

function branch({ name, names, options, verbs, arguments: taken }: VerbDefinition): string {
  const first = [...verbs.flatMap((verb) => verb.names), ...(taken[0]?.choices ?? [])];
  const parent = name.includes(' ') ? `${name.slice(0, name.lastIndexOf(' '))} ` : '';
  const patterns = names.map((own) => (parent === '' ? own : `'${parent}${own}'`)).join(' | ');
  const lines = [
    `    ${patterns})`,
    `      options='${options.flatMap((option) => option.names).join(' ')}'`,
    ...(first.length === 0 ? [] : [`      verbs='${first.join(' ')}'`]),
    '      case $option in',
    ...options.flatMap(valueBranch).map((line) => `        ${line}`),
    '      esac',
    '      ;;',
  ];
  return `${lines.join('\n')}\n`;
}

function valueBranch({ names, value }: OptionDefinition): string[] {
  const pattern = `${names.join(' | ')})`;
  switch (value.kind) {
    case 'nothing':
      return [];
    case 'choice':
      return [`${pattern} choices='${value.choices.join(' ')}' ;;`];
    case 'path':
    case 'text':
      return [`${pattern} value=${value.kind} ;;`];
  }
}

/** Completion for zsh, by its own `_arguments`. */
import type { OptionDefinition, VerbDefinition } from '../definition.ts';

export function zshCompletion(verbs: readonly VerbDefinition[]): string {
  return `#compdef buildcache
# Completion of buildcache for zsh. In ~/.zshrc, after compinit: source <(buildcache completion zsh)
${verbs
  .flatMap((verb) => [verb, ...verb.verbs])
  .map(verbFunction)
  .join('')}
_buildcache() {
  local -a verbs
  verbs=(
${described(verbs)}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands verb verbs
    return
  fi
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  case $verb in
${verbs.map(call).join('\n')}
  esac
}

if [[ $funcstack[1] == _buildcache ]]; then
  _buildcache "$@"
else
  compdef _buildcache buildcache
fi
`;
}

function verbFunction(verb: VerbDefinition): string {
  const takes = [
    ...verb.options.map(optionWord),
    ...verb.arguments.map(({ name, isRepeatable, choices }) => {
      const what = choices.length === 0 ? '_files' : `(${choices.join(' ')})`;
      return word(`${isRepeatable ? '*' : ''}:${colons(name)}:${what}`);
    }),
  ];
  const own = verb.verbs.length === 0 ? [] : below(verb);
  const lines = [
    `${functionOf(verb)}() {`,
    ...own,
    '  _arguments -s -S \\',
    `    ${takes.join(' \\\n    ')}`,
    '}',
  ];
  return `\n${lines.join('\n')}\n`;
}

function below(verb: VerbDefinition): string[] {
  return [
    '  local -a verbs',
    '  verbs=(',
    described(verb.verbs),
    '  )',
    '  if (( CURRENT == 2 )); then',
    '    _describe -t commands verb verbs',
    '    return',
    '  fi',
    '  local verb=$words[2]',
    '  shift words',
    '  (( CURRENT-- ))',
    '  case $verb in',
    ...verb.verbs.map(call),
    '  esac',
    '  return',
  ];
}

function described(verbs: readonly VerbDefinition[]): string {
  return verbs
    .flatMap(({ names, summary }) => names.map((name) => `    ${word(`${colons(name)}:${summary}`)}`))
    .join('\n');
}

const call = (verb: VerbDefinition) => `    ${verb.names.join('|')}) ${functionOf(verb)} ;;`;

const functionOf = ({ name }: VerbDefinition) => `_buildcache_${name.replaceAll(/[^a-z]/g, '_')}`;

function optionWord({ names, about, value, isRepeatable }: OptionDefinition): string {
  const text = `[${about.replaceAll(/[[\]\\]/g, '\\$&')}]`;
  const rest = `${text}${valueText(value)}`;
  const others = isRepeatable ? '*' : `(${names.join(' ')})`;
  const own =
    names.length === 1
      ? word(`${isRepeatable ? '*' : ''}${names[0]}`)
      : `${word(others)}{${names.join(',')}}`;
  return `${own}${word(rest)}`;
}

function valueText(value: OptionDefinition['value']): string {
  switch (value.kind) {
    case 'nothing':
      return '';
    case 'choice':
      return `:${colons(value.name)}:(${value.choices.join(' ')})`;
    case 'path':
      return `:${colons(value.name)}:_files`;
    case 'text':
      return `:${colons(value.name)}: `;
  }
}

const colons = (text: string) => text.replaceAll(':', '\\:');

const word = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

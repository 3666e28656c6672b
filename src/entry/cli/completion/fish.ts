/** Completion for fish. */
import type { OptionDefinition, VerbDefinition } from '../definition.ts';

export function fishCompletion(verbs: readonly VerbDefinition[]): string {
  const lines = [
    '# Completion of buildcache for fish. buildcache completion fish > ~/.config/fish/completions/buildcache.fish',
    'function __buildcache_verb',
    '  set -l words (commandline -opc)',
    '  test (count $words) -ge 2; and contains -- $words[2] $argv',
    'end',
    'function __buildcache_verbs',
    '  set -l words (commandline -opc)',
    '  test (count $words) -ge 3; and test $words[2] = $argv[1]; and contains -- $words[3] $argv[2..-1]',
    'end',
    "complete -c buildcache -n 'test (count (commandline -opc)) -eq 1' -f -s V -l version -d 'print the version'",
    ...verbs.flatMap((verb) => [
      ...named(verb, 'test (count (commandline -opc)) -eq 1'),
      ...verb.options.map((option) => optionLine(option, `__buildcache_verb ${verb.names.join(' ')}`)),
      ...verb.arguments
        .filter(({ choices }) => choices.length > 0)
        .map(
          ({ choices }) =>
            `complete -c buildcache -n '__buildcache_verb ${verb.name}' -f -a ${word(choices.join(' '))}`,
        ),
      ...verb.verbs.flatMap((below) => [
        ...named(below, `__buildcache_verb ${verb.name}; and test (count (commandline -opc)) -eq 2`),
        ...below.options
          .filter(({ names }) => !names.includes('--help'))
          .map((option) => optionLine(option, `__buildcache_verbs ${verb.name} ${below.names.join(' ')}`)),
      ]),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function named({ names, summary }: VerbDefinition, condition: string): string[] {
  return names.map(
    (name) => `complete -c buildcache -n ${word(condition)} -f -a ${name} -d ${word(summary)}`,
  );
}

function optionLine({ names, about, value }: OptionDefinition, condition: string): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const line = `complete -c buildcache -n ${word(condition)} ${flags.join(' ')}${valueText(value)}`;
  return `${line} -d ${word(about)}`;
}

function valueText(value: OptionDefinition['value']): string {
  switch (value.kind) {
    case 'nothing':
      return '';
    case 'choice':
      return ` -x -a ${word(value.choices.join(' '))}`;
    case 'path':
      return ' -r -F';
    case 'text':
      return ' -x';
  }
}

const word = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

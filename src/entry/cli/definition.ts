/** What the command line takes, as data: completion and the manual page are written from it. */
import type { Argument, Command, Option } from 'commander';
import { defaultText } from './help.ts';
import { VERBS } from './verbs.ts';

export interface VerbDefinition {
  /** `mirror add` for a verb of a verb. */
  readonly name: string;
  /** Its name first; of a verb of a verb without the other's. */
  readonly names: readonly string[];
  readonly summary: string;
  readonly usage: string;
  readonly arguments: readonly ArgumentDefinition[];
  readonly options: readonly OptionDefinition[];
  readonly verbs: readonly VerbDefinition[];
  readonly examples: readonly string[];
}

export interface ArgumentDefinition {
  readonly name: string;
  readonly about: string;
  readonly isRepeatable: boolean;
  /** Empty where it is anything. */
  readonly choices: readonly string[];
}

export interface OptionDefinition {
  /** As help writes it. */
  readonly flags: string;
  /** `-e` and `--environment`, those that are there. */
  readonly names: readonly string[];
  readonly about: string;
  readonly default: string | undefined;
  readonly value: OptionValue;
  readonly isRepeatable: boolean;
}

/** What follows an option; `name` is how help calls it. */
export type OptionValue =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'choice'; readonly name: string; readonly choices: readonly string[] }
  | { readonly kind: 'path'; readonly name: string }
  | { readonly kind: 'text'; readonly name: string };

/** Values that are paths, or can be. */
const PATHS = /dir|file|url|mirror|env/;

/** @param program with the options of all verbs. @returns what is no secret between us and Spack's scripts */
export function defineProgram(program: Command): readonly VerbDefinition[] {
  return program.commands.filter(isShown).map((command) => defineVerb(command, ''));
}

function defineVerb(command: Command, parent: string): VerbDefinition {
  const name = `${parent}${command.name()}`;
  return {
    name,
    names: [command.name(), ...command.aliases()],
    summary: command.description(),
    usage: command.usage(),
    arguments: command.registeredArguments.map(defineArgument),
    options: [
      ...command.options.filter(({ hidden }) => !hidden).map(defineOption),
      {
        flags: '-h, --help',
        names: ['-h', '--help'],
        about: 'say what it takes',
        default: undefined,
        value: { kind: 'nothing' },
        isRepeatable: false,
      },
    ],
    verbs: command.commands.filter(isShown).map((below) => defineVerb(below, `${name} `)),
    examples: VERBS.find((verb) => verb.name === name)?.examples ?? [],
  };
}

function defineArgument(argument: Argument): ArgumentDefinition {
  const choices = argument.argChoices ?? [];
  return { name: argument.name(), about: argument.description, isRepeatable: argument.variadic, choices };
}

function defineOption(option: Option): OptionDefinition {
  return {
    flags: option.flags,
    names: [option.short, option.long].filter((name) => name !== undefined && name !== null),
    about: option.description,
    default: defaultText(option),
    value: valueAfter(option),
    isRepeatable: option.variadic || Array.isArray(option.defaultValue),
  };
}

function valueAfter({ flags, argChoices }: Option): OptionValue {
  const name = /[<[]([^<[>\]]+)[>\]]/.exec(flags)?.[1];
  if (name === undefined) return { kind: 'nothing' };
  if (argChoices !== undefined) return { kind: 'choice', name, choices: argChoices };
  return { kind: PATHS.test(name) ? 'path' : 'text', name };
}

/** Commander has no public word for it. */
function isShown(command: Command): boolean {
  return Reflect.get(command, '_hidden') !== true;
}

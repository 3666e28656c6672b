/** The form of help: a verb's own options before the options of all verbs, no empty defaults, and examples at the end. */
import type { Command, HelpConfiguration, Option } from 'commander';
import type { Verb } from './verb.ts';

/** Heading of the options every verb has. */
export const SHARED_OPTIONS = 'Options of all verbs:';

const UNTOLD = 'something is unknown, or bad input or usage; goes over the others';

export const HELP_LAYOUT: HelpConfiguration = {
  // A verb's operands are in its own help. They are left out of the list of verbs, to leave room for what each does.
  subcommandTerm: (command) => [command.name(), ...command.aliases()].join(', '),
  optionDescription: (option) => {
    const facts: string[] = [];
    if (option.argChoices !== undefined) facts.push(`one of ${option.argChoices.join(', ')}`);
    const value = defaultText(option);
    if (value !== undefined) facts.push(`default: ${value}`);
    return facts.length === 0 ? option.description : `${option.description} (${facts.join('; ')})`;
  },
  groupItems<T extends Command | Option>(_: T[], shown: T[], group: (item: T) => string): Map<string, T[]> {
    const groups = new Map<string, T[]>();
    for (const item of shown) groups.set(group(item), [...(groups.get(group(item)) ?? []), item]);
    const shared = groups.get(SHARED_OPTIONS);
    if (shared !== undefined && groups.delete(SHARED_OPTIONS)) groups.set(SHARED_OPTIONS, shared);
    return groups;
  },
};

/** The value of an option that is not given, or undefined where that is "off" or nothing. */
export function defaultText({ defaultValue, defaultValueDescription, negate }: Option): string | undefined {
  if (negate || defaultValue === undefined || defaultValue === false) return undefined;
  if (typeof defaultValue === 'object' && Object.keys(defaultValue as object).length === 0) return undefined;
  return defaultValueDescription ?? String(defaultValue);
}

/** The text after a verb's options: examples and exit codes. */
export function verbEpilogue({ examples, exits }: Verb): string {
  const codes = { ...exits, 2: `${exits[2] ?? ''}${UNTOLD}` };
  return [
    '\nExamples:',
    ...examples.map((example) => `  buildcache ${example}`),
    '\nExit code:',
    ...Object.entries(codes).map(([code, meaning]) => `  ${code}  ${meaning}`),
  ].join('\n');
}

export const PROGRAM_EPILOGUE = `
buildcache VERB --help says what a verb takes, with examples.

Exit code:
  0  done, or all present
  1  the answer is no (something to rebuild, a check that failed), or part of the work failed
  2  ${UNTOLD}

Environment variables:
  SPACK_ENV                      the environment, where -e does not name it
  SPACK_ROOT                     Spack's prefix: the install tree is in opt/spack below it
  BUILDCACHE_SIGNING_KEY         an armored secret key, BUILDCACHE_SIGNING_PASSPHRASE opens it
  BUILDCACHE_CACHE_DIR           where indices and downloads are kept (default: ~/.cache/buildcache)
  HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY, NO_COLOR, and those of the AWS SDK for s3://`;

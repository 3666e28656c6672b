/**
 * Reads inputs of each kind, and refuses what is empty where the input's declaration says so. It collects all errors instead
 * of stopping at the first.
 */

import { parseFingerprint } from '../../cache/trust/public-key.ts';
import type { Env } from '../../core/env.ts';
import { BuildcacheError } from '../../core/errors.ts';
import type { LocationContext } from '../../environment/location.ts';
import { isGiven, readInput } from '../../github/inputs.ts';
import type { MirrorConfiguration } from '../../mirrors/config.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { resolveMirror } from '../../mirrors/select.ts';
import { AGE_WORDS, parseAge } from '../shared/age.ts';
import { parseSize, SIZE_WORDS } from '../shared/size.ts';
import { COMMAND, type CommandName } from './manifest/commands.ts';
import { ALLOWED, type Choice, type Input, UNSET } from './manifest/input-kinds.ts';
import { INPUTS, type InputName, type InputOf } from './manifest/inputs.ts';
import { isTaken } from './unused-inputs.ts';

/** What is pushed beside the builds: nothing, only what needs no key, or everything, with the key. */
export type WhileBuilding = 'nothing' | 'unsigned' | 'all';

/** Mirrors to push to: none, those with `autopush: true` in their configuration, or those of these names. */
export type Autopush = 'off' | 'configured' | readonly string[];

export class InputReader {
  readonly #env: Env;
  readonly #problems: unknown[];
  /** The command that the step runs. An empty input that it does not take changes nothing. */
  readonly command: CommandName;

  constructor(env: Env, problems: unknown[]) {
    this.#env = env;
    this.#problems = problems;
    const command = readInput(env, 'command');
    if (command === undefined) this.#refuseEmpty('command', COMMAND);
    this.command = this.#among('command', COMMAND, command);
  }

  text(name: InputOf<'text'>): string | undefined {
    return this.#said(name);
  }

  choice<N extends InputOf<'choice'>>(name: N) {
    return this.#among(name, INPUTS[name] as Choice<(typeof INPUTS)[N]['default']>, this.#said(name));
  }

  /** The spellings of YAML 1.2's core schema, as @actions/core takes them. */
  flag(name: InputOf<'flag'>): boolean {
    const otherwise = INPUTS[name].default;
    const text = this.#said(name);
    if (text === undefined) return otherwise;
    if (/^(true|True|TRUE)$/.test(text)) return true;
    if (/^(false|False|FALSE)$/.test(text)) return false;
    return this.#bad(name, 'true or false', text, otherwise);
  }

  count(name: InputOf<'count'>): number {
    const { least, most, default: otherwise } = INPUTS[name];
    const text = this.#said(name);
    if (text === undefined) return otherwise;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    return this.#bad(name, `a whole number from ${least} to ${most}`, text, otherwise);
  }

  /** An input that is not given, as in sub-actions that write nothing, means "off". */
  autopush(configuration: MirrorConfiguration | undefined): Autopush {
    if (!isTaken('autopush', this.command)) return 'off';
    const text = this.#said('autopush');
    if (text === undefined || /^(false|False|FALSE)$/.test(text)) return 'off';
    if (/^(true|True|TRUE)$/.test(text)) return 'configured';
    const names = text.split(/[\s,]+/).filter((name) => name !== '');
    const known = (configuration?.mirrors ?? []).filter(({ binary }) => binary).map(({ name }) => name);
    const unknown = names.filter((name) => !known.includes(name));
    if (names.length > 0 && (configuration === undefined || unknown.length === 0)) return names;
    return this.#bad(
      'autopush',
      `true, false or names of mirrors (${known.join(', ')})`,
      unknown.join(' ') || text,
      names,
    );
  }

  whileBuilding(): WhileBuilding {
    const isSigning = this.flag('sign-while-building');
    if (this.flag('push-while-building')) return isSigning ? 'all' : 'unsigned';
    if (!isSigning) return 'nothing';
    return this.#bad('sign-while-building', 'push-while-building: true beside it', 'true', 'nothing');
  }

  /** A configured mirror's name, a path or a URL. */
  mirror(
    name: InputOf<'text'>,
    configuration: MirrorConfiguration | undefined,
    context: LocationContext,
  ): Mirror | undefined {
    const text = this.#said(name);
    if (text === undefined || configuration === undefined) return undefined;
    try {
      return resolveMirror(text, configuration, context);
    } catch (error) {
      this.#problems.push(error);
      return undefined;
    }
  }

  /** Milliseconds; undefined where nobody says. */
  age(name: InputOf<'age'>): number | undefined {
    const otherwise = INPUTS[name].default;
    const text = this.#said(name) ?? otherwise;
    if (text === UNSET && otherwise === UNSET) return undefined;
    return parseAge(text) ?? this.#bad(name, AGE_WORDS, text, undefined);
  }

  /** Bytes; undefined where nobody says. */
  size(name: InputOf<'size'>): number | undefined {
    const text = this.#said(name);
    return text === undefined ? undefined : (parseSize(text) ?? this.#bad(name, SIZE_WORDS, text, undefined));
  }

  list(name: InputOf<'list'>): string[] {
    return this.#said(name)?.split('\n') ?? [];
  }

  fingerprints(name: InputOf<'list'>): string[] {
    return this.list(name).map(
      (line) =>
        parseFingerprint(line) ??
        this.#bad(name, 'fingerprints of 40 hexadecimal digits, one a line', line, line),
    );
  }

  refuse(name: string, expected: string, found: string): void {
    const facts = { expected, found: JSON.stringify(found.slice(0, 60)) };
    this.#problems.push(new BuildcacheError('usage', `the input ${name} is wrong`, facts));
  }

  /** Undefined where the workflow leaves the input to its default, also with `UNSET`. Of a list, the items, one a line. */
  #said(name: InputName): string | undefined {
    const input: Input = INPUTS[name];
    const text = textOf(input, name, this.#env);
    if (text === undefined && isTaken(name, this.command)) this.#refuseEmpty(name, input);
    return text === UNSET && input.default === UNSET ? undefined : text;
  }

  #refuseEmpty(name: InputName | 'command', { empty, default: otherwise }: Input): void {
    if (empty === ALLOWED || !isGiven(this.#env, name)) return;
    const isBlank = readInput(this.#env, name) === undefined;
    const what = isBlank
      ? 'is empty, as of a variable or a secret that is not set'
      : 'has nothing but comments';
    this.#problems.push(
      new BuildcacheError('usage', `the input ${name} ${what}: that would mean ${empty.meaning}`, {
        hint: `if that is meant, leave it out, or write ${otherwise} (in an expression: || '${otherwise}')`,
      }),
    );
  }

  #among<T extends string>(
    name: string,
    { choices, default: otherwise }: Choice<T>,
    text: string | undefined,
  ): T {
    if (text === undefined) return otherwise;
    return choices.find((choice) => choice === text) ?? this.#bad(name, choices.join(', '), text, otherwise);
  }

  #bad<T>(name: string, expected: string, found: string, otherwise: T): T {
    this.refuse(name, expected, found);
    return otherwise;
  }
}

/** What is left of an input without what says nothing: space around it, and in lists comments and empty lines. */
function textOf({ kind }: Input, name: string, env: Env): string | undefined {
  const text = readInput(env, name);
  if (kind !== 'list' || text === undefined) return text;
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).join('\n') || undefined;
}

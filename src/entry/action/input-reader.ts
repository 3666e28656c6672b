/** Reads inputs of each kind. It collects all errors instead of stopping at the first. */

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
import { type Choice, INPUTS, type InputOf } from './manifest/inputs.ts';
import { isTaken } from './unused-inputs.ts';

/** What is pushed beside the builds: nothing, only what needs no key, or everything, with the key. */
export type WhileBuilding = 'nothing' | 'unsigned' | 'all';

/** Mirrors to push to: none, those with `autopush: true` in their configuration, or those of these names. */
export type Autopush = 'off' | 'configured' | readonly string[];

export class InputReader {
  readonly #env: Env;
  readonly #problems: unknown[];

  constructor(env: Env, problems: unknown[]) {
    this.#env = env;
    this.#problems = problems;
  }

  text(name: InputOf<'text'>): string | undefined {
    return readInput(this.#env, name);
  }

  /** Not `check` where the workflow names a command by something that is not set. */
  command(): CommandName {
    const isEmpty = isGiven(this.#env, 'command') && readInput(this.#env, 'command') === undefined;
    if (isEmpty) this.refuse('command', COMMAND.choices.join(', '), '');
    return this.among('command', COMMAND);
  }

  choice<N extends InputOf<'choice'>>(name: N) {
    return this.among(name, INPUTS[name] as Choice<(typeof INPUTS)[N]['default']>);
  }

  among<T extends string>(name: string, { choices, default: otherwise }: Choice<T>): T {
    const text = readInput(this.#env, name);
    if (text === undefined) return otherwise;
    return choices.find((choice) => choice === text) ?? this.#bad(name, choices.join(', '), text, otherwise);
  }

  /** The spellings of YAML 1.2's core schema, as @actions/core takes them. */
  flag(name: InputOf<'flag'>): boolean {
    const otherwise = INPUTS[name].default;
    const text = readInput(this.#env, name);
    const isProtecting = name === 'require-signatures';
    if (text === undefined && isProtecting && isGiven(this.#env, name))
      return this.#bad(name, 'true or false, not a variable that is not set', '', otherwise);
    if (text === undefined) return otherwise;
    if (/^(true|True|TRUE)$/.test(text)) return true;
    if (/^(false|False|FALSE)$/.test(text)) return false;
    return this.#bad(name, 'true or false', text, otherwise);
  }

  count(name: InputOf<'count'>): number {
    const { least, most, default: otherwise } = INPUTS[name];
    const text = readInput(this.#env, name);
    if (text === undefined) return otherwise;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    return this.#bad(name, `a whole number from ${least} to ${most}`, text, otherwise);
  }

  /**
   * An input that is not given, as in sub-actions that write nothing, means "off". One that is given and empty, as a
   * variable that is not set, says neither where to push nor that nothing is to be pushed: where the command pushes.
   */
  autopush(configuration: MirrorConfiguration | undefined, command: CommandName): Autopush {
    if (!isGiven(this.#env, 'autopush') || !isTaken('autopush', command)) return 'off';
    const text = this.text('autopush') ?? '';
    if (/^(true|True|TRUE)$/.test(text)) return 'configured';
    if (/^(false|False|FALSE)$/.test(text)) return 'off';
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
    const text = readInput(this.#env, name);
    if (text === undefined || configuration === undefined) return undefined;
    try {
      return resolveMirror(text, configuration, context);
    } catch (error) {
      this.#problems.push(error);
      return undefined;
    }
  }

  /** Milliseconds; undefined where the input is empty. */
  age(name: InputOf<'age'>): number | undefined {
    const text = readInput(this.#env, name) ?? INPUTS[name].default;
    if (text === '') return undefined;
    return parseAge(text) ?? this.#bad(name, AGE_WORDS, text, undefined);
  }

  /** Bytes; undefined where nobody says. */
  size(name: InputOf<'size'>): number | undefined {
    const text = readInput(this.#env, name);
    return text === undefined ? undefined : (parseSize(text) ?? this.#bad(name, SIZE_WORDS, text, undefined));
  }

  /** One item a line: specs have spaces. */
  list(name: InputOf<'list'>): string[] {
    const lines = (readInput(this.#env, name) ?? '').split('\n').map((line) => line.trim());
    return lines.filter((line) => line !== '' && !line.startsWith('#'));
  }

  /**
   * A list without which everything is meant, or all is allowed. One of which nothing is left but comments must not do that.
   */
  restriction(name: InputOf<'list'>): string[] {
    const items = this.list(name);
    const text = readInput(this.#env, name);
    if (text !== undefined && items.length === 0)
      this.refuse(name, 'at least one line that is no comment', text);
    return items;
  }

  fingerprints(name: InputOf<'list'>): string[] {
    return this.restriction(name).map(
      (line) =>
        parseFingerprint(line) ??
        this.#bad(name, 'fingerprints of 40 hexadecimal digits, one a line', line, line),
    );
  }

  refuse(name: string, expected: string, found: string): void {
    const facts = { expected, found: JSON.stringify(found.slice(0, 60)) };
    this.#problems.push(new BuildcacheError('usage', `the input ${name} is wrong`, facts));
  }

  #bad<T>(name: string, expected: string, found: string, otherwise: T): T {
    this.refuse(name, expected, found);
    return otherwise;
  }
}

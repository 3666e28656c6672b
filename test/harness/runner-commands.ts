/**
 * What the runner reads off a step's output: workflow commands, in every line of both streams, in both forms.
 * After the runner's own source (ActionCommand.cs, ActionCommandManager.cs, ExecutionContext.cs), 2.336.
 */
import type { Masker } from './runner-masks.ts';

export type Level = 'error' | 'warning' | 'notice';

export interface Annotation {
  readonly level: Level;
  /** Masked, and cut to 4,096 characters. */
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: string;
  /** GitHub shows the first ten of a level per step. */
  readonly shown: boolean;
}

export interface Command {
  /** Lower case. */
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

export interface CommandReader {
  /** One line as it came, without its end. */
  line(text: string): void;
  /** An annotation of the runner's own. */
  report(level: Level, message: string): void;
  /** Every command that was carried out, whatever it does, in order. */
  readonly commands: readonly Command[];
  readonly annotations: readonly Annotation[];
  readonly groups: readonly { readonly name: string; readonly lines: readonly string[] }[];
  readonly debug: readonly string[];
  /** By the deprecated commands. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly state: ReadonlyMap<string, string>;
  /** What the log shows, masked as the runner masks, that is from each `add-mask` on. */
  readonly log: readonly string[];
  /** A command could not be processed: the step has failed, whatever its exit code. */
  readonly failed: () => boolean;
}

const registered: readonly string[] = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
];

export function readCommands(masker: Masker): CommandReader {
  const commands: Command[] = [];
  const annotations: Annotation[] = [];
  const groups: { name: string; lines: string[] }[] = [];
  const debug: string[] = [];
  const outputs = new Map<string, string>();
  const state = new Map<string, string>();
  const log: string[] = [];
  let open: { name: string; lines: string[] } | undefined;
  let stopToken: string | undefined;
  let failed = false;

  const output = (text: string) => {
    const masked = masker.mask(text);
    log.push(masked);
    open?.lines.push(masked);
  };
  const annotate = (level: Level, text: string, properties: ReadonlyMap<string, string> = new Map()) => {
    const message = masker.mask(text).slice(0, 4096);
    const known = (['title', 'file', 'line'] as const).flatMap((name) => {
      const value = properties.get(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    const shown = annotations.filter((other) => other.level === level).length < 10;
    annotations.push({ level, message, ...Object.fromEntries(known), shown });
    output(`##[${level}]${message}`);
  };
  const fail = (message: string) => {
    annotate('error', message);
    failed = true;
  };
  const set = (into: Map<string, string>, { name, properties, data }: Command) => {
    annotate('warning', `The \`${name}\` command is deprecated and will be disabled soon.`);
    const key = properties.get('name') ?? '';
    if (key === '') fail(`Required field 'name' is missing in ##[${name}] command.`);
    else into.set(key, data);
  };

  const process = (command: Command, text: string) => {
    const { name, properties, data } = command;
    switch (name) {
      case 'stop-commands':
        if (
          data === '' ||
          registered.includes(data.toLowerCase()) ||
          data.toLowerCase() === 'pause-logging'
        ) {
          fail(`Unable to process command '${text}' successfully.`);
          return;
        }
        stopToken = data.toLowerCase();
        if (data.length > 6) masker.add(data);
        output(text);
        return;
      case 'error':
      case 'warning':
      case 'notice':
        annotate(name, data, properties);
        return;
      case 'debug':
        debug.push(masker.mask(data));
        return;
      case 'add-mask':
        if (data.trim() === '') {
          annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.");
        }
        masker.add(data);
        for (const line of data.split(/[\r\n]/)) masker.add(line.trim());
        return;
      case 'group':
        open = { name: masker.mask(data), lines: [] };
        groups.push(open);
        log.push(`##[group]${open.name}`);
        return;
      case 'endgroup':
        open = undefined;
        log.push('##[endgroup]');
        return;
      case 'set-output':
        set(outputs, command);
        return;
      case 'save-state':
        set(state, command);
        return;
      case 'set-env':
      case 'add-path':
        fail(`The \`${name}\` command is disabled. Please upgrade to using Environment Files.`);
        return;
      default:
        return; // echo, add-matcher, remove-matcher: nothing a test looks at
    }
  };

  return {
    line(text) {
      const command = parseCommand(text, stopToken === undefined ? registered : [...registered, stopToken]);
      if (stopToken !== undefined) {
        if (command?.name === stopToken) stopToken = undefined;
        output(text);
      } else if (command === undefined) {
        output(text);
      } else {
        commands.push(command);
        process(command, text);
      }
    },
    report: annotate,
    commands,
    annotations,
    groups,
    debug,
    outputs,
    state,
    log,
    failed: () => failed,
  };
}

/**
 * A workflow command, in the form `::name k=v,k=v::data` (first on its line but for white space) or
 * `##[name k=v;k=v]data` (anywhere in it). The runner looks for `::` and `##[` by the rules of a culture, not
 * byte by byte, and these skip characters without a collation weight: a zero-width joiner hides nothing.
 */
export function parseCommand(line: string, names: readonly string[] = registered): Command | undefined {
  const second = secondForm.exec(line);
  if (second !== null) {
    const command = assemble(second, names, ',', [
      ['%0D', '\r'],
      ['%0A', '\n'],
      ['%3A', ':'],
      ['%2C', ','],
      ['%25', '%'],
    ]);
    if (command !== undefined) {
      return {
        ...command,
        data: decode(second[2] ?? '', [
          ['%0D', '\r'],
          ['%0A', '\n'],
          ['%25', '%'],
        ]),
      };
    }
  }
  const first = firstForm.exec(line);
  if (first === null) return undefined;
  const escapes: Escapes = [
    ['%3B', ';'],
    ['%0D', '\r'],
    ['%0A', '\n'],
    ['%5D', ']'],
    ['%25', '%'],
  ];
  const command = assemble(first, names, ';', escapes);
  return command === undefined ? undefined : { ...command, data: decode(first[2] ?? '', escapes) };
}

type Escapes = readonly (readonly [string, string])[];

const weightless = '(?![\\t\\n\\v\\f\\r\\x85])[\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}]';
const colons = `:(?:${weightless})*:`;
const secondForm = new RegExp(`^(?:[\\s\\x85]|${weightless})*${colons}(.*?)${colons}(.*)$`, 'su');
const firstForm = new RegExp(`#(?:${weightless})*#(?:${weightless})*\\[([^\\]]*)\\](.*)$`, 'su');

function assemble(
  match: RegExpExecArray,
  names: readonly string[],
  separator: string,
  escapes: Escapes,
): { name: string; properties: Map<string, string> } | undefined {
  const info = match[1] ?? '';
  const space = info.indexOf(' ');
  const name = (space < 0 ? info : info.slice(0, space)).toLowerCase();
  if (!names.includes(name)) return undefined;
  const properties = new Map<string, string>();
  for (const pair of space < 0
    ? []
    : info
        .slice(space + 1)
        .trim()
        .split(separator)) {
    const equals = pair.indexOf('=');
    if (equals > 0 && equals < pair.length - 1) {
      properties.set(pair.slice(0, equals), decode(pair.slice(equals + 1), escapes));
    }
  }
  return { name, properties };
}

/** In the table's order, one after the other, `%25` last. */
function decode(text: string, escapes: Escapes): string {
  return escapes.reduce((decoded, [from, to]) => decoded.replaceAll(from, to), text);
}

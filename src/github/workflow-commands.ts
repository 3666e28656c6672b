/**
 * Lines for the GitHub runner, which reads everything that a step prints. It carries out `::command::` at the start of a
 * line and `##[command]` anywhere in one. So everything that is printed goes through this module: commands get their data
 * escaped, and mere text goes through {@link plain}.
 *
 * Why escaping and not `::stop-commands::`: it has no state, so it also holds when several things print at
 * once, when we crash half-way, and for lines in which our own commands stand among others' text.
 */

export type AnnotationLevel = 'error' | 'warning' | 'notice';

export interface AnnotationPlace {
  readonly title?: string | undefined;
  /** Relative to the workspace, or absolute below it. */
  readonly file?: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
}

/**
 * A line that puts an annotation on the run. GitHub cuts messages at 4,096 characters and shows ten of a
 * level per step, see annotations.ts.
 */
export function annotation(level: AnnotationLevel, message: string, place: AnnotationPlace = {}): string {
  const properties = {
    title: place.title === undefined ? undefined : singleLine(place.title),
    file: place.file,
    line: place.line === undefined ? undefined : String(place.line),
  };
  return command(level, visible(message), properties);
}

/** Opens a group that GitHub shows folded. Groups do not nest. */
export function group(name: string): string {
  // The log has the name unchanged, so a line break in it would start a new line there.
  return command('group', singleLine(name));
}

export function endGroup(): string {
  return command('endgroup', '');
}

/** Shown only where debug logging is on. */
export function debug(message: string): string {
  return command('debug', visible(message));
}

/**
 * The line that makes the runner mask a secret from here on, in logs and summaries, also line by line and in its usual
 * encodings. Undefined for a secret that is too common a text, see {@link isMaskable}.
 */
export function addMask(secret: string): string | undefined {
  return isMaskable(secret) ? command('add-mask', secret) : undefined;
}

/**
 * The runner looks for a masked value within words too, and drops each output of a job that holds it. So we do not mask a
 * short value or one plain word (`ci`, `true`, `minioadmin`): that would empty outputs, and such a value is hardly a
 * secret. The runner itself masks all values that are registered as secrets.
 */
export function isMaskable(secret: string): boolean {
  const text = secret.trim();
  return text.length >= SHORTEST && !/^(?:[a-z]{1,15}|[A-Z]{1,15}|\d{1,15}|[A-Z][a-z]{1,14})$/.test(text);
}

/** The fewest characters of a masked value; GitLab has the same bound. */
const SHORTEST = 8;

/**
 * Text from anywhere as lines that the runner does not carry out and that show all their characters. A backslash breaks a
 * line that would be a command: `\::error::`, `##\[error]`. {@link visible} has removed characters that could hide one.
 * Use it on whole lines just before they are printed; applying it twice changes nothing more.
 */
export function plain(text: string): string {
  return visible(text)
    .split('\n')
    .map((line) => line.replace(startsCommand, '$1\\$2').replace(containsCommand, '$1\\['))
    .join('\n');
}

/**
 * What the command line prints, which may also be a document that a program reads: only what would be a command is broken,
 * and JSON stays JSON with the same values. Also broken are the commands of other services, which they carry out anywhere
 * in a line: `##vso[command]` (Azure Pipelines), `##teamcity[message]`.
 */
export function inert(text: string): string {
  return text.replace(startsCommandRaw, '$1\\$2').replace(containsCommandRaw, '$1\\u005b');
}

/**
 * The text with its invisible characters spelled out (`\x1b`, `\u{200b}`): control characters but tab and
 * line feed, format characters (zero-width, bidirectional), variation selectors, lone surrogates. They can forge what a log
 * shows. The runner's culture-aware search for commands ignores them, so they could also hide a command from us.
 */
export function visible(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** {@link visible}, and line feeds spelled out as well. */
export function singleLine(text: string): string {
  return visible(text).replaceAll('\n', '\\n');
}

const invisible = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

// The runner's search ignores some combining marks too, so these may stand before or between the colons.
const startsCommand = /^([\s\p{M}]*)(:\p{M}*:)/u;
const containsCommand = /(#\p{M}*#\p{M}*)\[/gu;

// The same in text that still has its invisible characters. The runner ends a line at `\n` and at `\r` only.
const unseen = String.raw`\p{M}\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}`;
const between = String.raw`(?:(?![\n\r])[${unseen}])*`;
// One class, and not two alternatives: what is in both would be tried both ways, again and again.
const startsCommandRaw = new RegExp(
  String.raw`(?<![^\n\r])((?:(?![\n\r])[\s${unseen}])*)(:${between}:)`,
  'gu',
);
/** GitHub's and Azure's `##[`, Azure's `##vso[`, `##teamcity[`; no other words: in a shell, `${REF##release[-_]}` is a pattern. */
const words = ['', 'vso', 'teamcity'].map((word) => [...word, ''].join(between)).join('|');
const containsCommandRaw = new RegExp(String.raw`(#${between}#${between}(?:${words}))\[`, 'giu');

function command(
  name: string,
  data: string,
  properties: Readonly<Record<string, string | undefined>> = {},
): string {
  const pairs = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [`${key}=${escapeProperty(value)}`],
  );
  return `::${name}${pairs.length === 0 ? '' : ` ${pairs.join(',')}`}::${escapeData(data)}`;
}

/** What the runner undoes in the data of a command. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** What the runner undoes in a property. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

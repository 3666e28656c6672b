/**
 * The job summary: Markdown appended to GITHUB_STEP_SUMMARY. All text from outside goes through {@link code} or
 * {@link escapeMarkdown}, so that nothing in it becomes Markdown, HTML, a link or a mention.
 */

import { appendFileSync, statSync } from 'node:fs';
import type { Env } from '../core/env.ts';
import { BuildcacheError, fileError } from '../core/errors.ts';
import { singleLine } from './workflow-commands.ts';

/** The most bytes of a step's summary. GitHub refuses a longer one as a whole. */
export const SUMMARY_LIMIT = 1024 * 1024;

/**
 * Appends Markdown to the step's summary. What exceeds {@link SUMMARY_LIMIT} is cut off at the end of a line, and a
 * sentence says so.
 * @returns whether all of the Markdown was appended
 * @throws `usage` outside of a job
 */
export function appendSummary(env: Env, markdown: string): boolean {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') {
    throw new BuildcacheError('usage', 'GITHUB_STEP_SUMMARY is not set', {
      hint: 'run this as a step of a GitHub job, or use the command line',
    });
  }
  try {
    const room = SUMMARY_LIMIT - (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
    const text = markdown.endsWith('\n') ? markdown : `${markdown}\n`;
    const fits = Buffer.byteLength(text) <= room;
    const kept = fits ? text : cut(text, room);
    if (kept !== '') appendFileSync(file, kept);
    return fits;
  } catch (error) {
    throw fileError(error, file, 'append to the job summary');
  }
}

/** Of a push that did not come to its table. @param title ours @param text from outside */
export function pushEndedSummary(title: string, text: string, isError: boolean): string {
  return `## ${isError ? '❌' : '⚠️'} Build cache: ${title}\n\n${messageMarkdown(text)}\n`;
}

/**
 * A table. Headers and cells are Markdown of one line each, already safe: made with {@link code} and
 * {@link escapeMarkdown} where they hold anything from outside. Missing cells are empty.
 */
export function markdownTable(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${headers.map((_, i) => oneCell(cells[i] ?? '')).join(' | ')} |\n`;
  const rule = `| ${headers.map(() => '---').join(' | ')} |\n`;
  return `${line(headers)}${rule}${rows.map(line).join('')}`;
}

/** Folded Markdown. @param title safe Markdown of one line, in which GitHub takes only HTML */
export function folded(title: string, markdown: string): string {
  return `<details><summary>${title}</summary>\n\n${markdown}\n\n</details>`;
}

/** A list of at most `most` items, each of them safe Markdown, and how many more there are. */
export function bulletList(items: readonly string[], most: number, where: string): string {
  const rest = items.length - most;
  const lines = items.slice(0, most).map((item) => `- ${item}`);
  if (rest > 0) lines.push(`- …and ${rest} more: ${where}`);
  return lines.join('\n');
}

/** A spec in short form: `name@version/hash7`. Parts that are not known are left out. */
export function briefSpec({ name, version, hash }: Brief): string {
  const short = hash === '' ? '' : `/${hash.slice(0, 7)}`;
  return code(`${name}${version === '' ? '' : `@${version}`}${short}`);
}

interface Brief {
  readonly name: string;
  readonly version: string;
  readonly hash: string;
}

/**
 * Text from outside as inline code, in tables too. GitHub makes no links or mentions of text between backticks. Text that
 * cannot stand between backticks (a backtick, a bar in a table, a space at an edge) is put into a `<code>` element.
 */
export function code(text: string): string {
  const line = singleLine(text);
  return /^[^\s`|]([^`|]*[^\s`|])?$/.test(line) ? `\`${line}\`` : `<code>${escapeMarkdown(line)}</code>`;
}

/**
 * Text from outside as prose of one line. Every character with a meaning in GitHub's Markdown becomes an entity. GitHub
 * makes links of some texts even so, after it has resolved entities: `zlib@1.3` is a mail address to it, `#1` an issue.
 * Such a text is broken up by an HTML comment.
 */
export function escapeMarkdown(text: string): string {
  return entities(singleLine(text))
    .replace(/^[\s\d+=-]/, (first) => entity(first))
    .replace(/&#(?:64|35);(?=\w)/g, '$&<!-- -->')
    .replace(/\bGH(?=-\d)/gi, '$&<!-- -->')
    .replace(/www\./gi, (www) => `${www.slice(0, -1)}<!-- -->.`);
}

/**
 * A message of ours as prose of one line, with its commands (between backticks) as code. Parts of it may come from
 * outside, so both prose and code are made safe.
 */
export function messageMarkdown(text: string): string {
  const parts = singleLine(text).split('`');
  if (parts.length % 2 === 0) return escapeMarkdown(text); // one backtick has no partner
  return parts
    .map((part, i) => {
      if (part === '') return '';
      if (i % 2 === 1) return code(part);
      // This part is in the middle of a line, where a digit or a dash does not start a list.
      return i === 0 ? escapeMarkdown(part) : escapeMarkdown(`.${part}`).slice(1);
    })
    .join('');
}

/** The text as numeric entities, so that no parser sees any of its characters. */
function entities(text: string): string {
  return text.replace(/[!"#$&'()*:<>@[\\\]^_`{|}~]/g, entity);
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** Replaces bars, which would divide the cell, and line breaks, which would end the table. */
function oneCell(markdown: string): string {
  return markdown.replaceAll('|', '&#124;').replace(/[\r\n]+/g, ' ');
}

const CUT = '\n\n*The rest is left out: GitHub shows at most 1 MiB for each step.*\n';

/** As many whole lines as fit, the ends of open folds and fences, and the sentence that says so. */
function cut(text: string, room: number): string {
  const closers = '\n```\n\n</details></details>';
  const bytes = Buffer.from(text).subarray(0, Math.max(0, room - CUT.length - closers.length));
  const kept = bytes.subarray(0, bytes.lastIndexOf('\n') + 1).toString('utf8');
  if (kept === '') return room >= CUT.length ? CUT : '';
  const fenced = (kept.match(/^```/gm)?.length ?? 0) % 2 === 1;
  const open = (kept.match(/<details\b/g)?.length ?? 0) - (kept.match(/<\/details>/g)?.length ?? 0);
  return `${kept}${fenced ? '```\n' : ''}${open > 0 ? `\n${'</details>'.repeat(Math.min(open, 2))}` : ''}${CUT}`;
}

/**
 * The content of a comment on a pull request, and its text. A hidden marker in the first line says which of our comments
 * it is and which run wrote it. By the marker a run finds the comment again, and does not overwrite that of a later run.
 */
import { sha256 } from '../core/digest.ts';
import { type Block, blocksMarkdown } from './blocks.ts';
import type { RunNumber, RunSubject } from './run-subject.ts';
import { code } from './summary.ts';

/** The content of a comment; all of it is plain text. */
export interface CommentContent {
  /** The environment that the comment is about, as people name it. A pull request has one comment for each. */
  readonly subject: string;
  /** `fine`: nothing is wrong. No comment is begun for that, and an existing one is changed to say only that. */
  readonly mood: 'fine' | 'missing' | 'unknown';
  readonly blocks: readonly Block[];
}

/** The most characters of a comment on GitHub. It counts code points; a text never has more of them than UTF-16 units. */
export const COMMENT_LIMIT = 65_536;

const ICONS = { fine: '✅', missing: '🔨', unknown: '⚠️' } as const;

/**
 * @param ofFork whether a fork's run wrote the content
 * @returns at most {@link COMMENT_LIMIT} characters
 */
export function commentText(content: CommentContent, about: RunSubject, ofFork: boolean): string {
  const { subject, mood, blocks } = content;
  const { run, runUrl, headSha } = about;
  const marker = `<!-- buildcache-action ${commentKey(subject)} run ${run.id}.${run.attempt} -->`;
  const head = `${marker}\n### ${ICONS[mood]} Build cache: ${code(subject)}\n\n`;
  const by = runUrl === undefined ? '' : `, by [this run](${runUrl})`;
  const fork = ofFork ? '. It was found by a run of a fork, and is as trustworthy as that is' : '';
  const foot = `\n<sub>Of commit \`${headSha.slice(0, 12)}\`${by}${fork}.</sub>\n`;
  return `${head}${fitting(blocksMarkdown(blocks), COMMENT_LIMIT - head.length - foot.length)}${foot}`;
}

/** The key that tells the comments of one pull request apart. */
export function commentKey(subject: string): string {
  return sha256(subject).slice(0, 16);
}

/** The run that wrote a comment; undefined where it is not the one with this key. */
export function runOfComment(body: string, key: string): RunNumber | undefined {
  const [, found, id, attempt] = MARKER.exec(body) ?? [];
  return found === key ? { id: Number(id), attempt: Number(attempt) } : undefined;
}

const MARKER = /^<!-- buildcache-action ([0-9a-f]{16}) run (\d{1,15})\.(\d{1,9}) -->/;

const CUT = '\n*The rest is left out: GitHub takes no longer comment.*\n';

/** As many whole lines as fit. Cutting at a line is safe, since no shape of a block spans lines. */
function fitting(markdown: string, room: number): string {
  if (markdown.length <= room) return markdown;
  const kept = markdown.slice(0, room - CUT.length);
  return `${kept.slice(0, kept.lastIndexOf('\n') + 1)}${CUT}`;
}

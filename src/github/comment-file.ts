/**
 * The comment of a run that may not post it, in a file. A fork's run writes the file and uploads it as an artifact; a
 * second workflow posts it. That workflow treats the file as hostile. It must not be too large, must have the right shape
 * and holds only plain text. It is about the pull request that it names only if GitHub confirms that.
 */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { BuildcacheError, fileError } from '../core/errors.ts';
import { parseJson } from '../core/json.ts';
import { writeWholeFile } from '../core/write-file.ts';
import type { Block } from './blocks.ts';
import type { CommentContent } from './comment.ts';

export interface WrittenComment {
  /** The number in the file, which is not confirmed. */
  readonly pullRequest: number;
  readonly content: CommentContent;
}

/** The file's name, in any folder. */
export const COMMENT_FILE = 'buildcache-comment.json';

/** The most bytes. GitHub takes a comment of a quarter of that. */
const MOST_BYTES = 512 * 1024;

/** The most files, which is one for each environment of a pull request. */
const MOST_FILES = 32;

/** Limits of a block, and of all blocks. Text is counted in UTF-16 units. */
const MOST = { text: 1000, items: 100, columns: 8, blocks: 50 } as const;

const Text = v.pipe(v.string(), v.maxLength(MOST.text));
const texts = (most: number) => v.pipe(v.array(Text), v.maxLength(most));
const BlockSchema = v.variant('is', [
  v.strictObject({ is: v.picklist(['heading', 'text']), text: Text }),
  v.strictObject({ is: v.literal('list'), items: texts(MOST.items) }),
  v.strictObject({
    is: v.literal('table'),
    headers: texts(MOST.columns),
    rows: v.pipe(v.array(texts(MOST.columns)), v.maxLength(MOST.items)),
  }),
]);
const FileSchema = v.strictObject({
  version: v.literal(1),
  pullRequest: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  content: v.strictObject({
    subject: v.pipe(Text, v.minLength(1)),
    mood: v.picklist(['fine', 'missing', 'unknown']),
    blocks: v.pipe(v.array(BlockSchema), v.maxLength(MOST.blocks)),
  }),
});

/** Cuts off what {@link readCommentFile} would refuse, so that a comment is the same with and without the file. */
export function shortened({ subject, mood, blocks }: CommentContent): CommentContent {
  return { subject: clip(subject), mood, blocks: blocks.slice(0, MOST.blocks).map(shortBlock) };
}

/** @param file replaced as a whole @throws `denied` or `io`, which name the file */
export async function writeCommentFile(
  file: string,
  { pullRequest, content }: WrittenComment,
): Promise<void> {
  await writeWholeFile(file, `${JSON.stringify({ version: 1, pullRequest, content: shortened(content) })}\n`);
}

/**
 * @param file everything in it is attacker-controlled
 * @throws `too-large`; `bad-input` for any other file, also for a link
 */
export async function readCommentFile(file: string): Promise<WrittenComment> {
  let text: string;
  try {
    const found = await lstat(file);
    if (!found.isFile()) throw new BuildcacheError('bad-input', 'not a file', { file });
    if (found.size > MOST_BYTES) {
      throw new BuildcacheError('too-large', 'not a comment of ours', {
        file,
        expected: `at most ${MOST_BYTES} bytes`,
        found: `${found.size}`,
      });
    }
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw fileError(error, file, 'read the comment');
  }
  const parsed = v.safeParse(FileSchema, parseJson(text, file), { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const at = v.getDotPath(issue) ?? 'the document';
  throw new BuildcacheError('bad-input', `not a comment of ours: ${at.slice(0, 80)} is not as it must be`, {
    file,
    expected: (issue.expected ?? issue.type).slice(0, 80),
    found: issue.received.slice(0, 80),
  });
}

/**
 * Finds the comment files in what was downloaded: a file, a folder with one, or a folder with a folder for each artifact.
 * Links are not followed.
 * @throws `not-found` where there is no such place; `too-large` for too many
 */
export async function findCommentFiles(place: string): Promise<readonly string[]> {
  try {
    if ((await lstat(place)).isFile()) return [place];
    const entries = await readdir(place, { withFileTypes: true });
    const found = entries.some(({ name }) => name === COMMENT_FILE) ? [join(place, COMMENT_FILE)] : [];
    for (const entry of entries.filter((each) => each.isDirectory())) {
      const names = await readdir(join(place, entry.name));
      if (names.includes(COMMENT_FILE)) found.push(join(place, entry.name, COMMENT_FILE));
      if (found.length > MOST_FILES) {
        const facts = { file: place, expected: `at most ${MOST_FILES}` };
        throw new BuildcacheError('too-large', 'too many comments for one pull request', facts);
      }
    }
    return found.sort();
  } catch (error) {
    throw fileError(error, place, 'look for comments');
  }
}

function shortBlock(block: Block): Block {
  switch (block.is) {
    case 'heading':
    case 'text':
      return { is: block.is, text: clip(block.text) };
    case 'list':
      return { is: block.is, items: block.items.slice(0, MOST.items).map(clip) };
    case 'table': {
      const cells = (row: readonly string[]) => row.slice(0, MOST.columns).map(clip);
      return {
        is: block.is,
        headers: cells(block.headers),
        rows: block.rows.slice(0, MOST.items).map(cells),
      };
    }
  }
}

function clip(text: string): string {
  return text.length <= MOST.text ? text : `${text.slice(0, MOST.text - 1)}…`;
}

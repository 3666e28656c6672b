/** Parts of objects, as `Content-Range` says them (RFC 9110 section 14.4). */
import type { Readable } from 'node:stream';
import { BuildcacheError } from '../core/errors.ts';
import { statusFacts } from '../core/http-status.ts';

export interface Part {
  readonly start: number;
  /** The byte after the last. */
  readonly end: number;
  /** Of the whole object, where it is said. */
  readonly total: number | undefined;
}

/** @returns undefined for what is no part of bytes */
export function partOf(header: string | undefined): Part | undefined {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header ?? '');
  if (match === null) return undefined;
  const total = match[3] === '*' ? undefined : Number(match[3]);
  return { start: Number(match[1]), end: Number(match[2]) + 1, total };
}

/**
 * Successes that have what was asked for: as it is, as something on the way has changed it, or a part of it. Any other says
 * that something was done, will be, or must be first (202 is what some firewalls say to programs).
 */
const CONTENT: ReadonlySet<number> = new Set([200, 203, 206]);

/**
 * For an answer that should have an object, or say that it is there. It ends the body of another one.
 * @param asked whether a part was asked for
 * @param url redacted
 * @throws BuildcacheError `protocol` for a success without content, for a part that does not say which, and for a part where
 *   the whole was asked for: something on the way may have kept no more
 */
export function requireContent(
  {
    status,
    part,
    body,
  }: { readonly status: number; readonly part: Part | undefined; readonly body?: Readable },
  asked: boolean,
  url: string,
): void {
  const isWhole =
    part === undefined ? status !== 206 : part.start === 0 && part.end === (part.total ?? part.end);
  if (CONTENT.has(status) && (isWhole || (asked && part !== undefined))) return;
  body?.on('error', () => undefined).destroy();
  throw CONTENT.has(status)
    ? new BuildcacheError('protocol', 'the server sent a part of what was asked for', {
        url,
        expected: asked ? 'which part it is, in Content-Range' : 'all of it',
        found: part === undefined ? 'no Content-Range' : `bytes ${part.start} to ${part.end - 1}`,
      })
    : new BuildcacheError('protocol', `the server answered with status ${status}`, {
        url,
        ...statusFacts(status, undefined),
        expected: '200 or 404',
      });
}

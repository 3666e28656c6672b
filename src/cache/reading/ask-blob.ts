/** Whether a mirror has a blob that an entry names, and of which length. */
import { BuildcacheError } from '../../core/errors.ts';
import { previewOf } from '../../core/json.ts';
import { unpackedBody } from '../../storage/content-coding.ts';
import { readUpTo } from '../../storage/read.ts';
import type { StorageReader } from '../../storage/storage.ts';
import type { Descriptor } from '../entries.ts';
import { documentUrl } from '../fetch-document.ts';

/** Bytes: enough to tell a page by. */
const BEGINNING = 64;

/**
 * Some servers answer with a page for whatever they lack, or before a log-in. Others know only GET, and say of all blobs that
 * they are not there, or have no bytes. So the beginning of the blob is asked for where HEAD finds none, no length, another
 * one, or a page.
 * @returns undefined: it is not there
 * @throws BuildcacheError `protocol` for a page; else as the storage does
 */
export async function askBlob(
  storage: StorageReader,
  { key, size }: Pick<Descriptor, 'key' | 'size'>,
  signal: AbortSignal | undefined,
): Promise<{ readonly size: number | undefined } | undefined> {
  const info = await storage.head(key, { signal });
  const isRight = info?.size !== undefined && (size === undefined || info.size === size);
  if (isRight && info.contentType !== 'text/html') return info;
  const object = await storage.get(key, { signal });
  if (object === undefined || object === 'not-modified') return undefined;
  const url = documentUrl(storage, key);
  const start = await readUpTo(unpackedBody(object, size, url), BEGINNING);
  const found = previewOf(start.toString('latin1'), url);
  if (found === 'an HTML or XML page') {
    throw new BuildcacheError('protocol', 'the server answered with a web page', {
      url,
      expected: 'a blob',
      found,
      hint: 'check the mirror URL: the server may answer so for whatever it does not have',
    });
  }
  // What comes is right where HEAD says otherwise.
  if (start.length < BEGINNING) return { size: start.length };
  const said = object.size ?? info?.size;
  return { size: said !== undefined && said >= start.length ? said : undefined };
}

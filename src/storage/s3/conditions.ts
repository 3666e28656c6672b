/**
 * Conditional writes, for servers that have them, have them in a dialect, say that they do not, or silently do not.
 *
 * The first conditional write finds out what a server does: a scratch object is put on the condition that it replaces
 * a version that never was. A server with conditions refuses, and nothing is written. A server that ignores them
 * writes the object, which is deleted again. A server that rejects the header says so. In the last two cases support
 * is `none`: the present state is compared right before the write, which narrows the race but does not close it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import { once } from '../once.ts';
import type { ConditionSupport, PutCondition } from '../storage.ts';
import type { Answer, S3Connection } from './connection.ts';
import { headS3 } from './read.ts';

/** The SDK's words for the headers. */
export interface ConditionHeaders {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
}

export interface S3Conditions {
  /** `native` until shown otherwise. */
  readonly support: ConditionSupport;
  /**
   * Asks before a long upload whether it would be in vain. Where we may not read, the server does not tell, and
   * decides in the end.
   * @throws BuildcacheError `conflict` when the condition does not hold now
   */
  precheck(key: string, condition: PutCondition | undefined, signal: AbortSignal | undefined): Promise<void>;
  /**
   * Sends a write whose condition the server decides on. Runs `send` again where the server wants the condition in
   * another form.
   * @throws BuildcacheError `conflict` when the condition does not hold
   */
  decide<T>(
    key: string,
    condition: PutCondition | undefined,
    send: (headers: ConditionHeaders) => Promise<Answer<T>>,
    signal: AbortSignal | undefined,
  ): Promise<Answer<T>>;
}

export function s3Conditions(connection: S3Connection): S3Conditions {
  const { sdk, bucket, retry } = connection;
  let support: ConditionSupport = 'native';
  /** Whether the server refuses the header itself. */
  let rejected = false;
  /** RFC 9110 has etags in quotes, and S3 returns them so. Ceph compares with the bare etag. */
  let quoted = true;

  const headersFor = (condition: PutCondition, inQuotes: boolean): ConditionHeaders => {
    if (rejected) return {};
    if ('ifAbsent' in condition) return { IfNoneMatch: '*' };
    const bare = condition.ifMatch.replace(/^"(.*)"$/, '$1');
    return { IfMatch: inQuotes ? `"${bare}"` : bare };
  };

  const compare = async (key: string, condition: PutCondition, signal: AbortSignal | undefined) => {
    const found = await headS3(connection, key, signal);
    if ('ifAbsent' in condition ? found === undefined : found?.etag === condition.ifMatch) return;
    throw conflict(connection.urlOf(key), condition, found === undefined ? 'no object' : found.etag);
  };

  const probe = once(async (signal, key: string) => {
    // Beside the key, where we are likely to be allowed to write. Not everybody may delete it, so that it has one name.
    const scratch = `${key.slice(0, key.lastIndexOf('/') + 1)}.condition-probe`;
    const target = { Bucket: bucket, Key: connection.keyOf(scratch) };
    const input = { ...target, Body: new Uint8Array(0), IfMatch: `"${'0'.repeat(32)}"` };
    const answer = await connection.ask(
      key,
      (client, options) => client.send(new sdk.PutObjectCommand(input), options),
      signal,
    );
    if (!('error' in answer)) {
      support = 'none';
      await connection.ask(
        key,
        (client, options) => client.send(new sdk.DeleteObjectCommand(target), options),
        signal,
      );
      return;
    }
    const { status, code } = answer.refusal;
    const forbidden = code === 'AccessDenied';
    if (code === 'NoSuchBucket' || (answer.error.code === 'denied' && !forbidden)) throw answer.error;
    if (status === 412 || status === 404 || status === 409) return;
    support = 'none';
    // Not being allowed to write this object says nothing of conditions: they are sent, and not relied upon.
    rejected = !forbidden;
  });

  return {
    get support() {
      return support;
    },

    async precheck(key, condition, signal) {
      if (condition === undefined) return;
      try {
        await compare(key, condition, signal);
      } catch (error) {
        if (errorCode(error) !== 'denied') throw error;
      }
    },

    async decide(key, condition, send, signal) {
      if (condition === undefined) return await send({});
      await probe(signal, key);
      for (let busy = 0; ; busy++) {
        if (support === 'none') await compare(key, condition, signal);
        const inQuotes = quoted;
        const answer = await send(headersFor(condition, inQuotes));
        if (!('error' in answer)) return answer;
        const { status, code } = answer.refusal;
        if (status === 501 && !rejected) {
          rejected = true;
          support = 'none';
        } else if (status === 409 && busy < retry.retries) {
          // Another write of the same key is under way. S3 wants to be asked again.
          await sleep(retry.baseDelayMs * 2 ** busy * (1 + Math.random()));
          throwIfCancelled(signal);
        } else if (status === 412 && 'ifMatch' in condition) {
          // Refused although the etag is right: the server wants the etag written the other way.
          await compare(key, condition, signal);
          const other = await send(headersFor(condition, !inQuotes));
          if ('error' in other && other.refusal.status === 412) {
            throw conflict(connection.urlOf(key), condition, 'HTTP 412');
          }
          quoted = !inQuotes;
          return other;
        } else if (
          status === 412 ||
          status === 409 ||
          (status === 404 && /^(NoSuchKey|NotFound)$/.test(code))
        ) {
          throw conflict(connection.urlOf(key), condition, `HTTP ${status} ${code}`);
        } else {
          return answer;
        }
      }
    },
  };
}

function conflict(url: string, condition: PutCondition, found: string | undefined): BuildcacheError {
  const absent = 'ifAbsent' in condition;
  return new BuildcacheError(
    'conflict',
    absent ? 'there is an object already' : 'somebody else changed this object meanwhile',
    { url, expected: absent ? 'no object' : condition.ifMatch, ...(found === undefined ? {} : { found }) },
  );
}

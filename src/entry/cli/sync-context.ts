/** The settings of a verb that copies entries, from its options: whose signatures count, and what is signed anew. */
import { openSigner } from '../../cache/trust/signing.ts';
import type { SyncContext } from '../../commands/sync-mirrors.ts';
import { readSigningKey } from '../shared/signing-key.ts';
import { readTrust } from '../shared/trust-request.ts';
import type { Surroundings } from './shared-options.ts';
import type { VerbContext } from './verb.ts';

export interface CopyCommandOptions {
  readonly baseImage?: string;
  readonly unsigned?: boolean;
  readonly key?: string;
  readonly signingKeyFile?: string;
  readonly trustedKeys: readonly string[];
}

/** @throws BuildcacheError before anything is read, for a key that cannot sign and for keys that cannot be read */
export async function readSyncContext(
  options: CopyCommandOptions,
  { connection, index, reporter }: Surroundings,
  context: VerbContext,
): Promise<SyncContext> {
  const { trustedKeys, unsigned = false } = options;
  const trust = await readTrust({ trustedKeys, unsigned }, context, reporter);
  const resign = options.key !== undefined || options.signingKeyFile !== undefined;
  const open = async (mirror: string) => {
    const key = await readSigningKey(options.signingKeyFile, context);
    return await openSigner({ ...key, choose: options.key, mirror });
  };
  if (resign) await open('');
  return {
    connection,
    baseImage: options.baseImage,
    trust,
    unsigned,
    resign,
    openSigner: ({ name }) => open(name),
    index,
    signal: context.signal,
  };
}

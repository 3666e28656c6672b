/** What a watch reads again and again beside a build that may concretize. */
import { stat } from 'node:fs/promises';
import type { SpecGraph } from '../../spec/graph.ts';

/**
 * @param file the lockfile, whether or not it is there
 * @param read is called again when the file has changed; its errors pass through
 */
export function lockfileReader(
  file: string,
  read: () => Promise<SpecGraph | undefined>,
): () => Promise<SpecGraph | undefined> {
  let version: string | undefined;
  let graph: SpecGraph | undefined;
  return async () => {
    const found = await stat(file, { bigint: true }).catch(() => undefined);
    const now = found && `${found.ino} ${found.mtimeNs} ${found.size}`;
    if (now === undefined || now !== version) {
      graph = await read();
      version = now;
    }
    return graph;
  };
}

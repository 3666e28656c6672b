import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileStorage } from '../../src/storage/file.ts';
import { storageContract } from '../harness/storage-contract.ts';

storageContract(
  'a folder',
  async () => {
    const root = await mkdtemp(join(tmpdir(), 'file-storage-'));
    return {
      open: async () => openFileStorage(join(root, 'not', 'yet')),
      stop: async () => await rm(root, { recursive: true }),
    };
  },
  'lock',
);

import { openS3 } from '../harness/s3-place.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { storageContract } from '../harness/storage-contract.ts';

for (const [conditions, support] of [
  ['native', 'native'],
  ['unquoted-etag', 'native'],
  ['ignored', 'none'],
  ['rejected', 'none'],
] as const) {
  storageContract(
    `a bucket with conditions ${conditions}`,
    async () => {
      const server = await startS3Server({ conditions, pageSize: 3 });
      return { open: async () => await openS3(server.url), stop: async () => await server.close() };
    },
    support,
  );
}

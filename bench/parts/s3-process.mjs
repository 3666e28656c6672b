// The S3 server of the tests in a process of its own; its address and keys on stdout.
import { ACCESS_KEY, SECRET_KEY, startS3Server } from '../../test/harness/s3-server.ts';

const { url } = await startS3Server({ buckets: ['upload', 'copy'] });
console.log(JSON.stringify({ url, id: ACCESS_KEY, secret: SECRET_KEY }));

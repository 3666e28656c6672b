import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openClient } from '../../src/mirrors/open-client.ts';
import { makeCertificate } from '../harness/certificate.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { rejection } from './rejection.ts';

const { cert } = makeCertificate();
const open = (caFile: string) =>
  openClient({
    timeoutMs: 1000,
    retry: { retries: 0 },
    jobs: 1,
    verifyTls: true,
    env: {},
    caFile,
  } as Parameters<typeof openClient>[0]);

describe('the file of certificate authorities', () => {
  test.each([
    ['one certificate', cert],
    ['what stands before and after it', `# ours\r\nSubject: us\r\n${cert.replaceAll('\n', '\r\n')}# more\n`],
    ['an older name of it', cert.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')],
    ['several', cert + makeCertificate().cert],
  ])('takes %s', async (_, text) => {
    await using dir = await tempDir();
    const file = join(dir.path, 'ca.pem');
    await writeFile(file, text);
    await expect(open(file)).resolves.toBeDefined();
  });

  test.each([
    ['nothing', ''],
    ['a certificate in DER', new X509Certificate(cert).raw],
    ['a key', makeCertificate().key],
    ['a certificate cut short', cert.slice(0, 200)],
    ['other bytes in a certificate', cert.replace(/\n.+\n/, '\nAAAA\n')],
  ])('with %s is an error that says what is expected, not one of some server later', async (_, content) => {
    await using dir = await tempDir();
    const file = join(dir.path, 'ca.pem');
    await writeFile(file, content);
    const { code, facts } = await rejection(open(file));
    expect(code).toBe('bad-input');
    expect(facts).toMatchObject({ file, expected: expect.stringContaining('PEM') });
  });
});

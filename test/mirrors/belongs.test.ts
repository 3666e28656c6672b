import { describe, expect, it } from 'vitest';
import { mirrorToRead, mirrorToWrite } from '../../src/mirrors/belongs.ts';
import type { Mirror } from '../../src/mirrors/mirror.ts';
import { unknownMirror } from '../../src/mirrors/select.ts';

/** All unsigned, to see what is not believed to be. */
const CONFIGURED: readonly Mirror[] = Object.entries({
  folder: 'file:///mirrors/a',
  web: 'https://mirror.example.org/cache',
  port: 'http://[::1]:8080/x',
  bucket: 's3://Bucket/pre',
  images: 'oci://ghcr.io/us/cache',
}).map(([name, url]) => ({ ...unknownMirror(url, name), name, signed: false }));

describe('whose mirror a URL in a list is', () => {
  it.each([
    ['file:///mirrors/a/', 'folder'],
    ['FILE:///mirrors/a', 'folder'],
    ['file://localhost/mirrors/b/../a', 'folder'],
    ['https://MIRROR.example.org:443/cache', 'web'],
    ['https://user:secret@mirror.example.org/cache', 'web'],
    ['http://[0:0:0:0:0:0:0:1]:8080/x', 'port'],
    ['s3://Bucket/other/../pre', 'bucket'],
    ['oci://ghcr.io/us/cache', 'images'],
  ])('%s is a configured one', (url, name) => {
    expect(mirrorToRead(url, CONFIGURED)).toMatchObject({ name, signed: false });
    expect(mirrorToWrite(url, CONFIGURED)?.name).toBe(name);
  });

  it.each([
    ['file:///mirrors/a/sub', 'file:///mirrors/a/sub'],
    ['https://mirror.example.org/cache/../other', 'https://mirror.example.org/other'],
    ['https://mirror.example.org\\@evil.example/x', 'https://mirror.example.org/@evil.example/x'],
    ['s3://Bucket/pre/%2e%2e/other', 's3://Bucket/other'],
    ['oci://ghcr.io/others/cache', 'oci://ghcr.io/others/cache'],
  ])('%s is beside one: read as signed, and not written', (url, at) => {
    expect(mirrorToRead(url, CONFIGURED)).toMatchObject({ signed: true, fetch: { url: at } });
    expect(mirrorToWrite(url, CONFIGURED)).toBeUndefined();
  });

  it.each([
    'file:///etc',
    'file:///mirrors',
    'file:///mirrors/ab',
    'file:///mirrors/a/../b',
    'file:///mirrors/a/%2e%2e/b',
    'file://evil.example/mirrors/a',
    'http://mirror.example.org/cache',
    'https://mirror.example.org:444/cache',
    'https://mirror.example.org./cache',
    'https://mirror.example.org@evil.example/cache',
    'https://evil.example\\mirror.example.org/cache',
    'https://mirror.example.org.evil.example/cache',
    'http://[::ffff:0:1]:8080/x',
    'http://127.0.0.1:8080/x',
    's3://bucket/pre',
    's3://Bucket@evil/pre',
    's3://Bucket:80/pre',
    'oci+http://ghcr.io/us/cache',
    'gs://Bucket/pre',
    'no URL',
  ])('%s is nobody’s', (url) => {
    expect(mirrorToRead(url, CONFIGURED)).toBeUndefined();
    expect(mirrorToWrite(url, CONFIGURED)).toBeUndefined();
  });
});

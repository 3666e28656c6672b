import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/core/errors.ts';
import {
  digestOf,
  isTag,
  parseImageReference,
  parseRepositoryUrl,
  repositoryUrl,
} from '../../../src/storage/registry/reference.ts';

const DIGEST = digestOf(Buffer.from('toy'));

describe('the repository of a mirror', () => {
  it.each([
    ['oci://ghcr.io/org/cache', 'https', 'ghcr.io', 'org/cache'],
    ['oci://GHCR.io/Org/Cache/', 'https', 'ghcr.io', 'org/cache'],
    ['oci+http://localhost:5000/toy', 'http', 'localhost:5000', 'toy'],
    ['oci://127.0.0.1:5000/a/b/c', 'https', '127.0.0.1:5000', 'a/b/c'],
    ['oci://[::1]:5000/toy', 'https', '[::1]:5000', 'toy'],
    ['oci://localhost/toy', 'https', 'localhost', 'toy'],
    ['oci://ubuntu', 'https', 'index.docker.io', 'library/ubuntu'],
    ['oci://user/cache', 'https', 'index.docker.io', 'user/cache'],
    ['oci://User/cache', 'https', 'user', 'cache'],
    ['oci://docker.io/user/cache', 'https', 'index.docker.io', 'user/cache'],
    ['oci://docker.io/ubuntu', 'https', 'index.docker.io', 'library/ubuntu'],
    ['oci://ghcr.io/org/cache:latest', 'https', 'ghcr.io', 'org/cache'],
    [`oci://ghcr.io/org/cache@${DIGEST}`, 'https', 'ghcr.io', 'org/cache'],
    ['oci://host.example/a__b/c-d--e/f.g_h', 'https', 'host.example', 'a__b/c-d--e/f.g_h'],
  ])('%s', (url, scheme, host, name) => {
    expect(parseRepositoryUrl(url)).toEqual({ scheme, host, name });
  });

  it.each([
    'https://ghcr.io/org/cache',
    'ghcr.io/org/cache',
    'oci://',
    'oci:///cache',
    'oci://ghcr.io/',
    'oci://ghcr.io//cache',
    'oci://ghcr.io/../cache',
    'oci://ghcr.io/a/./b',
    'oci://ghcr.io/a b',
    'oci://ghcr.io/a%2fb',
    'oci://ghcr.io/-a',
    'oci://ghcr.io/a-',
    'oci://ghcr.io/a/b?x=y',
    'oci://ghcr.io/a/b#c',
    'oci://ghcr.io:port/a',
    'oci://ghcr.io:99999/a',
    'oci://ghcr..io/a',
    'oci://ghcr.io/a:ta/g',
    'oci://ghcr.io/a@sha256:short',
    `oci://ghcr.io/${'a'.repeat(256)}`,
  ])('%s is none', (url) => {
    expect(() => parseRepositoryUrl(url)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('never shows a password that was written into it', () => {
    for (const text of [
      'oci://user:hunter2@ghcr.io/org/cache',
      'user:hunter2@ghcr.io/org/cache',
      'x@hunter2@y.z/a',
    ]) {
      for (const parse of [parseRepositoryUrl, parseImageReference]) {
        try {
          parse(text);
          expect.unreachable();
        } catch (error) {
          expect(describeError(error)).not.toContain('hunter2');
        }
      }
    }
  });
});

describe('an image', () => {
  it.each([
    ['ubuntu', 'index.docker.io', 'library/ubuntu', 'latest', undefined],
    ['ubuntu:22.04', 'index.docker.io', 'library/ubuntu', '22.04', undefined],
    ['user/image', 'index.docker.io', 'user/image', 'latest', undefined],
    ['my_user/image', 'index.docker.io', 'my_user/image', 'latest', undefined],
    ['localhost:5000/image', 'localhost:5000', 'image', 'latest', undefined],
    ['quay.io/Org/Image:V1', 'quay.io', 'org/image', 'V1', undefined],
    [`ubuntu@${DIGEST}`, 'index.docker.io', 'library/ubuntu', undefined, DIGEST],
    [`ghcr.io/a/b:c@${DIGEST}`, 'ghcr.io', 'a/b', 'c', DIGEST],
    ['oci://ghcr.io/a/b:c', 'ghcr.io', 'a/b', 'c', undefined],
  ])('%s', (text, host, name, tag, digest) => {
    expect(parseImageReference(text)).toEqual({ scheme: 'https', host, name, tag, digest });
  });

  it('is asked for over plain HTTP only when that is written', () => {
    expect(parseImageReference('oci+http://127.0.0.1:5000/a').scheme).toBe('http');
    expect(parseImageReference('127.0.0.1:5000/a').scheme).toBe('https');
  });

  it.each(['', ':tag', 'a:', 'a:-', 'https://ghcr.io/a/b', 'a@sha512:00', `a:${'t'.repeat(129)}`, 'a\nb'])(
    '%j is none',
    (text) => {
      expect(() => parseImageReference(text)).toThrow(expect.objectContaining({ code: 'usage' }));
    },
  );
});

const part = fc.stringMatching(/^[a-z0-9]{1,8}(?:(?:\.|_|__|--?)[a-z0-9]{1,4}){0,2}$/);
const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const host = fc.constantFrom('ghcr.io', 'localhost', 'localhost:5000', '10.0.0.1', 'a-b.example:443');

it('reads back what it writes', () => {
  fc.assert(
    fc.property(host, name, fc.constantFrom('https' as const, 'http' as const), (host, name, scheme) => {
      expect(parseRepositoryUrl(repositoryUrl({ scheme, host, name }))).toEqual({ scheme, host, name });
    }),
  );
});

it('refuses or understands anything, and what it understands stays in its place in a URL', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z0-9./:@_%?#-]{1,40}$/)), (text) => {
      let parsed: ReturnType<typeof parseImageReference>;
      try {
        parsed = parseImageReference(text);
      } catch (error) {
        expect(error).toMatchObject({ code: 'usage' });
        return;
      }
      const url = new URL(`${parsed.scheme}://${parsed.host}/v2/${parsed.name}/tags/list`);
      expect(url.pathname).toBe(`/v2/${parsed.name}/tags/list`);
      expect([url.username, url.password, url.search, url.hash]).toEqual(['', '', '', '']);
      expect(parsed.tag === undefined || isTag(parsed.tag)).toBe(true);
    }),
  );
});

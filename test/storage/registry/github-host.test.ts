import { expect, it } from 'vitest';
import { packagesApiOf } from '../../../src/storage/registry/github-host.ts';

const server = { GITHUB_SERVER_URL: 'https://github.example.com' };
const api = (host: string, env: Record<string, string> = {}, scheme: 'https' | 'http' = 'https') =>
  packagesApiOf({ scheme, host, name: 'org/cache' }, env)?.href;

it.each([
  ['ghcr.io', {}, 'https://api.github.com/'],
  // The job's own server does not change whose registry ghcr.io is.
  ['ghcr.io', server, 'https://api.github.com/'],
  ['containers.github.example.com', server, 'https://github.example.com/api/v3'],
  ['containers.octo.ghe.com', {}, 'https://api.octo.ghe.com/'],
  ['containers.github.example.com', {}, undefined],
  ['containers.elsewhere.example.com', server, undefined],
  ['containers.github.example.com', { GITHUB_SERVER_URL: 'http://github.example.com' }, undefined],
  ['containers.a.b.ghe.com', {}, undefined],
  ['ghcr.io.example.com', {}, undefined],
  ['ghcr.io:5000', {}, undefined],
  ['quay.io', server, undefined],
])('the packages of %s (%o) are at %s', (host, env, expected) => {
  expect(api(host, env as Record<string, string>)).toBe(expected);
});

it('no token goes to an API for a registry that is spoken to without TLS', () => {
  expect(api('ghcr.io', {}, 'http')).toBeUndefined();
});

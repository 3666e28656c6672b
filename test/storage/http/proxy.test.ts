import { describe, expect, it, test } from 'vitest';
import { describeError } from '../../../src/core/errors.ts';
import { describeProxy, proxyFor } from '../../../src/storage/http/proxy.ts';

const shown = (target: string, env: Record<string, string>) => {
  const proxy = proxyFor(new URL(target), env);
  return proxy === undefined ? 'direct' : describeProxy(proxy);
};

describe('the proxy of a request', () => {
  test.each([
    ['http://m/', { http_proxy: 'http://a:1' }, 'the proxy http://a:1 (of http_proxy)'],
    ['https://m/', { http_proxy: 'http://a:1' }, 'direct'],
    ['https://m/', { https_proxy: 'http://a:1' }, 'the proxy http://a:1 (of https_proxy)'],
    ['https://m/', { HTTPS_PROXY: 'https://a' }, 'the proxy https://a (of HTTPS_PROXY)'],
    ['http://m/', { HTTP_PROXY: 'b:2', http_proxy: 'a:1' }, 'the proxy http://a:1 (of http_proxy)'],
    ['http://m/', { HTTP_PROXY: 'http://b:2', http_proxy: '' }, 'direct'],
    ['http://m/', { ALL_PROXY: 'a:1' }, 'the proxy http://a:1 (of ALL_PROXY)'],
    ['https://m/', { all_proxy: 'a:1', ALL_PROXY: 'b:2' }, 'the proxy http://a:1 (of all_proxy)'],
    [
      'https://m/',
      { https_proxy: 'b:2', ALL_PROXY: 'socks5://a:1' },
      'the proxy http://b:2 (of https_proxy)',
    ],
    ['http://m/', { http_proxy: ' http://u:p@a:1/path ' }, 'the proxy http://a:1 (of http_proxy)'],
    ['http://m/', {}, 'direct'],
  ])('%s with %o', (target, env, expected) => {
    expect(shown(target, env)).toBe(expected);
  });

  test.each([
    ['http://u:p@a', 'u:p'],
    ['http://u:p%40%25w@a', 'u:p@%w'],
    ['http://u:100%@a', 'u:100%'],
    ['http://u:%zz%C3%BC@a', 'u:%zzü'],
    ['http://u%40site:@a', 'u@site:'],
    ['u:p@a:3128', 'u:p'],
  ])('has the user and password of %s', (http_proxy, pair) => {
    const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
    expect(proxyFor(new URL('http://m/'), { http_proxy })).toMatchObject({ authorization });
  });

  test.each(['socks5://u:secret@a:1', 'socks5h://u:secret@a:1', 'socks4://u:secret@a', 'ftp://u:secret@a'])(
    '%s is of a kind that is not supported',
    (ALL_PROXY) => {
      const failure = attempt(() => proxyFor(new URL('http://m/'), { ALL_PROXY }));
      expect(failure).toMatchObject({ code: 'unsupported' });
      expect(describeError(failure)).toMatch(/ALL_PROXY.*expected http:\/\/host:port.*no_proxy/);
      expect(describeError(failure)).not.toContain('secret');
    },
  );

  test.each(['http://', 'http://u:secret#1@a:1', 'http://a:secret', 'http://secret host'])(
    '%s is none',
    (http_proxy) => {
      const failure = attempt(() => proxyFor(new URL('http://m/'), { http_proxy }));
      expect(failure).toMatchObject({ code: 'usage' });
      expect(describeError(failure)).toContain('http_proxy does not name a proxy');
      expect(describeError(failure)).not.toContain('secret');
    },
  );

  it('is not looked at for who is asked directly', () => {
    expect(shown('http://m/', { http_proxy: 'socks5://a', no_proxy: 'm' })).toBe('direct');
  });
});

describe('no_proxy', () => {
  test.each([
    ['example.com', 'example.com', true],
    ['Example.COM.', 'example.com', true],
    ['example.com', 'a.b.example.com', true],
    ['.example.com', 'a.example.com', true],
    ['.example.com', 'example.com', true],
    ['*.example.com', 'a.example.com', true],
    ['example.com', 'notexample.com', false],
    ['a.example.com', 'example.com', false],
    ['other, example.com', 'example.com', true],
    ['other example.com', 'example.com', true],
    ['*', 'anything', true],
    ['other,*', 'anything', true],
    ['', 'anything', false],
    ['.', 'anything', false],
    ['localhost', '127.0.0.1', false],
    ['127.0.0.1', '127.0.0.1', true],
    ['0.0.1', '127.0.0.1', false],
    ['10.0.0.0/8', '10.9.8.7', true],
    ['10.0.0.0/8', '11.9.8.7', false],
    ['10.0.0.0/99', '10.0.0.0', false],
    ['10.0.0.0/8', '10.example.com', false],
    ['::1', '[::1]', true],
    ['[::1]', '[::1]', true],
    ['fd00::/8', '[fd12::1]', true],
    ['fd00::/8', '[fe80::1]', false],
    ['example.com:80', 'example.com', true],
    ['example.com:8080', 'example.com', false],
    ['[::1]:80', '[::1]', true],
  ])('"%s" and %s', (no_proxy, host, isDirect) => {
    const env = { http_proxy: 'http://proxy:1', no_proxy };
    expect(shown(`http://${host}/`, env) === 'direct').toBe(isDirect);
  });

  it('is read in capitals too, where it is not written small', () => {
    expect(shown('http://m/', { http_proxy: 'a', NO_PROXY: 'm' })).toBe('direct');
    expect(shown('http://m/', { http_proxy: 'a', NO_PROXY: 'm', no_proxy: '' })).not.toBe('direct');
  });
});

function attempt(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

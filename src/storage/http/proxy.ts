/**
 * Which proxy a request goes through, the same for all clients. As in curl: `http_proxy` for http, `https_proxy` for
 * https, then `all_proxy`, each also in capitals; `no_proxy` names hosts that are asked directly. The first variable
 * that is set decides. One that is set to nothing means no proxy.
 */

import type { RequestOptions } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import type { Env } from '../../core/env.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { redactUrl } from '../../core/redact.ts';
import { decodedUserInfo } from '../../core/user-info.ts';

export interface ForwardProxy {
  /** Without credentials. */
  readonly url: URL;
  /** The variable that named it, for people. */
  readonly variable: string;
  /** The value of the `Proxy-Authorization` header. */
  readonly authorization: string | undefined;
}

/**
 * @returns undefined when the server is asked directly
 * @throws BuildcacheError `usage` for what is no URL, `unsupported` for a kind of proxy that we do not speak to
 */
export function proxyFor(target: URL, env: Env): ForwardProxy | undefined {
  const variable = variablesFor(target.protocol).find((name) => env[name] !== undefined);
  const text = variable === undefined ? '' : (env[variable] ?? '').trim();
  if (variable === undefined || text === '' || isExcepted(target, env)) return undefined;
  return parseProxy(text, variable);
}

/** For messages: `the proxy http://proxy:3128 (of http_proxy)`. */
export function describeProxy({ url, variable }: ForwardProxy): string {
  return `the proxy ${url.origin} (of ${variable})`;
}

/** Where to connect to. TLS is with the proxy then, whatever the request's `Host` is. */
export function addressOf({ url }: ForwardProxy): RequestOptions {
  const host = bare(url.hostname);
  return { ...urlToHttpOptions(url), servername: isIP(host) === 0 ? host : '' };
}

function variablesFor(protocol: string): readonly string[] {
  const own = protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  return [own, own.toUpperCase(), 'all_proxy', 'ALL_PROXY'];
}

/** As in curl, a host without a scheme is an HTTP proxy. */
function parseProxy(text: string, variable: string): ForwardProxy {
  const full = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined || url.hostname === '') {
    throw new BuildcacheError('usage', `${variable} does not name a proxy`, {
      expected: 'http://host:port',
      found: 'no URL', // not quoted: there may be a password anywhere in it
      hint: `correct ${variable}; in a user or password, percent-encode what is no letter or digit`,
    });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new BuildcacheError('unsupported', `the proxy that ${variable} names is of a kind not supported`, {
      expected: 'http://host:port or https://host:port',
      found: redactUrl(`${url.protocol}//${url.host}`),
      hint: `name an HTTP proxy in ${variable}, or what is to be asked directly in no_proxy`,
    });
  }
  const { username, password } = decodedUserInfo(url);
  const authorization =
    username === '' && password === ''
      ? undefined
      : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return { url: new URL(url.origin), variable, authorization };
}

/**
 * An entry of `no_proxy` is a host name with all names below it, an address, a block of addresses, or `*`; it may
 * have a port.
 */
function isExcepted(target: URL, env: Env): boolean {
  const list = env['no_proxy'] ?? env['NO_PROXY'] ?? '';
  const host = bare(target.hostname);
  const port = target.port === '' ? (target.protocol === 'https:' ? '443' : '80') : target.port;
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === '' || entry === '*') return entry === '*';
    const [, name = entry, only] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
    return (only === undefined || only === port) && covers(bare(name), host);
  });
}

function covers(pattern: string, host: string): boolean {
  const family = isIP(host);
  const [address = '', bits] = pattern.split('/');
  const kind = isIP(address);
  if (kind !== 0) return kind === family && isInBlock(host, address, bits, kind === 6 ? 'ipv6' : 'ipv4');
  if (family !== 0) return false;
  const name = pattern.replace(/^\*?\./, '');
  return name !== '' && (host === name || host.endsWith(`.${name}`));
}

function isInBlock(
  host: string,
  address: string,
  bits: string | undefined,
  family: 'ipv4' | 'ipv6',
): boolean {
  const most = family === 'ipv6' ? 128 : 32;
  if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most)) return false;
  const block = new BlockList();
  block.addSubnet(address, bits === undefined ? most : Number(bits), family);
  return block.check(host, family);
}

/** A host in the form in which hosts are compared: without brackets, the root's dot, and capitals. */
function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

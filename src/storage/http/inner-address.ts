/**
 * Addresses that mean this machine, or that only its owner's network has: loopback, link-local, and the services by
 * which clouds tell a machine who it is. A redirect or a list from outside may not lead there, since the services at
 * these addresses trust every request from this machine.
 */
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { BuildcacheError } from '../../core/errors.ts';

export type InnerKind = 'loopback' | 'link-local';

/** Which kind of inner address a host's name means; undefined for any other host, as far as the name tells. */
export function innerKind(hostname: string): InnerKind | undefined {
  const host = hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  if (METADATA_NAMES.has(host)) return 'link-local';
  const family = isIP(host);
  if (family === 0) return undefined;
  const type = family === 6 ? 'ipv6' : 'ipv4';
  return LOOPBACK.check(host, type) ? 'loopback' : LINK_LOCAL.check(host, type) ? 'link-local' : undefined;
}

/**
 * @param from the URL that leads there: a server on this machine may lead to this machine
 * @throws BuildcacheError `protocol`, and not `denied`, which may mean that an entry is not there
 */
export function requireOutside(to: URL, from: URL | undefined, what: string): void {
  const kind = innerKind(to.hostname);
  if (kind === undefined || (from !== undefined && innerKind(from.hostname) === kind)) return;
  throw inner(to.hostname, what);
}

/** For `net.connect`: looks names up as the system does, and refuses names that lead to an inner address. */
export const lookupOutside: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '', 0);
    if (addresses.some(({ address }) => innerKind(address) !== undefined)) {
      return callback(inner(hostname, 'a redirect or a list'), '', 0);
    }
    const [first] = addresses;
    if (options.all === true) callback(null, addresses);
    else callback(null, first?.address ?? '', first?.family ?? 0);
  });
};

function inner(host: string, what: string): BuildcacheError {
  return new BuildcacheError('protocol', `${what} leads to an address of this machine or its network`, {
    expected: 'a server outside of it',
    found: host,
    hint: 'configure that place as a mirror if it is meant',
  });
}

const METADATA_NAMES = new Set([
  'metadata.google.internal',
  'metadata',
  'instance-data',
  'instance-data.ec2.internal',
]);

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addSubnet('0.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
// The old way to write an IPv4 address as an IPv6 address, and the unspecified address.
LOOPBACK.addSubnet('::', 96, 'ipv6');

const LINK_LOCAL = new BlockList();
LINK_LOCAL.addSubnet('169.254.0.0', 16, 'ipv4');
LINK_LOCAL.addSubnet('fe80::', 10, 'ipv6');
// The metadata services of AWS, of Alibaba, of Oracle.
LINK_LOCAL.addAddress('fd00:ec2::254', 'ipv6');
LINK_LOCAL.addAddress('100.100.100.200', 'ipv4');
LINK_LOCAL.addSubnet('192.0.0.192', 32, 'ipv4');
// The wire server of Azure.
LINK_LOCAL.addAddress('168.63.129.16', 'ipv4');

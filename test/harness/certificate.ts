/**
 * A self-signed certificate for 127.0.0.1 and localhost, made afresh: no key in the repository, nothing that
 * expires one day, no openssl on the machine. It is its own authority, so trusting it is trusting its PEM.
 * Encoded by hand: X.509 (RFC 5280) in DER (X.690), P-256 with SHA-256.
 */
import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

export interface Certificate {
  /** PEM, PKCS #8. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
}

/** @param names of further hosts */
export function makeCertificate(names: readonly string[] = []): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)); // ecdsa-with-SHA256
  const commonName = sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from('buildcache-action test')));
  const name = sequence(der(0x31, commonName));
  const day = 86_400_000;
  const now = Date.now();
  const basicConstraints = extension(oid(0x55, 0x1d, 0x13), sequence(der(0x01, Buffer.from([0xff]))));
  const subjectAltName = extension(
    oid(0x55, 0x1d, 0x11),
    sequence(
      ...['localhost', ...names].map((host) => der(0x82, Buffer.from(host))),
      der(0x87, Buffer.from([127, 0, 0, 1])),
    ),
  );
  const toSign = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), // version 3
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])), // a positive serial number
    algorithm,
    name,
    sequence(utcTime(now - day), utcTime(now + 30 * day)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(basicConstraints, subjectAltName)),
  );
  const signature = createSign('sha256').update(toSign).sign(privateKey);
  const cert = sequence(toSign, algorithm, der(0x03, Buffer.from([0]), signature));
  const lines = cert.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function oid(...bytes: readonly number[]): Buffer {
  return der(0x06, Buffer.from(bytes));
}

function extension(id: Buffer, value: Buffer): Buffer {
  return sequence(id, der(0x04, value));
}

function utcTime(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

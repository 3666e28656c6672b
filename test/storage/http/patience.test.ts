import { expect, it } from 'vitest';
import { type Asked, patience } from '../../../src/storage/http/patience.ts';

const HERE = { url: new URL('http://here/a?token=secret') };
const THERE = { url: new URL('http://there/') };

function timed(timeoutMs = 30_000) {
  let now = 1_000_000;
  const patient = patience(timeoutMs, () => now);
  return {
    patient,
    /** So many requests begin, and nothing comes for so long. */
    wait(ms: number, requests = 1, asked: Asked = HERE) {
      const since = now;
      now += ms;
      for (let i = 0; i < requests; i++) patient.silent(asked, since);
    },
    pass(ms: number) {
      now += ms;
    },
  };
}

it('ends when nothing came for nearly twice the time-out', () => {
  const { patient, wait } = timed();
  expect(patient.left(HERE)).toBe(30_000);
  wait(30_000);
  expect(patient.left(HERE)).toBe(24_000);
  wait(24_000);
  const left = () => patient.left(HERE);
  expect(left).toThrow(expect.objectContaining({ code: 'unreachable' }));
  expect(left).toThrow(
    expect.objectContaining({
      facts: expect.objectContaining({ givenUp: true, url: 'http://here/a?token=***' }),
    }),
  );
});

it('is with each server', () => {
  const { patient, wait } = timed();
  wait(60_000);
  expect(() => patient.left(HERE)).toThrow();
  expect(patient.left(THERE)).toBe(30_000);
});

it('is with all that one server leads to at once, and with that server itself', () => {
  const { patient, wait } = timed();
  const led = (host: string) => ({ url: new URL(`http://${host}/`), home: HERE.url });
  wait(30_000, 1, led('a'));
  expect(patient.left(led('b'))).toBe(24_000);
  wait(24_000, 1, led('b'));
  expect(() => patient.left(led('c'))).toThrow(/not asked again/);
  for (const other of [led('here'), HERE, THERE, { ...led('c'), home: THERE.url }])
    expect(patient.left(other)).toBe(30_000);
});

it('counts no moment twice', () => {
  const { patient, wait } = timed();
  wait(30_000, 16);
  expect(patient.left(HERE)).toBe(24_000);
});

it('counts no time in which nothing was asked', () => {
  const { patient, wait, pass } = timed();
  wait(10_000);
  pass(3_600_000);
  wait(10_000);
  expect(patient.left(HERE)).toBe(30_000);
  wait(30_000);
  expect(patient.left(HERE)).toBe(4_000);
});

it('comes back with each answer, a second at a time', () => {
  const { patient, wait } = timed();
  wait(30_000);
  for (let i = 0; i < 5; i++) patient.heard(HERE);
  expect(patient.left(HERE)).toBe(29_000);
  for (let i = 0; i < 100; i++) patient.heard(HERE);
  wait(30_000);
  expect(patient.left(HERE)).toBe(24_000);
});

it('has no end without a time-out', () => {
  const { patient, wait } = timed(0);
  wait(1e9);
  expect(patient.left(HERE)).toBe(0);
});

it('ends with a server that has no time for four times the time-out, however it is asked', () => {
  const { patient, pass } = timed();
  for (let i = 0; i < 4; i++) {
    for (let side = 0; side < 16; side++) patient.sentAway(HERE);
    pass(29_000);
    expect(patient.left(HERE)).toBe(30_000);
    patient.heard(HERE); // one answer does not make up for half a minute
    pass(500_000); // of its own accord
  }
  patient.sentAway(HERE);
  pass(9_000);
  expect(() => patient.left(HERE)).toThrow(/not asked again/);
  expect(patient.left(THERE)).toBe(30_000);
  for (let i = 0; i < 30; i++) patient.heard(HERE);
  expect(patient.left(HERE)).toBe(30_000);
});

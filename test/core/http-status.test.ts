import { describe, expect, it } from 'vitest';
import { retryAfterSeconds, statusCode, statusFacts } from '../../src/core/http-status.ts';

describe('what a status means', () => {
  it.each([
    [400, 'protocol'],
    [401, 'denied'],
    [403, 'denied'],
    [404, 'not-found'],
    [405, 'unsupported'],
    [407, 'denied'],
    [408, 'server-error'],
    [409, 'conflict'],
    [410, 'not-found'],
    [412, 'conflict'],
    [413, 'too-large'],
    [418, 'protocol'],
    [429, 'throttled'],
    [500, 'server-error'],
    [501, 'unsupported'],
    [503, 'server-error'],
    [599, 'server-error'],
    [302, 'protocol'],
  ])('%i: %s', (status, code) => {
    expect(statusCode(status)).toBe(code);
  });
});

describe('Retry-After', () => {
  it('is seconds, or a date, or nothing', () => {
    expect(retryAfterSeconds('7')).toBe(7);
    const soon = retryAfterSeconds(new Date(Date.now() + 60_000).toUTCString());
    expect(soon).toBeGreaterThan(55);
    expect(soon).toBeLessThanOrEqual(60);
    expect(retryAfterSeconds(new Date(0).toUTCString())).toBe(0);
    for (const none of [undefined, 'later', '-1', '1e9', '9'.repeat(30)])
      expect(retryAfterSeconds(none)).toBeUndefined();
  });

  it('is a fact only where it says something', () => {
    expect(statusFacts(503, undefined)).toEqual({ status: 503 });
    expect(statusFacts(503, '2')).toEqual({ status: 503, retryAfter: 2 });
  });
});

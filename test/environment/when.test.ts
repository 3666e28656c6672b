import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { evaluateWhen } from '../../src/environment/when.ts';

const env = { HERE: 'yes', EMPTY: '' };
const platform = process.platform;

test.each([
  ['True', true],
  ['False', false],
  ['None', false],
  ['not False', true],
  ['not not True', true],
  [`platform == "${platform}"`, true],
  [`platform != '${platform}'`, false],
  [`hostname == "${hostname()}"`, true],
  ['hostname.startswith("no such") or hostname.endswith("no such")', false],
  ['"HERE" in env', true],
  ['"HERE" not in env', false],
  ['env["HERE"] == "yes"', true],
  ['env.get("HERE")', true],
  ['env.get("EMPTY")', false],
  ['env.get("GONE")', false],
  ['env.get("GONE", "x") == "x"', true],
  ['env.get("HERE").upper() == "YES"', true],
  ['"es" in env["HERE"]', true],
  ['False and False or True', true],
  ['False and (False or True)', false],
  ['True or False and False', true],
  ['(platform == "a") == (platform == "b")', true],
])('%s is %s', async (condition, expected) => {
  expect(await evaluateWhen(condition, env)).toBe(expected);
});

test('this machine has an operating system and a target', async () => {
  expect(await evaluateWhen('os != "" and target != "" and target in arch_str', env)).toBe(true);
});

test.each([
  '',
  'nosuch',
  'arch.satisfies("target=zen3")',
  're.match("a", hostname)',
  'env["GONE"] == "x"',
  '__import__("os")',
  'platform == ',
  '"a" "b"',
  '"a\\x41" == "b"',
  'platform == "a" else "b"',
  'env == env',
  '1 < 2',
  'platform.__class__',
  'hostname.split(".")[0]',
  '('.repeat(9_000),
  `${'('.repeat(60)}True${')'.repeat(60)}`,
  'not '.repeat(2000),
])('nobody but Spack can tell: %s', async (condition) => {
  expect(await evaluateWhen(condition, env)).toBeUndefined();
});

test.each([[1], [null], [{}]])('%j is no condition', async (condition) => {
  expect(await evaluateWhen(condition, env)).toBeUndefined();
});

test('one that is too long is not looked at', async () => {
  expect(await evaluateWhen(`"${'a'.repeat(20_000)}"`, env)).toBeUndefined();
});

test.each([
  'env["MIRROR_TOKEN"].startswith("a")',
  '"MIRROR_TOKEN" in env',
  'env.get("INPUT_SIGNING-KEY", "") == ""',
  'env["AWS_SECRET_ACCESS_KEY"] == "x" or True',
  '"a" in env["ACTIONS_RUNTIME_TOKEN"]',
  'env.get("DB_PASSWORD")',
  'env.get("constructor")["x"]',
])('what may be a secret is not told, not by which mirrors are asked either: %s', async (condition) => {
  const secrets = Object.fromEntries(
    [
      'MIRROR_TOKEN',
      'INPUT_SIGNING-KEY',
      'AWS_SECRET_ACCESS_KEY',
      'ACTIONS_RUNTIME_TOKEN',
      'DB_PASSWORD',
    ].map((name) => [name, 'abc']),
  );
  expect(await evaluateWhen(condition, secrets)).toBeUndefined();
});

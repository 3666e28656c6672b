import { expect, it } from 'vitest';
import { type ExpressionScope, evaluated, holds, interpolate } from './runner-expression.ts';

const scope: ExpressionScope = {
  status: 'failure',
  contexts: { env: { A: 'x', EMPTY: '' }, github: { event: { 'pull-request': { number: 3 } } } },
};

it.each([
  ['always()', true],
  ['success()', false],
  ['failure() && !cancelled()', true],
  ["env.A == 'X'", false],
  ["always() && env.A == 'X'", true],
  ["always() && (env.A != 'x' || env.none == null)", true],
  [`\${{ always() && github.event['pull-request'].Number == '3' }}`, true],
  ['always() && env.EMPTY', false],
  ["always() && 'it''s' == 'IT''S'", true],
  ['always() && env.none.deeper', false],
])('%s holds: %s', (condition, expected) => {
  expect(holds(condition, scope)).toBe(expected);
});

it('interpolates', () => {
  expect(
    interpolate(
      `a\${{ env.A }}-\${{ github.event.pull-request.number }}\${{ env.none || 'y' }}\${{ true }}`,
      scope,
    ),
  ).toBe('ax-3ytrue');
});

it.each([
  [`\${{ fromJSON('{"a": [1]}') }}`, { a: [1] }],
  [`\${{ contains(fromJSON('["x", "y"]'), env.A) }}`, true],
  [`\${{ contains('abc', 'B') && startsWith(env.A, 'X') }}`, true],
  [`\${{ join(fromJSON('[{"r": "a"}, {"r": "b"}]').*.r, '+') }}`, 'a+b'],
  [`\${{ contains(fromJSON('{"j": {"r": "a"} }').*.r, 'a') }}`, true],
  [`\${{ format('{0}-{1}', env.A, 2) }}`, 'x-2'],
  ['as it is', 'as it is'],
  [`\${{ env.A }}\${{ env.A }}`, 'xx'],
])('%s is %j', (text, expected) => {
  expect(evaluated(text, scope)).toEqual(expected);
});

it('of what was left out only always() knows', () => {
  const left = { ...scope, status: 'skipped' } as const;
  const functions = ['success()', 'failure()', 'cancelled()', 'always()'];
  expect(functions.map((condition) => holds(condition, left))).toEqual([false, false, false, true]);
});

it.each(['hashFiles()', 'no.such()', 'always() &&', 'always() )', 'env.A ~ 1'])('refuses %s', (condition) => {
  expect(() => holds(`always() && ${condition}`, scope)).toThrow(/expression/);
});

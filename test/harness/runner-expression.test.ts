import { expect, it } from 'vitest';
import { type ExpressionScope, holds, interpolate } from './runner-expression.ts';

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

it.each(['hashFiles()', "contains('a', 'b')", 'always() &&', 'always() )', 'env.A ~ 1'])(
  'refuses %s',
  (condition) => {
    expect(() => holds(`always() && ${condition}`, scope)).toThrow(/expression/);
  },
);

/** What a benchmark is given: how large to be, where its results go, and what they were when they were last recorded. */

/** A ratio that has grown by so much is said. */
const REGRESSION = 1.2;

/**
 * @typedef {object} Result
 * @property {string} what
 * @property {number} value
 * @property {'ms' | 's' | 'MB' | '×' | '%'} unit
 * @property {string} [of] what it was measured beside, in the same run
 * @property {number} [ratio] the value to that one's
 * @property {number} [aim] the most that the ratio, or the value where there is none, should be
 */

/**
 * @param {{ scale: number, most: number, before: readonly Result[] }} options `most`: rounds; `before`: the results that
 *   were recorded
 */
export function openBench({ scale, most, before }) {
  /** @type {Result[]} */
  const results = [];
  return {
    results,
    /** Whether this only shows that the benchmark works. */
    isTrial: scale < 1,
    /** A size of a whole run, made smaller. */
    size: (whole, least = 1) => Math.max(least, Math.round(whole * scale)),
    /** How often: once in a trial. */
    rounds: (whole) => (scale < 1 ? 1 : Math.min(whole, most)),
    /**
     * @param what names the figure; the same in every run, whatever the scale
     * @param floor `{ what, value }` of the same unit: what it is measured beside
     */
    note(what, value, unit, { floor, aim } = {}) {
      if (!Number.isFinite(value) || value <= 0) throw new Error(`${what}: nothing was measured (${value})`);
      if (results.some((each) => each.what === what)) throw new Error(`${what} is measured twice`);
      const ratio = floor && value / floor.value;
      const result = { what, value, unit, ...(floor && { of: floor.what, ratio }), ...(aim && { aim }) };
      results.push(result);
      console.log(
        line(
          result,
          before.find((each) => each.what === what),
        ),
      );
    },
    /** What cannot be measured here, and why. */
    skip: (what, why) => console.log(`  ${what}: not measured, ${why}`),
  };
}

function line({ what, value, unit, of, ratio, aim }, before) {
  const parts = [`  ${what.padEnd(58)} ${amount(value).padStart(8)} ${unit}`];
  if (ratio !== undefined) parts.push(`${ratio.toFixed(2)} × ${of}`);
  if (aim !== undefined) parts.push(`aim ${aim}${ratio === undefined ? ` ${unit}` : ' ×'}`);
  if (before?.ratio !== undefined && ratio !== undefined) {
    const grown = ratio / before.ratio;
    parts.push(
      `recorded ${before.ratio.toFixed(2)} ×${grown > REGRESSION ? `: WORSE by ${Math.round((grown - 1) * 100)} %` : ''}`,
    );
  }
  return parts.join('   ');
}

/** Three digits that count. */
export function amount(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** Bytes and times as people read them. */

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** 1.2 MB: powers of ten. */
export function bytesText(bytes: number): string {
  const { value, unit } = scaled(bytes);
  return `${value} ${unit}`;
}

/** `120 of 310 MB`: the unit is said once where both have it. */
export function partOfText(done: number, total: number): string {
  const [part, whole] = [scaled(Math.min(done, total)), scaled(total)];
  return part.unit === whole.unit
    ? `${part.value} of ${whole.value} ${whole.unit}`
    : `${part.value} ${part.unit} of ${whole.value} ${whole.unit}`;
}

/** `4 s`, `2 min 10 s`, `1 h 5 min`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours > 0) return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
  if (minutes > 0) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  return `${rest} s`;
}

function scaled(bytes: number): { readonly value: string; readonly unit: string } {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return {
    value: unit === 0 || value >= 99.95 ? value.toFixed(0) : value.toFixed(1),
    unit: UNITS[unit] ?? '',
  };
}

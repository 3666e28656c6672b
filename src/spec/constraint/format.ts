/** Writes a constraint so that parsing the text yields the same constraint, here and, as far as it can, in Spack. */
import { formatTargetSet } from '../target.ts';
import { formatVersionSet } from '../version.ts';
import type { Constraint, DependencyConstraint, VariantConstraint } from './constraint.ts';
import { isBareValue, isPackageName, isPlainValue } from './scan.ts';

/** The inverse of `parseSpec`. The constraint that asks nothing is `*`. */
export function formatConstraint(constraint: Constraint): string {
  return (
    [formatNode(constraint, ''), ...formatDependencies(constraint)].filter((part) => part !== '').join(' ') ||
    '*'
  );
}

function formatDependencies({ dependencies }: Constraint): string[] {
  return dependencies.flatMap((edge) => [formatEdge(edge), ...formatDependencies(edge.spec)]);
}

function formatEdge({ kind, deptypes, virtuals, when, spec }: DependencyConstraint): string {
  // `%c=gcc` needs a name to assign to; `%[virtuals=c] *` says the same of any package.
  const isAssignment = virtuals.length > 0 && spec.name !== undefined;
  const attributes: string[] = [];
  if (when !== undefined) attributes.push(`when=${quoteWords(formatConstraint(when))}`);
  if (deptypes.length > 0) attributes.push(`deptypes=${deptypes.join(',')}`);
  if (virtuals.length > 0 && !isAssignment) attributes.push(`virtuals=${virtuals.join(',')}`);
  const bracket = attributes.length > 0 ? `[${attributes.join(' ')}] ` : '';
  const assignment = isAssignment ? `${virtuals.join(',')}=` : '';
  return `${kind}${bracket}${assignment}${formatNode(spec, '*')}`;
}

/** @param anonymous stands where the name would, so that an attribute cannot be taken for part of the edge */
function formatNode(node: Constraint, anonymous: string): string {
  const full = node.namespace === undefined ? node.name : `${node.namespace}.${node.name}`;
  const isQualified = node.name !== undefined && full !== undefined && isPackageName(full);
  let text = (isQualified ? full : node.name) ?? anonymous;
  if (node.versions !== undefined) text += `@${formatVersionSet(node.versions)}`;
  const pairs: string[] = [];
  for (const variant of node.variants) {
    if (variant.kind === 'values') pairs.push(formatValues(variant));
    else if (pairs.length > 0) pairs.push(formatBoolean(variant));
    else text += formatBoolean(variant);
  }
  for (const { name, values, propagate } of node.flags) {
    pairs.push(`${name}${propagate ? '==' : '='}${quoteWords(values.join(' '))}`);
  }
  if (node.namespace !== undefined && !isQualified) pairs.push(`namespace=${quote(node.namespace)}`);
  if (node.platform !== undefined) pairs.push(`platform=${quote(node.platform)}`);
  if (node.os !== undefined) pairs.push(`os=${quote(node.os)}`);
  if (node.target !== undefined) pairs.push(`target=${quote(formatTargetSet(node.target))}`);
  if (node.hash !== undefined) pairs.push(`/${node.hash}`);
  return [text, ...pairs].filter((part) => part !== '').join(' ');
}

function formatBoolean({ name, value, propagate }: Extract<VariantConstraint, { kind: 'boolean' }>): string {
  // Never `-`, which reads as part of a name before it.
  return (value ? '+' : '~').repeat(propagate ? 2 : 1) + name;
}

function formatValues({
  name,
  values,
  exact,
  propagate,
}: Extract<VariantConstraint, { kind: 'values' }>): string {
  const operator = (exact ? ':' : '') + (propagate ? '==' : '=');
  // Order means nothing, and a value that ends in a backslash must not be the last one in quotes.
  const ordered = [...values].sort((a, b) => Number(b.endsWith('\\')) - Number(a.endsWith('\\')));
  return `${name}${operator}${values.length === 0 ? '*' : quote(ordered.join(','))}`;
}

/** Quotes a text in which a space at the end means nothing. */
function quoteWords(text: string): string {
  return quote(text.endsWith('\\') && !isBareValue(text) ? `${text} ` : text);
}

function quote(value: string): string {
  if (isPlainValue(value) || value === '*') return value;
  if (value.endsWith('\\') && isBareValue(value)) return value;
  const mark = value.includes("'") ? '"' : "'";
  return mark + value.replaceAll(mark, `\\${mark}`) + mark;
}

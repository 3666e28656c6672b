/** Compilers of specs from before format 5, where they were an attribute of the node and had names of their own. */
import type { SpecNode } from '../node.ts';

export interface Compiler {
  readonly name: string;
  readonly version: string;
}

/** The package that a compiler's old name stands for; any other name stands for itself. */
export function packageOfCompiler(name: string): string {
  return PACKAGES.get(name) ?? name;
}

/** The inverse of {@link packageOfCompiler}: what Spack still calls the package where it prints compilers. */
export function compilerOfPackage(name: string): string {
  return [...PACKAGES].find(([, known]) => known === name)?.[0] ?? name;
}

/**
 * A node's compiler, from its own attribute or from the annotation in which Spack 1.x keeps it when it rewrites an
 * old spec.
 */
export function compilerOf(node: SpecNode): Compiler | undefined {
  if (node.compiler !== undefined) return node.compiler;
  const { annotations } = node.dict;
  if (typeof annotations !== 'object' || annotations === null || !('compiler' in annotations))
    return undefined;
  const written = annotations.compiler;
  const [, name, version] = (typeof written === 'string' && /^([\w-]+)@=?([\w.-]+)$/.exec(written)) || [];
  return name === undefined || version === undefined ? undefined : { name, version };
}

const PACKAGES: ReadonlyMap<string, string> = new Map([
  ['arm', 'acfl'],
  ['clang', 'llvm'],
  ['intel', 'intel-oneapi-compilers-classic'],
  ['oneapi', 'intel-oneapi-compilers'],
  ['rocmcc', 'llvm-amdgpu'],
]);

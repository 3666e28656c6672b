/**
 * The compiler of a spec from before format 5, where it was an attribute of the node. To Spack it is a build
 * dependency that provides c, cxx and fortran, of which no more than its name and version is known.
 */
import { versionTest } from './attributes.ts';
import { type Compiler, compilerOf, packageOfCompiler } from './compiler.ts';
import type { Constraint, DependencyConstraint } from './constraint.ts';
import type { NodeTest } from './reach.ts';

const LANGUAGES: readonly string[] = ['c', 'cxx', 'fortran'];

/**
 * Whether a node's compiler is a dependency that meets all of these, which have the same name and types. Compilers
 * are found by their old and their new names: Spack changes `%clang` into `%llvm`, and then finds no clang.
 */
export function compilerEdgeTest(group: readonly DependencyConstraint[]): NodeTest {
  const name = group[0]?.spec.name;
  const specs = group.map(({ spec }) => spec);
  const isPossible =
    group.every(
      ({ deptypes, virtuals }) =>
        deptypes.every((type) => type === 'build') && virtuals.every((one) => LANGUAGES.includes(one)),
    ) && specs.every(({ hash }) => hash === undefined);
  if (!isPossible) return () => false;
  const isLanguage = name !== undefined && LANGUAGES.includes(name);
  const asksTooMuch = !isLanguage && specs.some(asksOfWhatIsUnknown);
  const versionTests = specs.flatMap(({ versions }) =>
    versions === undefined || isLanguage ? [] : [versionTest(versions)],
  );
  return (node) => {
    if (asksTooMuch || node.originalFormat >= 5) return false;
    const compiler = compilerOf(node);
    if (compiler === undefined) return false;
    return (isLanguage || isNamed(compiler, name)) && versionTests.every((test) => test(compiler));
  };
}

/** Whether a node's compiler cannot be what a condition describes. */
export function compilerRulesOut(compiler: Compiler | undefined, when: Constraint): boolean {
  if (compiler === undefined) return true;
  if (!isNamed(compiler, when.name)) return true;
  return when.versions !== undefined && !versionTest(when.versions)(compiler);
}

function isNamed(compiler: Compiler, name: string | undefined): boolean {
  return name === undefined || name === compiler.name || name === packageOfCompiler(compiler.name);
}

/** Nothing lies below a compiler that could contradict what is propagated. */
function asksOfWhatIsUnknown({ variants, flags, platform, os, target }: Constraint): boolean {
  const isAsked = [platform, os, target].some((value) => value !== undefined);
  return isAsked || flags.length > 0 || variants.some(({ propagate }) => !propagate);
}

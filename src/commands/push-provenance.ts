/** What a push says of where specs were built, and what it tells the user about specs of which it says nothing. */
import type { MakeStatement } from '../cache/trust/provenance.ts';
import type { JsonObject } from '../core/json.ts';
import type { SpecNode } from '../spec/node.ts';
import { isUnpacked } from '../tree/install-snapshot.ts';
import type { InstallTree } from '../tree/install-tree.ts';

export interface PushProvenance {
  /** @returns undefined where nothing is to be said, and of a spec that another job has built: it came from a cache */
  statementOf(spec: SpecNode, packed: { readonly sha256: string }): Promise<JsonObject | undefined>;
  /** For a person, when all is pushed. */
  notes(isSigned: boolean): string[];
}

/** @param makeStatement undefined: nothing is to be said */
export function pushProvenance(tree: InstallTree, makeStatement: MakeStatement | undefined): PushProvenance {
  const builtElsewhere = new Set<string>();
  return {
    async statementOf(spec, packed) {
      if (makeStatement === undefined) return undefined;
      if (!(await isUnpacked(tree, spec.hash))) return makeStatement(spec, packed);
      builtElsewhere.add(`${spec.name}@${spec.version}`);
      return undefined;
    },
    notes(isSigned) {
      if (makeStatement === undefined) return [];
      if (!isSigned)
        return ['it is not signed, and provenance proves nothing without a signature: none was added'];
      const [first] = builtElsewhere;
      if (first === undefined) return [];
      const others = builtElsewhere.size > 1 ? ` and ${builtElsewhere.size - 1} more` : '';
      return [
        `no provenance for what was installed from a cache, since another job built it: ${first}${others}`,
      ];
    },
  };
}

/** What Spack's path variables say about this machine: `$os`, `$target`, `$arch`. Looked up only when used. */
import type { HostArchitecture } from '../spec/host-architecture.ts';

/** The facts if the text names one of these variables. */
export async function hostFactsFor(text: string): Promise<HostArchitecture | undefined> {
  if (!/\$\{?(?:arch|architecture|os|operating_system|target)\b/i.test(text)) return undefined;
  const { hostArchitecture } = await import('../spec/host-architecture.ts');
  return hostArchitecture();
}

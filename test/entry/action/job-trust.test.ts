/** Whose signatures count in a job: those of the input, on a runner that is kept too. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJobTrust } from '../../../src/entry/action/job-trust.ts';
import { SILENT } from '../../../src/report/reporter.ts';
import { makeKey } from '../../cache/keys.ts';
import { FIXTURES } from '../../cache/mirror-fixture.ts';
import { startJob } from '../../harness/runner.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { environmentOf, fromSource, mirrorOf, ROOT } from '../command-line.ts';

/** Of the key that has signed the fixtures. */
const SIGNER = 'D2A327D9C4F3932CBDEF2BFC51C662332531F1F5';
const FILE = join(FIXTURES, 'toy-ci.pub.asc');

/** What an earlier job, or the runner's user, has left. */
function leaveKeyring(home: string): void {
  const ring = join(home, '.local/share/buildcache/keys');
  mkdirSync(ring, { recursive: true });
  cpSync(FILE, join(ring, `${SIGNER}.asc`));
}

it.each([
  ['sync', { 'copy-from': mirrorOf('1.2', 'signed'), 'copy-to': './to' }],
  ['install', { mirrors: `toy=${mirrorOf('1.2', 'signed')}`, otherarch: true }],
])("the runner's keyring does not count beside the keys that %s is given", async (action, inputs) => {
  await using run = await startJob({ here: fromSource });
  leaveKeyring(run.home);
  writeFileSync(join(run.workspace, 'other.asc'), (await makeKey()).publicKey);
  cpSync(environmentOf('1.2'), join(run.workspace, 'env'), { recursive: true });
  const step = await run.uses(join(ROOT, action), {
    with: { environment: 'env', 'trusted-keys': 'other.asc', ...inputs },
  });
  expect(step.exitCode, step.log).toBe(1);
  expect(step.log).toContain('its signature is not to be trusted');
});

describe('the input', () => {
  const trusted = async (input?: string) => {
    await using home = await tempDir();
    leaveKeyring(home.path);
    const env = { HOME: home.path };
    const trust = await readJobTrust(input, { env, cwd: home.path }, SILENT);
    return { trusted: trust?.trusted(), wanted: trust?.wanted() };
  };

  it('leaves the keyring where it is not given', async () => {
    expect(await trusted()).toEqual({ trusted: [SIGNER], wanted: [] });
  });

  it('takes the key of a fingerprint from the keyring, and no other', async () => {
    expect(await trusted(SIGNER)).toEqual({ trusted: [SIGNER], wanted: [] });
    const other = 'A'.repeat(40);
    expect(await trusted(other)).toEqual({ trusted: [other], wanted: [other] });
  });

  it('has lines that say what the others are', async () => {
    expect(await trusted(`# ours\n${FILE}\n  # no more`)).toEqual({ trusted: [SIGNER], wanted: [] });
    await expect(trusted('# none yet')).rejects.toMatchObject({ code: 'usage' });
  });
});

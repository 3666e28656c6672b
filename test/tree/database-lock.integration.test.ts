/** Locks beside Python, which is what Spack takes them with. Debian: python3. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe } from 'vitest';
import { LOCK_INTERPRETERS } from '../../src/tree/lock-helper.ts';
import { lockContract } from './lock-contract.ts';
import { type Locker, startLocker } from './locker.ts';

let python: Locker;
beforeAll(() => {
  python = startLocker('python3');
});
afterAll(() => python.end());

describe.each(LOCK_INTERPRETERS.filter((each) => each.startsWith('/') && existsSync(each)))(
  'locks held by %s',
  (interpreter) => {
    lockContract(interpreter, () => python);
  },
);

/** Locks beside Python, which is what Spack takes them with. Debian: python3. */
import { afterAll, beforeAll, describe } from 'vitest';
import { lockContract } from './lock-contract.ts';
import { type Locker, startLocker } from './locker.ts';

let python: Locker;
beforeAll(() => {
  python = startLocker('python3');
});
afterAll(() => python.end());

describe.each(['python3', 'perl'])('locks held by %s', (interpreter) => {
  lockContract(interpreter, () => python);
});

/**
 * A writer in a process of its own, to be killed: adds lines to one document of a folder, and reports each
 * after it has been published. Arguments: the folder, a name for its lines, how many.
 */
import { openFileStorage } from '../../src/storage/file/file.ts';
import { addLine } from './add-line.ts';

const [root = '', name = '', count = '0'] = process.argv.slice(2);
const storage = openFileStorage(root);
for (let i = 0; i < Number(count); i++) {
  await addLine(storage, 'document', `${name}.${i}`);
  process.stdout.write(`${name}.${i}\n`);
}

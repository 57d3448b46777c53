// A folder of the real computer is read as it is: nothing outside of it, no more than there is room for.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFolder } from '../../src/client/open-folder.ts';
import { lookup } from '../../src/kernel/fs/tree.ts';

let top: string;
let folder: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'drydock-open-'));
  folder = join(top, 'app');
  mkdirSync(folder);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

function opened(path = folder) {
  const read = readFolder(path);
  if ('fault' in read) throw new Error(read.fault);
  return read;
}

describe('readFolder', () => {
  it('reads files as the learner’s, with their bytes and modes', () => {
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'go.sh'), Buffer.from([0x23, 0xff, 0x00]));
    chmodSync(join(folder, 'bin', 'go.sh'), 0o4755);
    const { name, tree, files, left } = opened();
    expect({ name, files, left }).toEqual({ name: 'app', files: 1, left: 0 });
    expect(lookup(tree, '/bin/go.sh')).toMatchObject({ t: 'file', mode: 0o755, uid: 1000, data: '#\xff\0' });
    expect(readdirSync(folder)).toEqual(['bin']);
  });

  it('leaves out links that lead out of the folder, and keeps those inside', () => {
    mkdirSync(join(folder, 'sub'));
    mkdirSync(join(top, 'app2'));
    writeFileSync(join(folder, 'real'), 'x');
    symlinkSync('../real', join(folder, 'sub', 'inside'));
    symlinkSync('/etc/passwd', join(folder, 'absolute'));
    symlinkSync('../../etc', join(folder, 'up'));
    symlinkSync('../app2', join(folder, 'beside'));
    symlinkSync('../app/real', join(folder, 'around'));
    const { tree, files, left } = opened();
    expect(lookup(tree, '/sub/inside')).toMatchObject({ t: 'link', target: '../real' });
    expect(Object.keys(tree.entries).sort()).toEqual(['around', 'real', 'sub']);
    expect({ files, left }).toEqual({ files: 3, left: 3 });
  });

  it('says what cannot be opened', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(readFolder(join(folder, 'file'))).toEqual({ fault: 'no-folder' });
    expect(readFolder(join(folder, 'nosuch'))).toEqual({ fault: 'missing' });
    expect(readFolder('/')).toEqual({ fault: 'bad-name' });
    writeFileSync(join(folder, 'large'), '');
    truncateSync(join(folder, 'large'), 65 * 1024 * 1024);
    expect(readFolder(folder)).toEqual({ fault: 'too-large' });
  });
});

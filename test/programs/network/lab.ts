// The network lab with the network programs: applets in busybox's flavour by their names, the host's tools as `host-NAME`.
import type { TreeNode } from '../../../src/kernel/fs/node.ts';
import type { Id } from '../../../src/kernel/json.ts';
import type { Program } from '../../../src/kernel/program.ts';
import { networkApplets, networkPrograms } from '../../../src/programs/network/catalog.ts';
import { epoch, type Lab, lab, pass, start } from '../../kernel/net/lab.ts';

const meta = { uid: 0, gid: 0, mtime: epoch };
const file = (data: string): TreeNode => ({ t: 'file', data, mode: 0o644, ...meta });

/** What a web server serves: as the folder that the real httpd was asked with. */
const www: TreeNode = {
  t: 'dir',
  mode: 0o755,
  ...meta,
  entries: {
    'index.html': file('<h1>hi</h1>\n'),
    'a.txt': file('plain\n'),
    'b.bin': file('\0\x01'),
    'c.css': file('body\n'),
    'big.txt': file('0123456789'.repeat(20_000)),
    sub: { t: 'dir', mode: 0o755, ...meta, entries: {} },
  },
};

export function programLab(): Lab {
  const programs = new Map<string, Program>();
  for (const [name, applet] of networkApplets) programs.set(name, applet({ name, flavour: 'busybox' }));
  for (const [name, program] of networkPrograms()) programs.set(`host-${name}`, program);
  return lab(programs, { www, w: { t: 'dir', mode: 0o777, ...meta, entries: {} } });
}

/** Starts busybox httpd on /www. */
export function serveFiles(at: Lab, net: Id, port = 8080): void {
  start(at, net, ['httpd', '-f', '-p', String(port), '-h', '/www']);
  pass(at, 0.01);
}

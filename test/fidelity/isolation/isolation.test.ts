import { describe, expect, test } from 'vitest';
import { Sandbox } from '../../support/sandbox.ts';
import { deviations } from './deviations.ts';
import { normal, recorded } from './recorded.ts';

/** What was there before each recording began. */
const before: { readonly [recording: string]: string } = {
  namespaces: 'mkdir /w; cd /w; mkdir rootfs; docker export $(docker create -q alpine) | tar -C rootfs -x',
  mounts:
    'mkdir -p /w/rootfs; docker export $(docker create -q alpine) | tar -C /w/rootfs -x; mount -t tmpfs none /mnt; cd /mnt; mkdir a b lower upper work merged; echo low > lower/f; echo two > lower/g; mkdir lower/d; echo x > lower/d/x',
  netns: 'cd /; ip link del docker0; ip link del enp0s3',
  runc: 'mkdir -p /w/bun /w/rootfs; docker export $(docker create -q alpine) | tar -C /w/rootfs -x',
  lxc: 'apt-get -qq update; apt-get -qq install -y lxc',
};

/** Where the commands run, and what was done by hand between them. */
const folders: { readonly [recording: string]: string } = {
  namespaces: '/w',
  mounts: '/mnt',
  netns: '/',
  runc: '/w/bun',
  lxc: '/',
};

describe.each(Object.keys(before))('%s', (name) => {
  const sandbox = new Sandbox();
  sandbox.shell(before[name] ?? '', { root: true });
  for (const { command, output, status } of recorded(name)) {
    const known = deviations[name]?.[command];
    test(command, () => {
      prepare(sandbox, name, command);
      const line = `cd ${folders[name]}; bash -c '${command.replaceAll('/tmp/h9/rec', '/w').replaceAll("'", "'\\''")}' 2>&1 </dev/null`;
      const got = sandbox.shell(line, { root: true });
      const same = normal(got.stdout) === normal(output) && got.code === status;
      if (known !== undefined) expect(same, `this does not deviate any more: ${known}`).toBe(false);
      else expect({ output: normal(got.stdout), status: got.code }).toEqual({ output: normal(output), status });
    });
  }
});

function prepare(sandbox: Sandbox, name: string, command: string): void {
  const root = { root: true };
  if (name === 'mounts' && command.startsWith('unshare -m sh -c "cd /mnt/new'))
    sandbox.shell('cd /mnt; mkdir new; cp -a /w/rootfs/. new/; mkdir new/old', root);
  if (name === 'netns' && command.startsWith('ip addr del 10.1.1.1/24 dev veth0; ip addr add'))
    sandbox.shell('ip link add br0 type bridge; ip link set br0 up; ip link set veth0 master br0', root);
  if (name === 'runc' && command === 'runc run h9a') sandbox.shell('cp -a /w/rootfs /w/bun/', root);
  if (name === 'runc' && command.startsWith('runc create h9b >'))
    sandbox.shell(
      'cd /w/bun; sed -i \'s/"terminal": true/"terminal": false/; s/"sh"$/"sleep","60"/\' config.json',
      root,
    );
  if (name === 'lxc' && command === 'lxc-start -n c1')
    sandbox.shell(
      "sed -i 's/^lxc.net.0.type = veth/lxc.net.0.type = empty/;/^lxc.net.0.link/d' /var/lib/lxc/c1/config",
      root,
    );
}

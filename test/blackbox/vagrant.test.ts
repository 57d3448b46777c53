// Vagrant and VirtualBox from a real terminal's folder: the Vagrantfile is read there, and what runs in the guest answers on the host.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './built.ts';
import { ready, temporaryFolder } from './command.ts';

beforeAll(ensureBuilt);

describe('drydock vagrant', () => {
  it('brings up a machine from the Vagrantfile of a folder, with what the folder holds', async () => {
    const drydock = await ready();
    const folder = temporaryFolder();
    const vagrant = (words: string) => drydock.line(`cd '${folder}' && drydock vagrant ${words}`);
    expect(await vagrant('status')).toMatchObject({ status: 1, stdout: '' });
    expect(await vagrant('init -m debian/bookworm64')).toMatchObject({ status: 0 });
    const path = join(folder, 'Vagrantfile');
    expect(readFileSync(path, 'utf8')).toContain('config.vm.box = "debian/bookworm64"');
    writeFileSync(join(folder, 'index.html'), 'from the folder\n');
    writeFileSync(
      path,
      `Vagrant.configure("2") do |config|
  config.vm.box = "debian/bookworm64"
  config.vm.network "forwarded_port", guest: 80, host: 8080
  config.vm.provision "shell", inline: <<~SHELL
    apt-get update -q > /dev/null
    apt-get install -y -q nginx > /dev/null
    cp /vagrant/index.html /var/www/html/
  SHELL
end
`,
    );
    const up = await vagrant('up');
    expect(up).toMatchObject({ status: 0 });
    expect(up.stdout).toContain(`/vagrant => ${folder}`);
    expect(await drydock.run('shell', '-c', 'curl -s localhost:8080')).toMatchObject({ stdout: 'from the folder\n' });
    expect(await vagrant('ssh -c "echo kept in here > /vagrant/reply; exit 4"')).toMatchObject({ status: 4 });
    expect(readdirSync(folder).sort()).toEqual(['Vagrantfile', 'index.html']);
    expect(await vagrant('destroy -f')).toMatchObject({ status: 0 });
    expect((await drydock.run('VBoxManage', 'list', 'vms')).stdout).toBe('');
    expect((await drydock.run('undo')).status).toBe(0);
    expect((await drydock.run('VBoxManage', 'list', 'vms')).stdout).toMatch(/_default_/);
  });
});

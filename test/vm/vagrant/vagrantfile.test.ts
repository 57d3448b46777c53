import { describe, expect, it } from 'vitest';
import type { MachineConfig } from '../../../src/vm/vagrant/settings.ts';
import { readVagrantfile } from '../../../src/vm/vagrant/vagrantfile.ts';

const around = { folder: '/p', env: { BOX: 'ubuntu/jammy64' }, exists: (path: string) => path === '/p/there' };

function read(body: string): readonly MachineConfig[] {
  const found = readVagrantfile(`Vagrant.configure("2") do |config|\n${body}\nend\n`, '/p/Vagrantfile', around);
  if ('problem' in found) throw new Error(found.problem);
  return found.machines;
}

function problem(source: string): string {
  const found = readVagrantfile(source, '/p/Vagrantfile', around);
  return 'problem' in found ? found.problem : '';
}

describe('a Vagrantfile', () => {
  it('tells box, name, networks, folders and the size of the machine', () => {
    const [machine] = read(`
  config.vm.box = "debian/bookworm64"   # a remark
  config.vm.box_version = ">= 12"
  config.vm.hostname = 'web'
  config.vm.network "forwarded_port", guest: 80, host: 8080, host_ip: "127.0.0.1", auto_correct: true
  config.vm.network :private_network, :ip => "192.168.56.10"
  config.vm.synced_folder ".", "/vagrant", disabled: true
  config.vm.synced_folder("src/", "/srv/site", create: true)
  config.vm.provider "virtualbox" do |vb|
    vb.memory = "1024"
    vb.cpus = 2
    vb.customize ["modifyvm", :id, "--ioapic", "on"]
  end`);
    expect(machine).toMatchObject({
      machine: 'default',
      box: 'debian/bookworm64',
      boxVersion: '>= 12',
      hostname: 'web',
      memory: 1024,
      cpus: 2,
      networks: [
        { kind: 'forwarded_port', guest: 80, host: 8080, hostIp: '127.0.0.1', autoCorrect: true },
        { kind: 'private_network', ip: '192.168.56.10' },
      ],
      folders: [
        { guest: '/vagrant', disabled: true },
        { host: 'src/', guest: '/srv/site', create: true },
      ],
      unknown: [],
      refused: [],
    });
  });

  it('has scripts of several lines, with and without their indentation and values in them', () => {
    const [machine] = read(`
  name = "nginx"
  config.vm.provision "shell", inline: <<-SHELL, run: "always", args: ["a b", 2], privileged: false
    apt-get install -y #{name}
    echo "$HOME"
  SHELL
  config.vm.provision "second", type: "shell", inline: <<~'RAW'
      echo #{name}
        deeper
  RAW
  config.vm.provision :shell, path: "setup.sh", env: { "A" => "1" }`);
    expect(machine?.provisions).toMatchObject([
      {
        inline: '    apt-get install -y nginx\n    echo "$HOME"\n',
        run: 'always',
        args: ['a b', '2'],
        privileged: false,
      },
      { name: 'second', kind: 'shell', inline: 'echo #{name}\n  deeper\n' },
      { path: 'setup.sh', env: [['A', '1']] },
    ]);
  });

  it('defines several machines, one by one and in loops', () => {
    const machines = read(`
  config.vm.box = ENV["BOX"] || "none"
  nodes = { "db" => { ip: "192.168.56.50", mem: 512 } }
  (1..3).each do |i|
    config.vm.define "web#{i}", primary: i == 1, autostart: (i < 3) do |web|
      web.vm.hostname = "web-%02d" % i
      web.vm.network "private_network", ip: "192.168.56.#{10 + i}"
      web.vm.provider("virtualbox") { |vb| vb.memory = 256 * i }
    end
  end
  nodes.each do |name, opts|
    config.vm.define name do |node|
      node.vm.network "private_network", ip: opts[:ip]
      node.vm.provider "virtualbox" do |vb| vb.memory = opts[:mem] end
    end
  end
  %w[a b].each_with_index { |name, i| config.vm.define(name) { |m| m.vm.hostname = name + i.to_s } if name != "b" }`);
    expect(
      machines.map(({ machine, hostname, memory, primary, autostart }) => [
        machine,
        hostname,
        memory,
        primary,
        autostart,
      ]),
    ).toEqual([
      ['web1', 'web-01', 256, true, true],
      ['web2', 'web-02', 512, false, true],
      ['web3', 'web-03', 768, false, false],
      ['db', undefined, 512, false, true],
      ['a', 'a0', undefined, false, true],
    ]);
    expect(machines.every(({ box }) => box === 'ubuntu/jammy64')).toBe(true);
    expect(machines[2]?.networks[0]?.ip).toBe('192.168.56.13');
  });

  it('knows conditions, ternaries, arrays and methods of texts', () => {
    const [machine] = read(`
  list = [1, 2, 3].map { |n| n * 2 }
  case list.last
  when 5 then config.vm.hostname = "five"
  when 6
    config.vm.hostname = "six"
  end
  unless File.exist?("there")
    config.vm.hostname = "missing"
  end
  config.vm.box = list.include?(4) ? "a/b".upcase : "c"
  config.vm.boot_timeout = 10 + list.size if Vagrant.has_plugin?("x") || true`);
    expect(machine).toMatchObject({ hostname: 'six', box: 'A/B', bootTimeout: 13 });
  });

  it('names what does not exist and what is not simulated', () => {
    const [machine] = read(`
  config.vm.bogus = 1
  config.vm.cloud_init content_type: "text/cloud-config"
  config.trigger.after :up
  config.vm.provision "ansible"
  config.vm.provider "virtualbox" do |vb|
    vb.customize ["storageattach", :id, "--port", 1]
  end`);
    expect(machine?.unknown).toEqual(['bogus']);
    expect(machine?.refused).toEqual([
      'config.vm.cloud_init',
      'config.trigger',
      'the provisioner ansible',
      'VBoxManage storageattach --port',
    ]);
  });

  it.each([
    [
      'Vagrant.configure("2") do |config|\n  config.vm.box = "a"\n',
      /Vagrantfile:2: syntax error, unexpected end-of-input, expecting `end'/,
    ],
    [
      'Vagrant.configure("2") do |config|\n  config.vm.box = "a\nend\n',
      /Vagrantfile:3: unterminated string meets end of file/,
    ],
    ['x = nothing_here\n', /undefined local variable or method `nothing_here'\n\nx = nothing_here\n {4}\^{12}/],
    ['x = 1\nx.explode\n', /Line number: 2\nMessage: NoMethodError: undefined method `explode' for "1":Integer/],
    ['puts "hi"\n', /drydock: \/p\/Vagrantfile:1: `puts` in a Vagrantfile: not simulated/],
    ['x = ]\n', /Vagrantfile:1: syntax error, unexpected '\]'/],
    ['a = <<EOS\nnever\n', /can't find string "EOS" anywhere before EOF/],
    ['(1..999999999).each { |i| (1..99999).each { |j| j + i } }', /it runs too long: not simulated/],
  ])('says what is wrong with %j', (source, words) => {
    expect(problem(source)).toMatch(words);
  });
});

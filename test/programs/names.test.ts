import { expect, it } from 'vitest';
import { applets, busyboxApplets, debianTools } from '../../src/programs/busybox/applets.ts';
import { systemProgram } from '../../src/programs/installed.ts';
import { busyboxNames, hostTools } from '../../src/programs/names.ts';
import { networkApplets, networkPrograms } from '../../src/programs/network/catalog.ts';

it('names the applets that there are', () => {
  const there = [...Object.keys({ ...applets, ...busyboxApplets }), ...networkApplets.keys(), 'ash', 'sh'];
  expect([...busyboxNames()].sort()).toEqual(there.sort());
});

it('names the tools of a host', () => {
  const tools = Object.entries(hostTools());
  for (const [path, program] of tools) expect(systemProgram(program), path).toBeDefined();
  const paths = [
    ...Object.keys({ ...applets, ...debianTools }).filter((name) => name !== '[['),
    ...networkPrograms().keys(),
  ];
  const administers = /^(?:(?:group|user)(?:add|del|mod)|(?:add|del)(?:user|group)|swapo(?:n|ff)|chpasswd|cron)$/;
  const folder = (name: string) => (administers.test(name) ? '/usr/sbin' : '/usr/bin');
  expect(tools.map(([path]) => path).sort()).toEqual(paths.map((name) => `${folder(name)}/${name}`).sort());
});

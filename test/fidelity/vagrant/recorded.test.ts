// What a real Vagrant 2.3.4 printed, without a machine or up to its boot, against the simulated one: output and statuses.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VmLab } from '../../vm/lab.ts';
import { deviations } from './deviations.ts';

interface Recorded {
  readonly args: string;
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Group {
  readonly name: string;
  readonly vagrantfile?: string;
  readonly commands: readonly Recorded[];
}

const { groups } = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded.json'), 'utf8')) as {
  readonly groups: readonly Group[];
};

const folder = '/tmp/h8/p2';

/** Names that differ by chance, and words of a terminal. */
function normal(text: string): string {
  return text
    .replaceAll('\u001b[K', '')
    .replaceAll('\r', '')
    .replace(/\/tmp\/h8\/p\d/g, folder)
    .replace(/p\d_default_\d+_\d+/g, 'p_default_TIME')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'UUID')
    .replace(/^==> default: Checking if box .*\n/gm, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n+$/, '\n');
}

function play(lab: VmLab, args: string): Recorded {
  lab.sh(`cd ${folder}; vagrant ${args.replaceAll('"', '\\"')} > /tmp/out 2> /tmp/err; echo $? > /tmp/status`);
  return {
    args,
    status: Number(lab.sh('cat /tmp/status')),
    stdout: lab.sh('cat /tmp/out'),
    stderr: lab.sh('cat /tmp/err'),
  };
}

describe.each(groups)('vagrant, $name', ({ name, vagrantfile, commands }) => {
  const lab = new VmLab();
  lab.sh(`mkdir -p ${folder}`);
  if (name.includes('VT-x')) lab.sh('vm firmware vt-x off');
  // the recorded box was there already
  if (name !== 'first steps' && name !== 'help') lab.sh('vagrant box add debian/bookworm64');
  if (vagrantfile !== undefined) lab.sh(`cat > ${folder}/Vagrantfile <<'VAGRANTFILE'\n${vagrantfile}VAGRANTFILE`);
  it.each(commands)('$args', (recorded) => {
    const ours = play(lab, recorded.args);
    expect(ours.status).toBe(recorded.status);
    const known = deviations[recorded.args];
    if (known !== undefined) return;
    // told once on a computer, and the recorded one had been told
    const told = vagrantfile?.includes('10.1.2.3')
      ? ours.stdout.replace(/^Vagrant is currently[\s\S]*?Create: false\n/m, '')
      : ours.stdout;
    expect(normal(told)).toBe(normal(recorded.stdout));
    expect(normal(ours.stderr)).toBe(normal(recorded.stderr));
  });
});

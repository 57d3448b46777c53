import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Program } from '../../../kernel/program.ts';
import { instant } from '../../makers/instant.ts';
import type { StartIo } from '../../makers/io.ts';

/** What dpkg-architecture (of dpkg-dev) tells of each of the three machines: all are amd64 here, and none is built for another. */
const facts: readonly (readonly [name: string, value: string])[] = [
  ['ARCH', 'amd64'],
  ['ARCH_ABI', 'base'],
  ['ARCH_BITS', '64'],
  ['ARCH_CPU', 'amd64'],
  ['ARCH_ENDIAN', 'little'],
  ['ARCH_LIBC', 'gnu'],
  ['ARCH_OS', 'linux'],
  ['GNU_CPU', 'x86_64'],
  ['GNU_SYSTEM', 'linux-gnu'],
  ['GNU_TYPE', 'x86_64-linux-gnu'],
  ['MULTIARCH', 'x86_64-linux-gnu'],
];

const variables = ['BUILD', 'HOST', 'TARGET'].flatMap((machine) =>
  facts.map(([name, value]) => [`DEB_${machine}_${name}`, value] as const),
);

/** The program `dpkg-architecture`: --list, --query, --equal, --is, --print-set, --print-unset. */
export const architectureProgram: Program = instant({ name: 'dpkg-architecture', flavour: 'coreutils' }, run);

function run(io: StartIo): number {
  const print = (text: string): number => {
    io.out(encodeUtf8(text));
    return 0;
  };
  const [first = '-l', second] = io.args;
  const [, short, stuck] = /^(-[qei])(.+)$/.exec(first) ?? [];
  const value = stuck ?? second ?? '';
  switch (short ?? first) {
    case '-l':
    case '--list':
      return print(variables.map(([name, text]) => `${name}=${text}\n`).join(''));
    case '-q':
    case '--query': {
      const found = variables.find(([name]) => name === value);
      return found ? print(`${found[1]}\n`) : failed(io, `${value} is not a supported variable name`);
    }
    case '-e':
    case '--equal':
      return value === 'amd64' || value === 'linux-amd64' ? 0 : 1;
    case '-i':
    case '--is':
      return /^(?:any|amd64|linux-any|any-amd64|linux-amd64|gnu-any-any)$/.test(value) ? 0 : 1;
    case '-s':
    case '--print-set': {
      const names = variables.map(([name]) => name).join(' ');
      return print(`${variables.map(([name, text]) => `${name}=${text}; `).join('')}export ${names}\n`);
    }
    case '-u':
    case '--print-unset':
      return print(`unset ${variables.map(([name]) => name).join(' ')}\n`);
    case '-a':
    case '--host-arch':
    case '-t':
    case '--host-type':
    case '-A':
    case '--target-arch':
    case '-c':
    case '--command':
      io.err(encodeUtf8(`drydock: dpkg-architecture ${first} is not simulated\n`));
      return 2;
  }
  return failed(io, `unknown option '${first}'`, '\nUse --help for program usage information.\n');
}

function failed(io: StartIo, text: string, more = ''): number {
  io.err(encodeUtf8(`dpkg-architecture: error: ${text}\n${more}`));
  return more === '' ? 25 : 2;
}

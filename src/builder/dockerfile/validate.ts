import { parseSignal } from '../../kernel/signals.ts';
import { DockerfileError } from './errors.ts';
import type { AddInstruction, CopyInstruction, Instruction } from './types.ts';

/**
 * Refuses what an instruction (variables filled in) must not say, in BuildKit's words; what depends on files or on other
 * stages is not looked at. Throws DockerfileError, without places.
 */
export function validateInstruction(instruction: Instruction): void {
  switch (instruction.kind) {
    case 'add':
    case 'copy':
      checkCopy(instruction);
      break;
    case 'volume':
      if (instruction.volumes.includes('')) {
        throw new DockerfileError('arguments', 'VOLUME specified can not be an empty string');
      }
      break;
    case 'stopsignal': {
      const { signal } = instruction;
      const known = /^[+-]?[0-9]+$/.test(signal) ? Number(signal) !== 0 : parseSignal(signal) !== undefined;
      if (!known) throw new DockerfileError('signal', `invalid signal: ${signal}`);
      break;
    }
  }
}

/** Where a source of ADD comes from when it is not a file: `git` repositories and `http` addresses. */
export function remoteKind(source: string): 'git' | 'http' | undefined {
  const [address = ''] = source.split(/[#?]/, 1);
  if (/^(?:git|ssh):\/\/|^[\w.-]+@[\w.-]+:/.test(source)) return 'git';
  if (!/^https?:\/\//.test(source)) return undefined;
  return address.endsWith('.git') ? 'git' : 'http';
}

const wrong = (problem: string) => new DockerfileError('arguments', problem);
const symbolic = /^[augo]*(?:[-+=][rstwXxugo]*)+(?:,[augo]*(?:[-+=][rstwXxugo]*)+)*$/;

function checkCopy(instruction: AddInstruction | CopyInstruction): void {
  const { chmod = '', sources } = instruction;
  if (/^[0-9]/.test(chmod)) {
    if (!/^[0-7]+$/.test(chmod) || Number.parseInt(chmod, 8) > 0o7777) {
      throw wrong(`invalid chmod parameter: '${chmod}'. it should be octal string and between 0 and 07777`);
    }
  } else if (chmod !== '' && !symbolic.test(chmod)) throw wrong('invalid syntax');
  const kinds = sources.map(remoteKind);
  if (instruction.kind === 'copy') {
    if (kinds.includes('git')) throw wrong("source can't be a git ref for COPY");
    if (kinds.includes('http')) throw wrong("source can't be a URL for COPY");
  } else if (instruction.checksum) {
    if (sources.length !== 1) throw wrong("checksum can't be specified for multiple sources");
    if (kinds[0] === undefined) throw wrong('checksum requires HTTP(S) or Git sources');
  }
}

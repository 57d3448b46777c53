import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';

interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** A rule allows everything, with a password or without, or only some commands. */
export type Permission = 'yes' | 'password' | 'single' | 'no';

/**
 * May the user run anything as anybody, by /etc/sudoers and the files of /etc/sudoers.d (sudoers(5))? Rules for `single`
 * commands are seen, but not read; the last rule that fits counts, as there. Root always may.
 */
export function mayRun(sys: Sys, caller: Account, groups: readonly Group[]): Permission {
  if (caller.uid === 0) return 'yes';
  const mine = groups.filter(({ gid, members }) => gid === caller.gid || members.includes(caller.name));
  let answer: Permission = 'no';
  for (const line of rules(sys)) {
    const [, who = '', tags = '', what] = /^(\S+)\s+\S+\s*=\s*(?:\([^)]*\))?\s*((?:[A-Z]+:\s*)*)(.+)$/.exec(line) ?? [];
    const fits = who === 'ALL' || who === caller.name || mine.some(({ name }) => who === `%${name}`);
    if (fits && what !== 'ALL') answer = answer === 'no' ? 'single' : answer;
    else if (fits) answer = /\bNOPASSWD:/.test(tags) ? 'yes' : 'password';
  }
  return answer;
}

function rules(sys: Sys): readonly string[] {
  const folder = '/etc/sudoers.d';
  const names = sys.fs.list(folder);
  const further = isErrno(names) ? [] : names.filter((name) => !/\.|~$/.test(name)).map((name) => `${folder}/${name}`);
  return ['/etc/sudoers', ...further].flatMap((path) => {
    const file = sys.fs.readFile(path);
    return isErrno(file) ? [] : file.bytes.split('\n').map((line) => line.replace(/#.*$/, '').trim());
  });
}

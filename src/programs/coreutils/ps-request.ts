import { type PsColumn, psColumns, psLayouts } from './ps-columns.ts';

/** What a command line of procps' `ps` asks for. */
export interface PsRequest {
  /** Whose processes: those of this terminal, those with a terminal, or all. */
  readonly scope: 'terminal' | 'terminals' | 'all';
  readonly columns: readonly PsColumn[];
  readonly pids?: readonly number[];
  readonly names?: readonly string[];
  readonly users?: readonly string[];
  readonly forest: boolean;
  readonly headers: boolean;
  readonly sort?: string;
}

type Draft = { -readonly [K in keyof PsRequest]: PsRequest[K] } & { layout: keyof typeof psLayouts; own: PsColumn[] };

/** A request, or what is wrong with the command line. `isUser`: whether there is a user of that name. */
export function readPs(words: readonly string[], isUser: (name: string) => boolean): PsRequest | string {
  const draft: Draft = { scope: 'terminal', columns: [], forest: false, headers: true, layout: 'plain', own: [] };
  const args = [...words];
  let bsdAll = '';
  for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
    if (arg.startsWith('--')) {
      const wrong = longOption(draft, arg, args);
      if (wrong !== undefined) return wrong;
      continue;
    }
    const unix = arg.startsWith('-');
    if (!unix && /^\d+(,\d+)*$/.test(arg)) {
      draft.pids = [...(draft.pids ?? []), ...arg.split(',').map(Number)];
      continue;
    }
    for (let at = unix ? 1 : 0; at < arg.length; at++) {
      const letter = arg[at] ?? '';
      if ('opCuUGt'.includes(letter) && (unix || letter === 'o' || letter === 'p' || letter === 'U')) {
        const value = arg.slice(at + 1) || args.shift();
        const wrong =
          value === undefined ? 'list of process IDs must follow -p' : valueOption(draft, letter, value, isUser);
        if (wrong !== undefined) return wrong;
        break;
      }
      if (!unix) bsdAll += letter;
      const wrong = unix ? unixOption(draft, letter) : bsdOption(draft, letter);
      if (wrong !== undefined) return wrong;
    }
  }
  if (bsdAll.includes('a') && bsdAll.includes('x')) draft.scope = 'all';
  else if (bsdAll.includes('a') || bsdAll.includes('x')) draft.scope = bsdAll.includes('x') ? 'all' : 'terminals';
  const { layout, own, ...request } = draft;
  return { ...request, columns: own.length > 0 ? own : psLayouts[layout] };
}

function longOption(draft: Draft, arg: string, args: string[]): string | undefined {
  const [name = '', attached] = arg.slice(2).split(/=(.*)/s);
  if (name === 'forest') draft.forest = true;
  else if (name === 'no-headers' || name === 'no-heading') draft.headers = false;
  else if (name === 'headers') draft.headers = true;
  else if (name === 'sort') draft.sort = attached ?? args.shift() ?? '';
  else if (name === 'pid') draft.pids = (attached ?? args.shift() ?? '').split(',').map(Number);
  else return 'unknown gnu long option';
  return undefined;
}

function unixOption(draft: Draft, letter: string): string | undefined {
  if (letter === 'e' || letter === 'A') draft.scope = 'all';
  else if (letter === 'a') draft.scope = 'terminals';
  else if (letter === 'f' || letter === 'F') draft.layout = 'full';
  else if (letter === 'H') draft.forest = true;
  else if (letter !== 'w') return 'unsupported SysV option';
  return undefined;
}

function bsdOption(draft: Draft, letter: string): string | undefined {
  if (letter === 'u') draft.layout = 'user';
  else if ('axwe'.includes(letter)) draft.layout = draft.layout === 'plain' ? 'bsd' : draft.layout;
  else if (letter === 'f') draft.forest = true;
  else if (letter === 'h') draft.headers = false;
  else return 'unsupported option (BSD syntax)';
  return undefined;
}

function valueOption(
  draft: Draft,
  letter: string,
  value: string,
  isUser: (name: string) => boolean,
): string | undefined {
  const list = value.split(/[ ,]+/).filter((item) => item !== '');
  switch (letter) {
    case 'o':
      return ownColumns(draft, value);
    case 'p':
      if (list.some((item) => !/^\d+$/.test(item))) return 'process ID list syntax error';
      draft.pids = [...(draft.pids ?? []), ...list.map(Number)];
      return undefined;
    case 'C':
      draft.names = [...(draft.names ?? []), ...list.map((name) => name.slice(0, 15))];
      return undefined;
    case 'u':
    case 'U':
      for (const name of list) if (!/^\d+$/.test(name) && !isUser(name)) return 'user name does not exist';
      draft.users = [...(draft.users ?? []), ...list];
      return undefined;
    default:
      return 'unsupported SysV option';
  }
}

function ownColumns(draft: Draft, spec: string): string | undefined {
  for (let rest = spec; rest !== ''; ) {
    const [, name = '', header] = /^([^,= ]*)(?:=(.*))?/s.exec(rest) ?? [];
    const column = psColumns[name];
    if (column === undefined) return `unknown user-defined format specifier "${name}"`;
    draft.own.push(header === undefined ? column : { ...column, title: header });
    rest = header === undefined ? rest.slice(name.length + 1) : '';
  }
  return undefined;
}

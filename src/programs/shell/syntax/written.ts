import type { CaseItem, Command, Redirect } from './tree.ts';

/** A function's body as bash lists it (print_cmd.c): between braces, indented by four blanks a level. */
export function functionBody(body: Command): string {
  const inner = body.c === 'group' ? body.body : body;
  const redirs = body.c === 'redirected' && body.body.c === 'group' ? body : undefined;
  const text = list(redirs?.body.c === 'group' ? redirs.body.body : inner, 4);
  return `{ \n    ${text}\n}${redirs ? redirectsText(redirs.redirs) : ''}`;
}

/** What BASH_COMMAND says of a command: its words as they were written. */
export function commandText(command: Command): string {
  switch (command.c) {
    case 'for':
    case 'select':
      return `${command.c} ${command.name} in ${command.written ?? '"$@"'}`;
    case 'case':
      return `case ${command.written ?? ''} in `;
    case 'simple':
      return simple(command, false);
    case 'condition':
    case 'arithmetic':
      return command.written ?? '';
    default:
      return '';
  }
}

const gap = (indent: number): string => `\n${' '.repeat(indent)}`;

/** What stands behind a command before the next one: a here-document has ended its line already. */
function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text};`;
}

function list(command: Command, indent: number): string {
  if (command.c !== 'seq') return text(command, indent);
  let out = '';
  command.items.forEach((item, index) => {
    const one = text(item, indent);
    if (index === command.items.length - 1) out += one;
    // behind `&` the next command stays on the line
    else out += item.c === 'background' ? `${one} ` : `${ended(one)}${gap(indent)}`;
  });
  return out;
}

/** A loop's or branch's commands on lines of their own. */
function block(command: Command, indent: number): string {
  return `${gap(indent + 4)}${ended(list(command, indent + 4))}${gap(indent)}`;
}

function text(command: Command, indent: number): string {
  switch (command.c) {
    case 'simple':
      return simple(command, true);
    case 'seq':
      return list(command, indent);
    case 'pipe':
      return command.cmds.map((one) => text(one, indent)).join(' | ');
    case 'not':
      return `! ${text(command.body, indent)}`;
    case 'and':
    case 'or':
      return `${text(command.left, indent)} ${command.c === 'and' ? '&&' : '||'} ${text(command.right, indent)}`;
    case 'background':
      return `${text(command.body, indent)} &`;
    case 'subshell':
      return `( ${list(command.body, indent)} )`;
    case 'group':
      return `{ ${gap(indent + 4)}${list(command.body, indent + 4)}${gap(indent)}}`;
    case 'redirected':
      return `${text(command.body, indent)}${redirectsText(command.redirs)}`;
    case 'if': {
      const otherwise = command.otherwise ? `else${block(command.otherwise, indent)}` : '';
      return `if ${list(command.test, indent)}; then${block(command.then, indent)}${otherwise}fi`;
    }
    case 'while':
    case 'until':
      return `${command.c} ${list(command.test, indent)}; do${block(command.body, indent)}done`;
    case 'for':
    case 'select':
      return `${commandText(command)};${gap(indent)}do${block(command.body, indent)}done`;
    case 'count': {
      const [start, test, step] = command.written ?? [];
      return `for ((${start || 1}; ${test || 1}; ${step || 1}))${gap(indent)}do${block(command.body, indent)}done`;
    }
    case 'case':
      return `${commandText(command)}${command.items.map((item) => caseItem(item, indent + 4)).join('')}${gap(indent)}esac`;
    case 'time':
      return `time ${command.posix ? '-p ' : ''}${command.body ? text(command.body, indent) : ''}`;
    case 'function':
      return `function ${command.name} () ${gap(indent)}${functionBody(command.body).replaceAll('\n', gap(indent))}`;
    default:
      return commandText(command);
  }
}

function caseItem({ written = [], body, end }: CaseItem, indent: number): string {
  const inner = body ? `${gap(indent + 4)}${list(body, indent + 4)}` : '\n';
  return `${gap(indent)}${written.join(' | ')})${inner}${gap(indent)}${end ?? ';;'}`;
}

function simple(command: Command & { c: 'simple' }, documents: boolean): string {
  return `${command.written ?? ''}${redirectsText(command.redirs, documents)}`.trimStart();
}

function redirectsText(redirs: readonly Redirect[], documents = true): string {
  const texts = documents ? redirs.flatMap(({ document }) => (document === undefined ? [] : [`\n${document}`])) : [];
  return redirs.map((redirect) => ` ${redirectText(redirect)}`).join('') + texts.join('');
}

function redirectText({ kind, fd, variable, written = '' }: Redirect): string {
  const sign = written.startsWith('<') ? '' : kind;
  if (kind === '&>' || kind === '&>>') return `${kind} ${written}`;
  const usual = kind.startsWith('<') ? 0 : 1;
  const copies = kind === '>&' || kind === '<&';
  const number = variable === undefined ? (fd !== usual || copies ? String(fd) : '') : `{${variable}}`;
  // what was written of here-documents and strings has the sign with it
  return `${number}${sign}${copies || sign === '' ? '' : ' '}${written}`;
}

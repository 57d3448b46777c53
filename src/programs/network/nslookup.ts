import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import { second, type Us } from '../../kernel/json.ts';
import { normalAddress } from '../../kernel/net/address.ts';
import type { Next } from '../../kernel/program.ts';
import { buffered } from '../makers/buffered.ts';
import { type Applet, complain, type Io, type StartIo } from '../makers/io.ts';
import { appletUsage } from './command-line.ts';
import { networkError } from './errors.ts';
import { usages } from './usage.ts';

/** busybox asks twice and waits five seconds each time. */
const patience = 10 * second;

/** busybox nslookup: asks a name server for a name's addresses. */
export const nslookup: Applet = (style) =>
  buffered<Us>(style, {
    start: (io) => start(io),
    step: (until, _wake, io) => {
      if (io.sys.now < until) return { state: until, wait: { until } };
      return timedOut(io);
    },
  });

function timedOut(io: Io): Next<Us> {
  io.err(';; connection timed out; no servers could be reached\n\n');
  return { exit: 1 };
}

function start(io: StartIo): Next<Us> {
  const types: string[] = [];
  const words: string[] = [];
  for (const arg of io.args) {
    const type = /^-(?:type|querytype|q)=(.*)$/.exec(arg)?.[1];
    if (type !== undefined) types.push(type.toLowerCase());
    else if (arg === '-debug') return { exit: complain(io, 'option -debug is not simulated') };
    else if (arg.startsWith('-') && arg !== '-') return { exit: appletUsage(io, usages.nslookup) };
    else words.push(arg);
  }
  const [name, at] = words;
  if (name === undefined || words.length > 2) return { exit: appletUsage(io, usages.nslookup) };
  const other = types.find((type) => type !== 'a' && type !== 'aaaa');
  if (other !== undefined) return { exit: complain(io, `records of type ${other} are not simulated`) };
  const server = at === undefined ? configured(io) : io.sys.net.resolve(at)[0];
  if (server === undefined) return { exit: complain(io, `bad address '${at ?? ''}'`) };
  const reverse = normalAddress(name);
  const asked = reverse === undefined ? name : `${reverse.split('.').reverse().join('.')}.in-addr.arpa`;
  const answer = io.sys.net.query(server, asked);
  if (isErrno(answer)) {
    const reason = networkError(io.style.flavour, answer);
    if (answer.errno === 'ENETUNREACH')
      return { exit: complain(io, `can't connect to remote host (${server}): ${reason}`) };
    if (answer.errno === 'ECONNREFUSED') {
      complain(io, `write to '${server}': ${reason}`);
      return timedOut(io);
    }
    const until = io.sys.now + patience;
    return { state: until, wait: { until } };
  }
  const kinds = types.length > 0 ? types : reverse === undefined ? ['a', 'aaaa'] : ['ptr'];
  io.out(encodeUtf8(`Server:\t\t${server}\nAddress:\t${server}:53\n\n`));
  for (const kind of kinds) {
    if (answer === 'nxdomain') io.out(encodeUtf8(`** server can't find ${asked}: NXDOMAIN\n\n`));
    else {
      const found = kind === 'a' ? answer.map((ip) => `Name:\t${name}\nAddress: ${ip}\n`).join('') : '';
      io.out(encodeUtf8(`Non-authoritative answer:\n${found}\n`));
    }
  }
  return { exit: answer === 'nxdomain' ? 1 : 0 };
}

/** The first name server of /etc/resolv.conf, else this machine. */
function configured(io: StartIo): string {
  const read = io.sys.fs.readFile('/etc/resolv.conf');
  const text = isErrno(read) ? '' : decodeUtf8(read.bytes);
  return /^nameserver[ \t]+(\S+)/m.exec(text)?.[1] ?? '127.0.0.1';
}

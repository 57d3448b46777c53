import { encodeUtf8 } from '../../kernel/bytes.ts';
import { changeNetwork, enterNetns, netnsNames, startNetns } from '../isolation/entry.ts';
import { instant } from '../makers/instant.ts';
import { type Applet, complain, type StartIo } from '../makers/io.ts';
import { appletUsage } from './command-line.ts';
import { getRoute, showRoutes } from './ip-route.ts';
import { brief, type IpView, iproute, linkLines } from './ip-show.ts';
import { usages } from './usage.ts';

const objects = ['address', 'route', 'link', 'neigh', 'tunnel', 'rule'] as const;
type ObjectName = (typeof objects)[number];

/** `ip address|link|route`: in busybox's layout, or iproute2's (as Ubuntu has it), which has `ip netns`, too. */
export const ip: Applet = (style) => {
  const plain = instant(style, run);
  return {
    start(exec, sys) {
      const at =
        style.flavour === 'busybox'
          ? -1
          : exec.argv.findIndex(
              (word, i) => i > 0 && !word.startsWith('-') && !/^-(?:n|netns|f|family)$/.test(exec.argv[i - 1] ?? ''),
            );
      if (/^net(?:n|ns)$/.test(exec.argv[at] ?? '')) return startNetns(exec, sys, at);
      return plain.start(exec, sys);
    },
    step: plain.step,
  };
};

function run(io: StartIo): number {
  const busybox = io.style.flavour === 'busybox';
  const rest = [...io.args];
  let view: IpView = { busybox, family: 'all', oneLine: false, statistics: false };
  let short = false;
  for (let option = rest[0]; option?.startsWith('-'); option = rest[0]) {
    rest.shift();
    const name = option.replace(/^--?/, '-');
    const family =
      name === '-f' || name === '-family' ? rest.shift() : { '-4': 'inet', '-6': 'inet6', '-0': 'link' }[name];
    if (family !== undefined && ['inet', 'inet6', 'link'].includes(family))
      view = { ...view, family: family as IpView['family'] };
    else if (name === '-o' || name === '-oneline') view = { ...view, oneLine: true };
    else if (!busybox && ['-br', '-brief', '-b'].includes(name)) short = true;
    else if (!busybox && ['-s', '-stats', '-statistics'].includes(name)) view = { ...view, statistics: true };
    else if (!busybox && (name === '-n' || name === '-netns')) {
      const wrong = enterNetns(io.sys, rest.shift() ?? '');
      if (wrong !== undefined) return refuse(io, wrong, 255);
    } else if (!busybox && (name === '-V' || name === '-Version'))
      return print(io, 'ip utility, iproute2-6.1.0, libbpf 1.1.2');
    else if (busybox) return appletUsage(io, usages.ip);
    else return refuse(io, `Option "${option}" is unknown, try "ip -help".`, 255);
  }
  const word = rest.shift();
  if (word === undefined)
    return busybox ? appletUsage(io, usages.ip) : complain(io, 'no object given, try "ip help"', 255);
  const object = objects.find((name) => name.startsWith(word)) ?? (word === 'addr' ? 'address' : undefined);
  if (object === undefined) {
    return busybox ? appletUsage(io, usages.ip) : refuse(io, `Object "${word}" is unknown, try "ip help".`, 1);
  }
  return act(io, object, rest, view, short);
}

function print(io: StartIo, text: string): number {
  io.out(encodeUtf8(`${text}\n`));
  return 0;
}

function refuse(io: StartIo, text: string, status: number): number {
  io.err(encodeUtf8(`${text}\n`));
  return status;
}

const changing = ['add', 'change', 'replace', 'append', 'delete', 'flush', 'set'];

function act(io: StartIo, object: ObjectName, words: string[], view: IpView, short: boolean): number {
  const verb = words[0] ?? 'show';
  const shows = ['show', 'list', 'lst'].some((name) => name.startsWith(verb));
  if (object === 'route' && verb === 'get') return getRoute(io, words.slice(1), view);
  if (changing.some((name) => name.startsWith(verb) && (verb.length > 1 || verb === 'a')))
    return changeNetwork(io, object, words);
  if (!shows && !(verb === 'dev' && words.length > 1)) {
    if (view.busybox) return complain(io, `invalid argument '${verb}' to 'ip'`);
    return refuse(io, `Command "${verb}" is unknown, try "ip ${object} help".`, 255);
  }
  const args = shows ? words.slice(1) : words;
  if (object === 'neigh') return 0;
  if (object === 'route') return showRoutes(io, args, view);
  if (object === 'tunnel' || object === 'rule') return complain(io, `object "${object}" is not simulated`);
  return showLinks(io, object, args, view, short);
}

function showLinks(
  io: StartIo,
  object: 'address' | 'link',
  args: readonly string[],
  view: IpView,
  short: boolean,
): number {
  let device: string | undefined;
  let upOnly = false;
  const words = [...args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === 'up') upOnly = true;
    else if (word === 'dev' || device === undefined) device = word === 'dev' ? words.shift() : word;
    else if (view.busybox) return complain(io, `either "dev" is duplicate, or "${word}" is garbage`);
    else return refuse(io, `Error: either "dev" is duplicate, or "${word}" is a garbage.`, 255);
  }
  const all = io.sys.net.interfaces();
  const away = all.some(({ peer }) => peer?.elsewhere);
  const shown = away && !view.busybox ? { ...view, names: netnsNames(io.sys) } : view;
  const chosen = all.filter(({ name, up }) => (device === undefined || name === device) && (up || !upOnly));
  if (device !== undefined && !all.some(({ name }) => name === device)) {
    if (view.busybox) return complain(io, `can't find device '${device}'`);
    return refuse(io, `Device "${device}" does not exist.`, 1);
  }
  for (const link of chosen) {
    const addresses = object === 'address';
    if (view.family === 'inet6' || (view.family === 'inet' && addresses && link.addresses.length === 0)) continue;
    const text = short
      ? brief(link, addresses)
      : view.busybox
        ? linkLines(link, addresses, view, all)
        : iproute(link, addresses, shown, all);
    io.out(encodeUtf8(text));
  }
  return 0;
}

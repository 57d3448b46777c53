import { bytes, grouped, plural } from '../quantities.ts';
import type { Messages } from './texts.ts';

/** drydock's own messages in English. */
export const en: Messages = {
  undone: ({ command, steps }) =>
    `Undone: ${command} (${steps > 0 ? `${plural(steps, 'earlier step')} can be undone` : 'nothing earlier to undo'}; drydock redo brings it back)`,
  redone: ({ command, steps }) =>
    `Done again: ${command} (${steps > 0 ? `${plural(steps, 'more step')} can be redone` : 'nothing more to redo'})`,
  resetDone: ({ session }) =>
    `The session ${session} begins anew: a fresh machine. drydock undo brings the old one back.`,
  historyHeading: 'What can be undone, the last first:',
  historyEmpty: 'Nothing has been done in this session yet.',
  sessionEntry: ({ name, current, saved }) =>
    `${current ? '*' : ' '} ${name}${current ? ' (in use)' : ''}${saved === undefined ? ', not begun' : `, saved ${saved}`}`,
  sessionMade: ({ name }) => `Session ${name} made: a machine of its own.`,
  sessionUsed: ({ name }) => `Session ${name} is in use now.`,
  sessionRemoved: ({ name, current }) => `Session ${name} removed. In use: ${current}.`,
  problem: {
    busy: ({ path, pid }) => `the session is in use by process ${pid} (lock file ${path})`,
    damaged: ({ path, detail }) => `${path} is damaged (${detail}); nothing was changed or deleted`,
    newer: ({ path, found, known }) =>
      `${path} was saved by a newer drydock (format ${found}; this one knows ${known}); nothing was changed`,
    older: ({ path, found, known }) =>
      `${path} was saved by an older drydock (format ${found}; this one knows ${known}), and the programs that run in it cannot be carried over; nothing was changed`,
    'no-space': ({ path }) => `no space left to write ${path}; the state before this command is kept`,
    'read-only': ({ path }) => `cannot write ${path}: the file system is read-only`,
    denied: ({ path }) => `no permission to use ${path}`,
    failed: ({ path, errno }) => `cannot use ${path} (${errno})`,
    'no-session': ({ name }) => `no such session: ${name}`,
    'session-exists': ({ name }) => `there is a session named ${name} already`,
    'bad-name': ({ name }) => `not a session name: "${name}" (letters, digits, "-", "_" and "."; at most 64)`,
    'nothing-to-undo': () => 'nothing to undo',
    'nothing-to-redo': () => 'nothing to redo',
  },
  remedy: {
    undo: 'drydock undo (goes back to the state before)',
    reset: 'drydock reset (a fresh machine in this session)',
    'session list': 'drydock session list',
    'session new': 'drydock session new NAME, then drydock session use NAME',
    upgrade: 'install the newest drydock',
    'try again': 'try again',
    'free space': 'make room on the disk and try again',
    'check permissions': 'check who owns the folder',
    'set DRYDOCK_HOME': 'set DRYDOCK_HOME to a folder that can be written',
  },
  tryThis: ({ remedies }) => `Try: ${remedies.join('; or ')}`,

  suspended: ({ minutes }) =>
    `The machine was suspended for a while, as when a laptop sleeps: ${
      minutes > 0 ? `only ${plural(minutes, 'minute')} passed inside` : 'less time passed inside than outside'
    }.`,
  nowRealTime: 'An hour of simulated time has passed; from here on it goes on in real time (Ctrl-C ends it).',
  outOfSteps: ({ steps }) =>
    `Stopped after ${grouped(steps)} steps without finishing: this looks like a program without end. The machine is whole; the next command goes on from here.`,
  outputLimit: ({ bytes: count }) => `More than ${bytes(count)} of output: the rest is left out.`,
  takenBack: 'This command was taken back by drydock undo in another terminal.',
  sessionGone: 'The session was reset or removed in another terminal.',
  machineOff: 'The virtual machine was switched off, and everything that ran in it with it.',
  waitingKey: ({ seconds }) => `waiting ${plural(seconds, 'second')} as the real engine would; a key skips`,
  portInside: ({ port }) =>
    `Port ${port} answers inside the simulation only: drydock shell -c 'curl localhost:${port}'`,

  whyNothing: 'Nothing to explain yet: run a command first, for example drydock run alpine echo hi',
  whyHeading: ({ command }) => `What happened for: ${command}`,
  explainHeading: ({ command }) => `What would happen for: ${command} (nothing has been changed)`,
  explainOpen: 'It would go on from here, waiting for input or for others.',
  explainStatus: ({ status }) => `It would end with status ${status}.`,
  scenario: {
    over: ({ session }) =>
      `That was all. It was played on a machine of its own (session ${session}), yours is as it was: drydock shell goes on with yours.`,
    pace: 'a key goes on, q stops',
    choose: 'What shall be played?',
    unreadable: ({ file }) => `cannot read ${file}`,
    wrong: {
      'too-long': ({ file }) => `${file} is too long for a script (256 KiB at most)`,
      'too-many': ({ file, line }) => `${file}:${line}: more than 1000 commands`,
      binary: ({ file, line }) => `${file}:${line}: not a plain text script`,
    },
  },
  registry: {
    wrong: {
      'bad-address': ({ address }) => `not an address with a port: "${address}" (for example 127.0.0.1:5000)`,
      'not-local': ({ address }) => `${address} is no address of this machine`,
      'port-taken': ({ address }) => `something else listens on ${address} already`,
      'no-process': () => 'the machine cannot start one more process',
    },
  },
  badLanguage: ({ value }) => `unknown language "${value}": en or ko`,
  badLevel: ({ value }) => `unknown level "${value}": off, brief or full`,
  unknownVerb: ({ verb }) => `unknown command: drydock ${verb}`,
  didYouMean: ({ words }) => `Did you mean ${words.join(' or ')}?`,
  tooManyArguments: ({ verb }) => `too many arguments: drydock ${verb} --help`,
  argumentNeeded: ({ verb, argument }) => `drydock ${verb} needs ${argument}: drydock ${verb} --help`,
  notSimulated: ({ what }) => `${what} is not simulated by drydock`,
  internalError: ({ detail }) => `a fault in drydock itself: ${detail}. The session was not changed.`,

  help: {
    about: 'Practise Docker with nothing real running: a simulated Linux machine with a Docker Engine in it.',
    usage: 'drydock [--explain LEVEL] [--lang LANG] [--plain] COMMAND',
    ownCommands: "drydock's own commands",
    ownOptions: "drydock's own options (before the command)",
    environment: 'Environment',
    verbs: {
      why: 'Explain the last command: every step, the call behind it and what it means',
      undo: 'Go back to before the last command that changed something',
      redo: 'Take an undo back',
      reset: 'Begin anew with a fresh machine (can be undone)',
      session: 'Machines that are kept apart from each other',
      'session list': 'List the sessions',
      'session new': 'Make a session',
      'session use': 'Make a session the one that commands act on',
      'session rm': 'Remove a session and its machine',
      registry: 'Registries on the simulated machine, besides Docker Hub',
      'registry serve': 'Start an empty private registry on an address (registry serve 127.0.0.1:5000)',
      explain: 'Say what a docker command would do, and do nothing (explain -- docker run …)',
      layers: 'The layers of an image: what each instruction added, hid, and who shares it',
      net: 'The network as a picture: bridges, containers, addresses, published ports, who reaches whom',
      processes: "The host's process tree with the containers' processes in it, and their PIDs inside",
      cache: 'What the builder keeps: why a step was or was not taken from it',
      'cache why': 'One step of the last build: its key, what went into it, which build had it',
      disk: 'What takes space: layers and who shares them, writable layers, logs, volumes, build cache',
      scenario: 'Lessons, step by step on a machine of their own',
      'scenario play': 'Play a scenario or a script by itself, on a machine of its own',
      'scenario list': 'What there is to learn, and how far you are',
      'scenario run': 'Begin a scenario, or go on with it (commands can be piped in)',
      'scenario check': 'What is still missing in the present step',
      'scenario hint': 'The next hint for the present step',
      'scenario solve': 'Do the present step for you',
      'scenario reset': 'Begin a scenario from its start again',
      'scenario lint': 'What is wrong in a scenario file, by line and column',
      'scenario new': 'Make a scenario to fill in',
      tour: 'A first look, played: images, containers, a build, a virtual machine',
      vm: 'Virtual machines on the simulated host: boot, list, shell, stop, rm',
      shell: 'A command line on the simulated host (-c COMMAND runs one command)',
    },
    flags: {
      '--explain': 'How much to explain on stderr: off, brief or full (default brief)',
      '--lang': 'Language of explanations and hints: en or ko (default: from the locale)',
      '--plain': 'ASCII only: no drawn marks, no colour, nothing that repaints',
      '--version': 'Print the version',
      '--help': 'Print this help',
    },
    variables: {
      DRYDOCK_HOME: 'where sessions are saved; nothing is written anywhere else',
      DRYDOCK_EXPLAIN: 'as --explain',
      DRYDOCK_LANG: 'as --lang',
      NO_COLOR: 'no colour when set',
    },
  },
};

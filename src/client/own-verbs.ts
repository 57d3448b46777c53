import { Command, CommanderError } from 'commander';
import { messages } from '../explain/messages/messages.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import type { Step } from '../kernel/trace.ts';
import { currentSession, listSessions, newSession, removeSession, useSession } from '../session/sessions.ts';
import { shellTexts } from '../shell/texts/texts.ts';
import { cacheWhy } from './cache-verbs.ts';
import { runClassroom } from './classroom.ts';
import { restartClock, wallClock } from './clock.ts';
import { dataHome, openCurrent, runShell } from './commands.ts';
import { compare } from './compare-verbs.ts';
import { printAliases, printCompletionScript } from './completion.ts';
import { listHosts, type NewHostFlags, newHostVerb, removeHostVerb, useHostVerb } from './host-verbs.ts';
import { explainCommand, showLayers } from './look-verbs.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';
import { showDisk, showNet, showProcesses } from './picture-verbs.ts';
import { serveOnHost } from './registry-verbs.ts';
import { say } from './say.ts';
import {
  checkScenario,
  hintScenario,
  lintScenarios,
  newScenario,
  resetScenario,
  runScenario,
  solveScenario,
} from './scenario-course.ts';
import { listScenarios } from './scenario-list.ts';
import { playScenario, playTour } from './scenario-verbs.ts';
import { exportSession, importSession } from './session-files.ts';
import { classReport, exportProgress, writeHandout } from './teacher-verbs.ts';
import { explainFully } from './tell.ts';
import { terminalFds } from './terminal.ts';
import { runMachineTool, runVm } from './vm-verbs.ts';

/** Runs one of drydock's own verbs (why, undo, redo, reset, session, shell); returns the exit status. */
export async function runOwnVerb(options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const [verb = '', ...words] = options.args;
  if (verb === 'vagrant' || verb === 'VBoxManage') return runMachineTool(verb, words, options, env);
  let status = 0;
  const program = ownCommands(options, env, (code) => {
    status = code;
  });
  try {
    await program.parseAsync([...options.args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    sayMistake(error, options);
    return 2;
  }
  return status;
}

/** What is wrong with the words, in the language chosen; commander's own message where there is no better one. */
function sayMistake({ code, message }: CommanderError, options: Options): void {
  if (code === 'commander.help') return; // a group of commands alone: its help was shown
  const texts = messages(options.lang);
  const verb = options.args.filter((word) => !word.startsWith('-')).join(' ');
  const named = /'([^']*)'/.exec(message)?.[1] ?? '';
  const said: { readonly [code: string]: string } = {
    'commander.missingArgument': texts.argumentNeeded({ verb, argument: named.toUpperCase() }),
    'commander.excessArguments': texts.tooManyArguments({ verb: options.args[0] ?? '' }),
    'commander.unknownCommand': texts.unknownVerb({ verb }),
  };
  say([`drydock: ${said[code] ?? message.replace(/^error: /, '')}`]);
}

/** The tree of drydock's own commands, with its help in the language chosen. */
export function ownCommands(options: Options, env: NodeJS.ProcessEnv, exit: (code: number) => void): Command {
  const texts = messages(options.lang);
  const { verbs } = texts.help;
  const home = dataHome(env);
  const program = new Command('drydock').exitOverride().enablePositionalOptions().addHelpCommand(false);
  program.configureOutput({ writeOut: out, writeErr: (text) => say([text.trimEnd()]), outputError: () => {} });
  const add = (parent: Command, name: string, about: string): Command =>
    parent
      .command(name)
      .description(about)
      .exitOverride()
      .configureOutput(program.configureOutput())
      .allowExcessArguments(false);

  add(program, 'why', verbs.why).action(() => why(options, env, exit));
  add(program, 'undo', verbs.undo).action(() => travel('undo', options, env));
  add(program, 'redo', verbs.redo).action(() => travel('redo', options, env));
  add(program, 'reset', verbs.reset).action(() => reset(options, env));
  add(program, 'shell', verbs.shell)
    .option('-c <command>')
    .option('--open <folder>')
    .argument('[words...]')
    .passThroughOptions()
    .action(async (words: string[], flags: { c?: string; open?: string }) => {
      const onTerminal = terminalFds().includes(0) && terminalFds().includes(1);
      if (onTerminal && flags.c === undefined && words.length === 0) exit(await runClassroom(options, env, flags.open));
      else if (flags.open !== undefined) {
        say([`drydock: ${shellTexts(options.lang).openNeedsTerminal}`]);
        exit(2);
      } else exit(await runShell(flags.c === undefined ? words : ['-c', flags.c, ...words], options, env));
    });

  add(program, 'explain', verbs.explain)
    .argument('[words...]')
    .passThroughOptions()
    .action(async (words: string[]) => exit(await explainCommand(words, options, env)));
  add(program, 'layers', verbs.layers)
    .argument('<image>')
    .action(async (image: string) => exit(await showLayers(image, options, env)));
  add(program, 'net', verbs.net).action(() => showNet(options, env));
  add(program, 'processes', verbs.processes).action(() => showProcesses(options, env));
  add(program, 'disk', verbs.disk).action(() => showDisk(options, env));
  const cache = add(program, 'cache', verbs.cache);
  add(cache, 'why', verbs['cache why'])
    .argument('[step...]')
    .action(async (step: string[]) => exit(await cacheWhy(step.join(' '), options, env)));
  add(program, 'tour', verbs.tour).action(async () => exit(await playTour(options, env)));
  add(program, 'vagrant', verbs.vagrant);
  add(program, 'VBoxManage', verbs.VBoxManage);
  add(program, 'vm', verbs.vm)
    .argument('[words...]')
    .passThroughOptions()
    .allowUnknownOption()
    .action(async (words: string[]) => exit(await runVm(words, options, env)));
  add(program, 'compare', verbs.compare)
    .argument('<work>')
    .option('--bars')
    .option('--json')
    .action(async (work: string, flags: { bars?: boolean; json?: boolean }) =>
      exit(await compare(work, flags, options)),
    );
  add(program, 'completion', verbs.completion)
    .argument('<shell>')
    .action((shell: string) => exit(printCompletionScript(shell, options)));
  add(program, 'env', verbs.env)
    .argument('[shell]')
    .action((shell: string | undefined) => exit(printAliases(shell, options)));
  const host = add(program, 'host', verbs.host);
  add(host, 'new', verbs['host new'])
    .argument('<name>')
    .option('--kind <kind>')
    .option('--memory <size>')
    .option('--cpus <number>')
    .option('--disk <size>')
    .option('--bare')
    .action(async (name: string, flags: NewHostFlags) => exit(await newHostVerb(name, flags, options, env)));
  add(host, 'list', verbs['host list'])
    .alias('ls')
    .action(async () => exit(await listHosts(options, env)));
  add(host, 'use', verbs['host use'])
    .argument('<name>')
    .action(async (name: string) => exit(await useHostVerb(name, options, env)));
  add(host, 'rm', verbs['host rm'])
    .argument('<name>')
    .action(async (name: string) => exit(await removeHostVerb(name, options, env)));
  const registry = add(program, 'registry', verbs.registry);
  add(registry, 'serve', verbs['registry serve'])
    .argument('<address>')
    .action(async (address: string) => exit(await serveOnHost(address, options, env)));
  const scenario = add(program, 'scenario', verbs.scenario);
  add(scenario, 'play', verbs['scenario play'])
    .argument('[file]')
    .action(async (file?: string) => exit(await playScenario(file, options, env)));
  const lesson = (name: 'run' | 'check' | 'hint' | 'solve' | 'reset', act: typeof runScenario) =>
    add(scenario, name, verbs[`scenario ${name}`])
      .argument('<name>')
      .action(async (which: string) => exit(await act(which, options, env)));
  add(scenario, 'list', verbs['scenario list'])
    .alias('ls')
    .action(async () => exit(await listScenarios(options, env)));
  lesson('run', runScenario);
  lesson('check', checkScenario);
  lesson('hint', hintScenario);
  lesson('solve', solveScenario);
  lesson('reset', resetScenario);
  add(scenario, 'lint', verbs['scenario lint'])
    .argument('<files...>')
    .action((files: string[]) => exit(lintScenarios(files, options)));
  add(scenario, 'new', verbs['scenario new'])
    .argument('<name>')
    .action((name: string) => exit(newScenario(name, options)));
  add(scenario, 'handout', verbs['scenario handout'])
    .argument('<name>')
    .option('-o, --output <file>')
    .option('--solutions')
    .action((name: string, flags: { output?: string; solutions?: boolean }) => {
      exit(writeHandout(name, flags, options));
    });
  const progress = add(program, 'progress', verbs.progress);
  add(progress, 'export', verbs['progress export'])
    .argument('[file]')
    .option('--name <name>')
    .action((file: string | undefined, { name }: { name?: string }) => {
      exit(exportProgress(file, name, options, env));
    });
  const learners = add(program, 'class', verbs.class);
  add(learners, 'report', verbs['class report'])
    .argument('<files...>')
    .option('--csv <file>')
    .action((files: string[], { csv }: { csv?: string }) => exit(classReport(files, csv, options)));

  const session = add(program, 'session', verbs.session);
  add(session, 'list', verbs['session list'])
    .alias('ls')
    .action(() => {
      for (const { name, current, saved } of listSessions(home)) {
        const when = saved === undefined ? {} : { saved: new Date(saved).toISOString().slice(0, 16).replace('T', ' ') };
        out(`${texts.sessionEntry({ name, current, ...when })}\n`);
      }
    });
  add(session, 'new', verbs['session new'])
    .argument('<name>')
    .action((name: string) => {
      newSession(home, name);
      useSession(home, name);
      say([texts.sessionMade({ name }), texts.sessionUsed({ name })]);
    });
  add(session, 'use', verbs['session use'])
    .argument('<name>')
    .action((name: string) => {
      useSession(home, name);
      say([texts.sessionUsed({ name })]);
    });
  add(session, 'export', verbs['session export'])
    .argument('<file>')
    .action(async (file: string) => exit(await exportSession(file, options, env)));
  add(session, 'import', verbs['session import'])
    .argument('<file>')
    .argument('[name]')
    .action(async (file: string, name?: string) => exit(await importSession(file, name, options, env)));
  add(session, 'rm', verbs['session rm'])
    .argument('<name>')
    .action(async (name: string) => {
      await removeSession(home, name);
      say([texts.sessionRemoved({ name, current: currentSession(home) })]);
    });
  return program;
}

async function why(options: Options, env: NodeJS.ProcessEnv, exit: (code: number) => void): Promise<void> {
  const found = await openCurrent(env).transact((turn) => ({
    world: turn.world,
    result: turn.trace(),
  }));
  if (!found) {
    say([messages(options.lang).whyNothing]);
    exit(1);
    return;
  }
  await explainFully(found.step.label, found.trace as unknown as readonly Step[], options);
}

async function travel(where: 'undo' | 'redo', options: Options, env: NodeJS.ProcessEnv): Promise<void> {
  const texts = messages(options.lang);
  const { label, left } = await openCurrent(env).transact((turn) => {
    const { world, step } = where === 'undo' ? turn.undo() : turn.redo();
    return {
      world: restartClock(world, wallClock()),
      result: { label: step.label, left: turn.history()[where].length },
    };
  });
  const message = where === 'undo' ? texts.undone : texts.redone;
  say([message({ command: label, steps: left })]);
}

async function reset(options: Options, env: NodeJS.ProcessEnv): Promise<void> {
  const session = openCurrent(env);
  await session.transact((turn) => ({ world: turn.reset('drydock reset'), result: undefined }));
  say([messages(options.lang).resetDone({ session: session.name })]);
}

/** Text to stdout. */
function out(text: string): void {
  print(1, encodeUtf8(text));
}

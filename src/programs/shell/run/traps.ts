import type { Signal } from '../../../kernel/signals.ts';
import { allSignals, parseSignal, signalNumber } from '../../../kernel/signals.ts';
import type { Flavour } from '../flavour.ts';
import { interactiveIgnored, isInteractive } from './children.ts';
import { pushSource, textSource } from './levels.ts';
import type { Shell } from './shell.ts';

/** The name in `traps` for what `trap` was given: `EXIT`, `0`, `INT`, `SIGINT`, `2`. */
export function trapName(text: string, flavour: Flavour): string | undefined {
  if (text === '0' || text.toUpperCase() === 'EXIT') return 'EXIT';
  if (flavour === 'bash' && /^(?:ERR|DEBUG|RETURN)$/i.test(text)) return text.toUpperCase();
  if (flavour === 'dash' && /^SIG/i.test(text)) return undefined;
  return parseSignal(text)?.slice(3);
}

/** The traps in the order of their numbers, EXIT first. */
export function trapNames(): readonly string[] {
  return ['EXIT', ...allSignals.map((signal) => signal.slice(3)), 'DEBUG', 'ERR', 'RETURN'];
}

/** Sets what happens on a signal: an action, '' to ignore it, undefined for the default. */
export function setTrap(sh: Shell, name: string, action: string | undefined): void {
  const signal = `SIG${name}` as Signal;
  if (sh.s.ignored.includes(signal)) return;
  const others = Object.entries(sh.s.traps).filter(([known]) => known !== name);
  sh.s.traps = Object.fromEntries(action === undefined ? others : [...others, [name, action]]);
  if (/^(?:EXIT|ERR|DEBUG|RETURN)$/.test(name) || signal === 'SIGKILL' || signal === 'SIGSTOP') return;
  sh.sys.onSignal(signal, action === undefined ? defaultHow(sh, signal) : action === '' ? 'ignore' : 'catch');
}

/** What a shell does with a signal that is not trapped. */
function defaultHow(sh: Shell, signal: Signal): 'default' | 'catch' | 'ignore' {
  if (!isInteractive(sh)) return 'default';
  if (signal === 'SIGINT' || signal === 'SIGCHLD') return 'catch';
  return interactiveIgnored.includes(signal) ? 'ignore' : 'default';
}

/** Runs the action of a caught signal, as a level of its own. Returns false when there was none to run. */
export function runTrap(sh: Shell): boolean {
  const [signal, ...rest] = sh.s.signals;
  if (signal === undefined) return false;
  sh.s.signals = rest;
  const action = sh.s.traps[signal.slice(3)];
  if (!action) return false;
  pushSource(sh, 'trap', textSource(action, 0), sh.frame.tested, { status: sh.s.status });
  return true;
}

/** 128 + n for a signal. */
export function signalStatus(signal: Signal): number {
  return 128 + signalNumber(signal);
}

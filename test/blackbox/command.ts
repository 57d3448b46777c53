import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { bin } from './built.ts';

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Options {
  /** What is piped in; without it the input is at its end. */
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** After so many milliseconds it is killed: then `signal` is SIGKILL. */
  readonly limit?: number;
}

/** An empty folder, gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-blackbox-'));
  onTestFinished(() => until('an end of writing', () => removed(folder)).then(() => {}));
  return folder;
}

/** Removes a folder; undefined while somebody still writes into it. */
function removed(folder: string): true | undefined {
  try {
    rmSync(folder, { recursive: true, force: true });
    return true;
  } catch {
    return undefined;
  }
}

/** The environment in which commands are tested: nothing of ours but the path. */
export function testEnv(home: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const path = { PATH: process.env.PATH, HOME: home, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' };
  return { ...path, DRYDOCK_HOME: home, DRYDOCK_EXPLAIN: 'off', ...more };
}

/** A folder for sessions, and the command on it. */
export class Drydock {
  readonly home: string;

  constructor(home = join(temporaryFolder(), 'home')) {
    this.home = home;
  }

  /** Runs a command to its end. */
  run(...args: string[]): Promise<Ended> {
    return this.with({}, ...args);
  }

  /** The same, with input, environment or a limit. */
  with(options: Options, ...args: string[]): Promise<Ended> {
    return ended(this.start(options, ...args), options);
  }

  /** stdout of a command that must succeed, without the last newline. */
  async out(...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await this.run(...args);
    if (status !== 0) throw new Error(`drydock ${args.join(' ')}: ${status}\n${stderr}`);
    return stdout.replace(/\n$/, '');
  }

  /** Starts a command; it is killed when the test is over. */
  start(options: Options, ...args: string[]): ChildProcess {
    const child = spawn(process.execPath, [bin, ...args], { env: testEnv(this.home, options.env), stdio: 'pipe' });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  }

  /** A line of a real shell, in which `drydock` is the command. */
  line(line: string, options: Options = {}): Promise<Ended> {
    const script = `drydock() { ${JSON.stringify(process.execPath)} ${JSON.stringify(bin)} "$@"; }\n${line}`;
    const child = spawn('sh', ['-c', script], { env: testEnv(this.home, options.env), stdio: 'pipe' });
    onTestFinished(() => void child.kill('SIGKILL'));
    return ended(child, options);
  }
}

/** Waits for a process's end and collects what it prints. */
export async function ended(child: ChildProcess, { input = '', limit = 30_000 }: Options = {}): Promise<Ended> {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  child.stdin?.on('error', () => {}); // it may end without reading
  child.stdin?.end(input);
  const timer = setTimeout(() => child.kill('SIGKILL'), limit);
  await once(child, 'close');
  clearTimeout(timer);
  return { status: child.exitCode, signal: child.signalCode, ...output };
}

/** Looks again and again until something is there; fails after `limit` milliseconds. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  limit = 10_000,
): Promise<T> {
  for (const end = Date.now() + limit; ; ) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

let template: Promise<string> | undefined;

/** A folder for sessions in which alpine has been pulled already. */
export async function ready(): Promise<Drydock> {
  template ??= pulled();
  const drydock = new Drydock();
  cpSync(await template, drydock.home, { recursive: true });
  return drydock;
}

async function pulled(): Promise<string> {
  const home = join(mkdtempSync(join(tmpdir(), 'drydock-blackbox-')), 'home');
  const child = spawn(process.execPath, [bin, 'pull', '-q', 'alpine'], { env: testEnv(home), stdio: 'pipe' });
  const { status, stderr } = await ended(child);
  if (status !== 0) throw new Error(`alpine cannot be pulled: ${stderr}`);
  return home;
}

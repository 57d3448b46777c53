import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { bin } from './built.ts';
import { temporaryFolder, testEnv } from './command.ts';

const exec = promisify(execFile);

/** Whether a program can be used; says so when it cannot. */
export function available(program: string, flag: string): boolean {
  if (spawnSync(program, [flag], { stdio: 'ignore' }).status === 0) return true;
  console.warn(`${program} is missing: what needs it is not tested`);
  return false;
}

/** Is there a tmux, to be a terminal in? */
export const hasTmux = available('tmux', '-V');

export interface Size {
  readonly cols?: number;
  readonly rows?: number;
}

/**
 * A real terminal (a pane of tmux) with a real shell in it, whose prompt is `real$ ` and in which `drydock` is the built
 * command.
 */
export class Terminal {
  private readonly socket: string;

  private constructor(socket: string) {
    this.socket = socket;
  }

  /** Opens a terminal on a folder of sessions; it is closed when the test is over. */
  static async open(home: string, { cols = 80, rows = 24 }: Size = {}, env: NodeJS.ProcessEnv = {}): Promise<Terminal> {
    const folder = temporaryFolder();
    const terminal = new Terminal(join(folder, 'tmux'));
    onTestFinished(async () => {
      await terminal.tmux('kill-server').catch(() => '');
    });
    const all = { ...testEnv(home), TERM: 'screen-256color', PS1: 'real$ ', ...env };
    const given = Object.entries(all).map(([name, value]) => `${name}=${value}`);
    const session = ['-f', '/dev/null', '-u', 'new-session', '-d', '-x', String(cols), '-y', String(rows)];
    await exec('tmux', ['-S', terminal.socket, ...session, 'env', '-i', ...given, 'sh'], { env: testEnv(home) });
    await terminal.shows('real$');
    await terminal.enter(`drydock() { '${process.execPath}' '${bin}' "$@"; }; clear`);
    await terminal.shows(/^real\$$/);
    return terminal;
  }

  /** Types text. */
  async type(text: string): Promise<void> {
    // tmux takes a semicolon at the end for its own
    await this.tmux('send-keys', '-l', '--', text.replace(/;$/, '\\;'));
  }

  /** Presses keys, as tmux names them: C-c, Enter, Left, Up, BSpace, Tab. */
  async press(...keys: string[]): Promise<void> {
    await this.tmux('send-keys', '--', ...keys);
  }

  /** Types a line. */
  async enter(line: string): Promise<void> {
    await this.type(line);
    await this.press('Enter');
  }

  /** What is on the screen, without blanks at the ends of lines and below. */
  async screen(): Promise<string> {
    return (await this.tmux('capture-pane', '-p')).replace(/[ \t]+$/gm, '').trimEnd();
  }

  /** The same with the escape sequences for colours. */
  coloured(): Promise<string> {
    return this.tmux('capture-pane', '-p', '-e');
  }

  /** The number of the process that the shell has started and waits for. */
  async child(): Promise<number> {
    const shell = (await this.tmux('display-message', '-p', '#{pane_pid}')).trim();
    const { stdout } = await exec('ps', ['-o', 'pid=', '--ppid', shell], { encoding: 'utf8' });
    const pid = Number(stdout);
    if (!(pid > 1)) throw new Error(`not one child of the shell: ${stdout}`);
    return pid;
  }

  /** Where the cursor is: column and row from 0. */
  async cursor(): Promise<readonly [number, number]> {
    const [x, y] = (await this.tmux('display-message', '-p', '#{cursor_x} #{cursor_y}')).split(' ');
    return [Number(x), Number(y)];
  }

  /** Waits until the screen shows something; returns the screen. */
  async shows(text: string | RegExp, limit = 10_000): Promise<string> {
    for (const end = Date.now() + limit; ; ) {
      const screen = await this.screen();
      if (typeof text === 'string' ? screen.includes(text) : text.test(screen)) return screen;
      if (Date.now() > end) throw new Error(`the terminal never showed ${text}; it shows:\n${screen}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Closes the window. */
  async close(): Promise<void> {
    await this.tmux('kill-server');
  }

  async resize(cols: number, rows: number): Promise<void> {
    await this.tmux('resize-window', '-x', String(cols), '-y', String(rows));
  }

  private async tmux(...args: string[]): Promise<string> {
    return (await exec('tmux', ['-S', this.socket, '-u', ...args], { encoding: 'utf8' })).stdout;
  }
}

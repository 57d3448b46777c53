import type { Exec, Sys } from '../../kernel/program.ts';
import { exists, filesBelow, put, textOf } from './files.ts';
import { refuse, write } from './say.ts';

/** `git`: settings, and the errors of a folder without a repository; what it would fetch is outside. */
export function git(exec: Exec, sys: Sys): number {
  const args = exec.argv.slice(1);
  const at = args.findIndex((one, i) => !one.startsWith('-') && args[i - 1] !== '-C' && args[i - 1] !== '-c');
  const command = args[at] ?? '';
  if (args[0] === '--version') {
    write(sys, 1, 'git version 2.47.3\n');
    return 0;
  }
  if (command === 'config') {
    const words = args.slice(at + 1).filter((one) => !one.startsWith('-'));
    const file = `${exec.env.HOME ?? '/root'}/.gitconfig`;
    const [section = '', ...rest] = (words[0] ?? '').split('.');
    if (words.length >= 2)
      put(sys, file, `${textOf(sys, file) ?? ''}[${section}]\n\t${rest.join('.')} = ${words[1]}\n`);
    return 0;
  }
  const url = args.find((one) => /^(?:https?|git|ssh):\/\/|^[\w.-]+@[\w.-]+:/.test(one));
  if (url !== undefined) {
    const host = /(?:\/\/(?:[^@/]*@)?|@)([\w.-]+)/.exec(url)?.[1] ?? url;
    const folder = url
      .replace(/\/$/, '')
      .replace(/^.*[/:]/, '')
      .replace(/\.git$/, '');
    const words = args.slice(at + 1).filter((one) => !one.startsWith('-'));
    if (command === 'clone') write(sys, 2, `Cloning into '${words[words.indexOf(url) + 1] ?? folder}'...\n`);
    write(sys, 2, `fatal: unable to access '${url}/': Could not resolve host: ${host}\n`);
    write(sys, 2, `drydock: git: ${url} is outside of this simulated network\n`);
    return 128;
  }
  if (
    !exists(sys, '.git') &&
    /^(?:rev-parse|describe|log|status|diff|show|tag|branch|checkout|submodule|fetch|pull|ls-files|rev-list)$/.test(
      command,
    )
  ) {
    write(sys, 2, 'fatal: not a git repository (or any of the parent directories): .git\n');
    return 128;
  }
  return refuse(sys, `git ${command}`.trim());
}

/** Tools that put system files in order after others have come. */
export const settlers: { readonly [name: string]: (exec: Exec, sys: Sys) => number } = {
  ldconfig: () => 0,
  'fc-cache': () => 0,
  'dpkg-reconfigure': () => 0,
  'update-ca-certificates': (_exec, sys) => {
    const own = exists(sys, '/usr/local/share/ca-certificates')
      ? filesBelow(sys, '/usr/local/share/ca-certificates')
      : [];
    const added = own.filter(
      (name) =>
        name.endsWith('.crt') && !exists(sys, `/etc/ssl/certs/${name.replace(/^.*\//, '').replace(/\.crt$/, '.pem')}`),
    );
    for (const name of added)
      sys.fs.symlink(
        `/usr/local/share/ca-certificates/${name}`,
        `/etc/ssl/certs/${name.replace(/^.*\//, '').replace(/\.crt$/, '.pem')}`,
      );
    if (!exists(sys, '/etc/alpine-release'))
      write(
        sys,
        1,
        `Updating certificates in /etc/ssl/certs...\n${added.length} added, 0 removed; done.\nRunning hooks in /etc/ca-certificates/update.d...\ndone.\n`,
      );
    return 0;
  },
  'locale-gen': (exec, sys) => {
    const asked = exec.argv.slice(1).filter((one) => !one.startsWith('-'));
    const listed = [...(textOf(sys, '/etc/locale.gen') ?? '').matchAll(/^([\w.@-]+)\s+\S+$/gm)].map(
      ([, name = '']) => name,
    );
    const names = [...new Set([...asked, ...listed])];
    write(
      sys,
      1,
      `Generating locales (this might take a while)...\n${names.map((name) => `  ${name}... done\n`).join('')}Generation complete.\n`,
    );
    return 0;
  },
};

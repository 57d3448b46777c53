import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import { executableStub } from '../../../kernel/stub.ts';

/** `python -m venv DIR`: the folder with its scripts, links to the interpreter, and pip. Returns the exit status. */
export function makeVenv(sys: Sys, version: string, args: readonly string[]): number {
  const flag = args.find((one) => one.startsWith('-') && one !== '--clear' && one !== '--without-pip');
  if (flag !== undefined) {
    sys.write(2, encodeUtf8(`drydock: python -m venv ${flag} is not simulated\n`));
    return 70;
  }
  const folders = args.filter((one) => !one.startsWith('-'));
  if (folders.length === 0) {
    sys.write(
      2,
      'usage: venv [-h] [--system-site-packages] [--symlinks | --copies] [--clear]\n            [--upgrade] [--without-pip] [--prompt PROMPT] [--upgrade-deps]\n            ENV_DIR [ENV_DIR ...]\nvenv: error: the following arguments are required: ENV_DIR\n',
    );
    return 2;
  }
  for (const one of folders) {
    const full = one.startsWith('/')
      ? one
      : `${sys.cwd().replace(/\/$/, '')}/${one.replace(/^\.\//, '').replace(/\/$/, '')}`;
    const failed = fill(sys, full, version, !args.includes('--without-pip'));
    if (failed !== undefined) {
      sys.write(2, encodeUtf8(`Error: ${failed}\n`));
      return 1;
    }
  }
  return 0;
}

function fill(sys: Sys, home: string, version: string, withPip: boolean): string | undefined {
  const short = version.split('.').slice(0, 2).join('.');
  const site = `${home}/lib/python${short}/site-packages`;
  for (const path of [home, `${home}/bin`, `${home}/include`, `${home}/lib`, `${home}/lib/python${short}`, site]) {
    const failed = sys.fs.mkdir(path);
    if (failed && failed.errno !== 'EEXIST') return `[Errno 13] Permission denied: '${path}'`;
  }
  const place = ['/usr/local/bin', '/usr/bin'].find((one) => !isErrno(sys.fs.stat(`${one}/python3`))) ?? '/usr/bin';
  const put = (path: string, text: string, mode: number) => {
    sys.fs.writeFile(path, encodeUtf8(text));
    sys.fs.chmod(path, mode);
  };
  put(
    `${home}/pyvenv.cfg`,
    `home = ${place}\ninclude-system-site-packages = false\nversion = ${version}\nexecutable = ${place}/python${short}\ncommand = ${place}/python3 -m venv ${home}\n`,
    0o644,
  );
  put(`${home}/bin/activate`, activate(home), 0o644);
  sys.fs.symlink(`${place}/python3`, `${home}/bin/python3`);
  sys.fs.symlink('python3', `${home}/bin/python`);
  sys.fs.symlink('python3', `${home}/bin/python${short}`);
  if (withPip)
    for (const name of ['pip', 'pip3', `pip${short}`]) put(`${home}/bin/${name}`, executableStub('pip'), 0o755);
  return undefined;
}

/** What `. bin/activate` does: PATH, VIRTUAL_ENV, the prompt, and `deactivate` to undo them. */
function activate(home: string): string {
  const name = home.slice(home.lastIndexOf('/') + 1);
  return `deactivate () {
    if [ -n "\${_OLD_VIRTUAL_PATH:-}" ] ; then
        PATH="$_OLD_VIRTUAL_PATH"
        export PATH
        unset _OLD_VIRTUAL_PATH
    fi
    if [ -n "\${_OLD_VIRTUAL_PS1:-}" ] ; then
        PS1="$_OLD_VIRTUAL_PS1"
        export PS1
        unset _OLD_VIRTUAL_PS1
    fi
    unset VIRTUAL_ENV
    unset VIRTUAL_ENV_PROMPT
    if [ "\${1:-}" != "nondestructive" ] ; then
        unset -f deactivate
    fi
}
deactivate nondestructive
VIRTUAL_ENV='${home}'
export VIRTUAL_ENV
_OLD_VIRTUAL_PATH="$PATH"
PATH="$VIRTUAL_ENV/bin:$PATH"
export PATH
VIRTUAL_ENV_PROMPT='(${name}) '
export VIRTUAL_ENV_PROMPT
if [ -z "\${VIRTUAL_ENV_DISABLE_PROMPT:-}" ] ; then
    _OLD_VIRTUAL_PS1="\${PS1:-}"
    PS1="$VIRTUAL_ENV_PROMPT\${PS1:-}"
    export PS1
fi
`;
}

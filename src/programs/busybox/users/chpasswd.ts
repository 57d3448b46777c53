import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Applet } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { lineFilter } from '../../makers/line-filter.ts';
import { parseOptions } from '../../options.ts';
import { changeRow, rows, today } from './database.ts';
import { newSalt, sha512Crypt } from './sha512-crypt.ts';

type State = { readonly encrypted: boolean; readonly line: number; readonly status: number };

const line = {
  usage: '[-me] [-c ALG] [-R DIR]',
  short: 'emc:R:s:',
  long: ['encrypted=e', 'md5=m', 'crypt-method:=c', 'root:=R', 'sha-rounds:=s'],
};

/**
 * `chpasswd` of busybox and of shadow: sets passwords by lines `user:password`. They are hashed with SHA-512, busybox's
 * way; Debian's would choose yescrypt, which every program that checks takes just as well.
 */
export const chpasswd: Applet = (style) =>
  lineFilter<State>(style, {
    begin(io) {
      const options = parseOptions(io, line);
      if (typeof options === 'number') return options;
      const refused = ['m', 'R', 's'].find((letter) => options.has(letter));
      if (refused !== undefined) return complain(io, `option -${refused} is not simulated`);
      const method = options.value('c')?.toLowerCase();
      if (method !== undefined && method !== 'sha512')
        return complain(
          io,
          /^(?:none|des|md5|sha256|yescrypt)$/.test(method)
            ? `the method ${method} is not simulated`
            : `unsupported crypt method: ${options.value('c') ?? ''}`,
        );
      if (io.sys.uid !== 0)
        return complain(io, style.flavour === 'busybox' ? 'permission denied (are you root?)' : 'Permission denied.');
      return { state: { encrypted: options.has('e'), line: 0, status: 0 }, inputs: ['-'] };
    },
    line(state, text, io) {
      const busybox = style.flavour === 'busybox';
      const number = state.line + 1;
      const colon = text.indexOf(':');
      if (colon < 0) {
        const status = complain(io, `${busybox ? '' : `line ${number}: `}missing new password`);
        if (busybox) io.finish(status);
        return { ...state, line: number, status };
      }
      const [user, password] = [text.slice(0, colon), text.slice(colon + 1)];
      if (!(rows(io, '/etc/passwd') ?? []).some(([name]) => name === user)) {
        if (busybox) {
          io.finish(complain(io, `unknown user ${user}`));
          return state;
        }
        io.err(
          encodeUtf8(
            `chpasswd: (user ${user}) pam_chauthtok() failed, error:\nAuthentication token manipulation error\n`,
          ),
        );
        return { ...state, line: number, status: complain(io, `(line ${number}, user ${user}) password not changed`) };
      }
      const hash = state.encrypted
        ? password
        : sha512Crypt(
            password,
            newSalt(() => io.sys.random()),
          );
      const shadow = rows(io, '/etc/shadow')?.some(([name]) => name === user) ?? false;
      changeRow(io, shadow ? '/etc/shadow' : '/etc/passwd', user, ([name = '', , changed = '', ...rest]) => [
        name,
        hash,
        shadow ? today(io) : changed,
        ...rest,
      ]);
      if (busybox) io.err(encodeUtf8(`chpasswd: password for '${user}' changed\n`));
      return { ...state, line: number };
    },
    end: (state) => state.status,
  });

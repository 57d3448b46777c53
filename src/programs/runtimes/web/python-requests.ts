import { isErrno } from '../../../kernel/errno.ts';
import { tell } from '../../actions.ts';
import { httpDate } from '../../network/http.ts';
import type { Natives } from '../core/lang.ts';
import { isTagged, numeric } from '../core/values.ts';
import { callPy } from '../py/calls.ts';
import { dictOf } from '../py/natives.ts';
import { osError } from '../py/natives-files.ts';
import { traceback } from '../py/traceback.ts';
import { tuple } from '../py/values.ts';
import { reasons, respondRaw, type WebRequest } from './connections.ts';

/** What http.server is written with in Python: a listener whose requests are calls of the server's `_answer`. */
export const requestNatives: Natives = {
  '_requests.listen': (vm, [host = '', port = 0]) => {
    const address = host === '' ? '0.0.0.0' : host === 'localhost' ? '127.0.0.1' : String(host);
    const fd = vm.sys.net.listen(address, Number(port));
    return isErrno(fd) ? osError(vm, fd.errno, '') : fd;
  },
  '_requests.close': (vm, [fd = 0]) => {
    vm.listeners = vm.listeners.filter((one) => one.fd !== fd);
    vm.sys.close(Number(fd));
    return null;
  },
  // serve(fd, host, port, answer): from now on, for each request, answer(method, target, version, headers, body, host, port)
  '_requests.serve': (vm, [fd = 0, host = '', port = 0, answer = null]) => {
    vm.listeners.push({ fd: Number(fd), port: Number(port), address: String(host), kind: 'python', app: answer });
    tell(vm.sys, 'python3', 'server-ready', { program: 'python3', port: Number(port), workers: 0 });
    return null;
  },
  '_requests.date': (_vm, [seconds = 0]) => httpDate(Math.floor((numeric(seconds) ?? 0) * 1e6)),
  '_requests.reason': (_vm, [code = 0]) => reasons[Number(code)] ?? null,
  '%serve python': (vm, [request = null], self) => {
    const r = vm.obj(request)?.x as unknown as WebRequest;
    const [host = '', port = '0'] = r.remote.split(':');
    const headers = dictOf(
      vm,
      r.headers.map(([name, v]) => [name, v] as const),
    );
    // biome-ignore lint/suspicious/noThenProperty: what follows the task; nobody awaits one
    const task = vm.spawn([], { daemon: true, then: { native: '%python served', data: request } });
    const before = vm.frames;
    vm.frames = task.frames;
    try {
      const body = { t: 'bytes', v: r.body } as const;
      callPy(vm, self, [r.method, r.target, `HTTP/${r.version}`, headers, body, tuple(vm, [host, Number(port)])]);
    } finally {
      vm.frames = before;
    }
    return null;
  },
  '%python served': (vm, [v = null], self) => {
    respondRaw(vm, vm.obj(self)?.x as unknown as WebRequest, isTagged(v) && v.t === 'bytes' ? v.v : '');
    return null;
  },
  '%python served failed': (vm, [error = null], self) => {
    const r = vm.obj(self)?.x as unknown as WebRequest;
    const line = '-'.repeat(40);
    const [host = '', port = '0'] = r.remote.split(':');
    vm.write(
      2,
      `${line}\nException occurred during processing of request from ('${host}', ${port})\n${traceback(vm, error)}${line}\n`,
    );
    respondRaw(vm, r, '');
    return null;
  },
};

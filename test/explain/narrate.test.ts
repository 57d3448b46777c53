import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, AnyStep } from '../../src/explain/actions.ts';
import type { Language } from '../../src/explain/language.ts';
import { type NarrateOptions, narrate } from '../../src/explain/narrate.ts';
import { columns } from '../../src/explain/width.ts';
import { runSteps, samples, step } from './samples.ts';

const languages: readonly Language[] = ['en', 'ko'];
const options = (more: Partial<NarrateOptions> = {}): NarrateOptions => ({
  level: 'brief',
  lang: 'en',
  width: 80,
  verb: 'run',
  vm: { memory: 2 ** 30, disk: 2 ** 31, seconds: 14.2, processes: 8, release: '6.1.0-50-cloud-amd64' },
  ...more,
});
const request = (method: string, path: string, status: number) => step('docker', 'request', { method, path, status });
const everything = (Object.keys(samples) as Action[]).flatMap((action) =>
  samples[action].map((data): AnyStep => ({ at: 0, actor: 'kernel', action, data })),
);

describe('brief', () => {
  it('tells a detached run with a port', () => {
    expect(narrate(runSteps(), options())).toEqual([
      '┆ client      POST /containers/create → 201, POST …/start → 204',
      '┆ dockerd     a writable layer on the 7 read-only layers of nginx (overlay2)',
      '┆ runc        6 new namespaces: mount, uts, ipc, pid, net, cgroup',
      '┆ runc        own / (pivot_root), hostname 1f0c4e0a1b2c, 27 capabilities dropped',
      '┆ dockerd     veth pair to docker0, 172.17.0.2; 0.0.0.0:8080 → 172.17.0.2:80',
      '┆ kernel      /docker-entrypoint.sh: PID 1 inside, PID 2114 on this host, same',
      '┆             kernel 6.8',
      '┆ a VM would  reserve 1 GiB of memory and a 2 GiB disk, run firmware and loader,',
      '┆             boot a second kernel (6.1) and services, then docker-entrypoint.sh',
      '┆ drydock why   every step, with the calls',
    ]);
  });

  it('hangs the pointer to the rest on a narrow page', () => {
    expect(narrate(runSteps(), options({ width: 36 })).slice(-2)).toEqual([
      '┆ drydock why   every step, with the',
      '┆               calls',
    ]);
  });

  it('tells it in Korean, aligned by columns', () => {
    expect(narrate(runSteps({ ports: false, ends: true, path: '/bin/echo' }), options({ lang: 'ko' }))).toEqual([
      '┆ 클라이언트  POST /containers/create → 201, POST …/start → 204',
      '┆ dockerd     nginx의 읽기 전용 레이어 7개 위에 쓰기 레이어를 얹어요 (overlay2)',
      '┆ runc        새 네임스페이스 6개: mount, uts, ipc, pid, net, cgroup',
      '┆ runc        자기만의 /(pivot_root), 이름 1f0c4e0a1b2c, capability 27개 제거',
      '┆ dockerd     docker0에 veth로 연결, 172.17.0.2',
      '┆ 커널        /bin/echo: 안에서는 PID 1, 호스트에서는 PID 2114, 같은 커널 6.8',
      '┆ shim        web의 PID 1 종료: 코드 0. 파일은 docker rm 전까지 남아요',
      '┆ VM이라면    메모리 1 GiB와 디스크 2 GiB를 잡고, 펌웨어와 부트로더를 거쳐 자기',
      '┆             커널 6.1과 프로세스 8개를 띄운 다음에야 echo를 실행해요',
      '┆ drydock why   모든 단계와 호출 보기',
    ]);
  });

  it('has ten lines at most, whatever was asked for', () => {
    for (const lang of languages) {
      for (const limits of [true, false]) {
        for (const rm of [true, false]) {
          const steps = runSteps({ limits, ends: true, rm, path: '/a/very/long/path/to/a/program/inside.sh' });
          const lines = narrate(steps, options({ lang }));
          expect(lines.length).toBeLessThanOrEqual(10);
          expect(lines.join('\n')).toContain('PID 2114');
          const entries = narrate(steps, options({ lang, width: 40 })).filter((line) => !line.startsWith('┆  '));
          expect(entries.length).toBeLessThanOrEqual(11);
        }
      }
    }
  });

  it.each([
    ['ps', [request('GET', '/containers/json', 200), step('dockerd', 'list')]],
    ['inspect', [request('GET', '/containers/web/json', 200), step('dockerd', 'inspect')]],
    ['top', [request('GET', '/containers/web/top', 200), step('dockerd', 'top')]],
    [
      'logs',
      [
        request('GET', '/containers/web/json', 200),
        request('GET', '/containers/web/logs', 200),
        step('dockerd', 'read-log'),
      ],
    ],
    ['wait', [request('POST', '/containers/web/wait', 200), step('dockerd', 'wait')]],
  ] as const)('tells %s in two lines', (verb, steps) => {
    for (const lang of languages) expect(narrate(steps, options({ lang, verb }))).toHaveLength(2);
  });

  it('tells why stop took ten seconds', () => {
    const steps = [
      request('POST', '/containers/web/stop', 204),
      step('dockerd', 'stop-signal', { container: 'web', signal: 'SIGTERM', timeout: 10 }),
      step('kernel', 'signal', { pid: 2114, inside: 1, signal: 'SIGTERM', effect: 'ignored-by-pid-1' }),
      step('dockerd', 'stop-timeout', { container: 'web', timeout: 10 }),
      step('shim', 'container-exit', { container: 'web', name: 'web', code: 137, oom: false, signal: 'SIGKILL' }),
    ];
    const text = narrate(steps, options({ verb: 'stop', width: undefined })).join('\n');
    expect(text).toContain(
      'SIGTERM to PID 1 of web; it was not gone after 10 s (no handler: PID 1 ignores it), so SIGKILL',
    );
    expect(text).toContain('status 137 = 128 + 9 (SIGKILL)');
    expect(text).not.toContain('a VM would');
  });

  it('tells exec with its end, and no children of the program', () => {
    const steps = [
      step('runc', 'exec-join'),
      step('kernel', 'clone', { pid: 2151, parent: 2150 }),
      step('kernel', 'exit', { pid: 2151, inside: 8, code: 0 }),
      step('kernel', 'exit', { pid: 2150, inside: 7, code: 3 }),
    ];
    const text = narrate(steps, options({ verb: 'exec', width: undefined })).join('\n');
    expect(text).toBe(
      '┆ runc        sh joins 6 namespaces of 1f0c4e0a1b2c (setns), no new container: PID 7 inside, 2150 here; ended with 3',
    );
  });

  it('counts what happens again and again', () => {
    const removed = Array.from({ length: 30 }, (_, i) => [
      request('DELETE', `/containers/c${i}`, 204),
      step('dockerd', 'remove-container', { container: `c${i}`, name: `c${i}` }),
      step('shim', 'container-exit', { container: `d${i}`, name: `d${i}`, code: 0, oom: false }),
    ]).flat();
    const lines = narrate(removed, options({ verb: 'rm' }));
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.join('\n')).toMatch(/more lines: see drydock why/);
  });

  it('is silent when it is off, and when there is nothing to say', () => {
    expect(narrate(runSteps(), options({ level: 'off' }))).toEqual([]);
    expect(narrate([], options())).toEqual([]);
  });
});

describe('a failure', () => {
  const message =
    'docker: Error response from daemon: Conflict. The container name "/web" is already in use by container "1f0c". You have to remove (or rename) that container to be able to reuse that name.';

  it('is told by why and what to try', () => {
    const text = narrate(
      [request('POST', '/containers/create', 409)],
      options({ width: undefined, failure: { message } }),
    );
    expect(text).toHaveLength(2);
    expect(text[0]).toMatch(/^┆ why {9}A name belongs to one container at a time, and web exists/);
    expect(text[1]).toMatch(/^┆ try {9}.*docker rm web/);
    const korean = narrate([], options({ lang: 'ko', width: undefined, failure: { message } }));
    expect(korean[0]).toMatch(/^┆ 이유 {8}/);
    expect(korean[1]).toContain('docker rm web으로');
  });

  it('is known by its status when there is no message', () => {
    expect(narrate([request('GET', '/containers/x/json', 404)], options({ verb: 'inspect' }))[0]).toContain('404');
  });

  it('is not what a missing image is that was pulled', () => {
    const steps = [request('POST', '/containers/create', 404), request('POST', '/images/create', 200), ...runSteps()];
    expect(narrate(steps, options())[0]).toContain('POST /containers/create → 404, POST /images/create → 200');
  });
});

describe('full', () => {
  it('has every step with time, actor, call and sentence, and the words', () => {
    const lines = narrate(runSteps(), options({ level: 'full', width: undefined }));
    expect(lines[0]).toBe('┆ +0 ms    client      HEAD /_ping → 200');
    expect(lines.filter((line) => /^┆ \+/.test(line))).toHaveLength(runSteps().length);
    expect(lines.join('\n')).toContain(
      'unshare(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP)',
    );
    expect(lines.join('\n')).toContain('  namespace: a view of one kind of thing');
  });

  it('shows a step that nobody has a sentence for', () => {
    const lines = narrate([{ at: 0, actor: 'builder', action: 'solve', data: {} }], options({ level: 'full' }));
    expect(lines).toEqual(['┆ +0 ms  builder  solve', '┆     No sentence describes this step yet.']);
  });

  it('says that nothing was done', () => {
    expect(narrate([], options({ level: 'full' }))).toEqual(['┆ The engine did nothing for it.']);
  });

  it('glosses PID 1 only when a container gets one', () => {
    const [first] = samples.execve;
    const words = (data: object) =>
      narrate([step('kernel', 'execve', { ...first, ...data })], options({ level: 'full' }));
    expect(words({ pid: 2114, inside: 1 }).join('\n')).toContain('PID 1:');
    expect(words({ pid: 2114, inside: 2114 }).join('\n')).not.toContain('PID 1:');
    expect(words({ pid: 1, inside: 1 }).join('\n')).not.toContain('PID 1:');
  });
});

describe('the page', () => {
  it.each([80, 60, 40, 30, 20])('of %i columns is never exceeded', (width) => {
    for (const lang of languages) {
      for (const plain of [true, false]) {
        for (const level of ['brief', 'full'] as const) {
          for (const steps of [runSteps({ limits: true, ends: true, rm: true }), everything]) {
            for (const line of narrate(steps, options({ level, lang, width, plain }))) {
              expect(columns(line), line).toBeLessThanOrEqual(width);
            }
          }
        }
      }
    }
  });

  it('is ASCII when plain, but for Hangul', () => {
    for (const lang of languages) {
      for (const level of ['brief', 'full'] as const) {
        const text = narrate(everything, options({ level, lang, plain: true })).join('\n');
        expect(text.replace(/[가-힣]/g, '')).toMatch(/^[\x20-\x7e\n]*$/);
      }
    }
  });

  it('has colours only by the given style, and the same words without', () => {
    const style = { dim: (text: string) => `<d>${text}</d>`, bold: (text: string) => `<b>${text}</b>` };
    const bare = narrate(runSteps(), options());
    const styled = narrate(runSteps(), options({ style }));
    expect(styled[0]).toContain('<b>client</b>');
    expect(styled.map((line) => line.replace(/<\/?[db]>/g, ''))).toEqual(bare);
    expect(narrate(runSteps(), options({ style, plain: true })).join('')).not.toContain('<b>');
  });

  it('cannot be broken by what a program is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...languages), (path, lang) => {
        for (const level of ['brief', 'full'] as const) {
          for (const line of narrate(runSteps({ path }), options({ level, lang })))
            expect(line).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
        }
      }),
      { numRuns: 30 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { meets, parseConstraint } from '../../../src/programs/packages/apk/plan.ts';
import { Sandbox } from '../../support/sandbox.ts';

const inAlpine = (script: string, ...flags: string[]) =>
  new Sandbox().docker('run', '--rm', ...flags, 'alpine', 'sh', '-c', script);

describe('apk', () => {
  // as builds on Alpine 3.24 print it
  it('adds packages with what they need', () => {
    const { stdout, code } = inAlpine(
      'apk add --no-cache bash jq && bash -c "echo it runs" && ls /var/cache/apk | wc -l',
    );
    expect(stdout.replace(/\d+\.\d MiB/, 'N MiB')).toBe(`(1/6) Installing ncurses-terminfo-base (6.6_p20260516-r0)
(2/6) Installing libncursesw (6.6_p20260516-r0)
(3/6) Installing readline (8.3.3-r1)
(4/6) Installing bash (5.3.9-r1)
  Executing bash-5.3.9-r1.post-install
(5/6) Installing oniguruma (6.9.10-r0)
(6/6) Installing jq (1.8.1-r0)
Executing busybox-1.37.0-r31.trigger
OK: N MiB in 22 packages
it runs
0
`);
    expect(code).toBe(0);
  });

  it('takes a virtual package away with all that came for it', () => {
    const { stdout } = inAlpine(
      'apk add -q --virtual .build build-base; gcc 2>/dev/null || echo $?; apk del .build; gcc',
    );
    expect(stdout).toMatch(/^126\n\( 1\/\d\d\) Purging \.build \(\d{8}\.\d{6}\)\n/);
    expect(stdout).toMatch(/\nOK: 8\.\d MiB in 16 packages\n$/);
  });

  it('refuses what it does not have, and counts it', () => {
    const { stderr, code } = inAlpine('apk add nosuchthing crul');
    expect(stderr).toBe(`ERROR: unable to select packages:
  crul (no such package):
    required by: world[crul]
  nosuchthing (no such package):
    required by: world[nosuchthing]
`);
    expect(code).toBe(2);
    const wrong = inAlpine("apk add 'curl<2'");
    expect(wrong.stderr).toBe('ERROR: unable to select packages:\n  curl-8.20.0-r1:\n    breaks: world[curl<2]\n');
  });

  it('fails without a network and without rights', () => {
    const alone = inAlpine('apk add --no-cache curl', '--network', 'none');
    expect(alone.stderr).toMatch(/^WARNING: fetching https:\S+: DNS: transient error \(try again later\)\n/);
    expect(alone.code).toBe(1);
    const stranger = inAlpine('apk add curl', '-u', 'nobody');
    expect(stranger.stderr).toBe(
      'ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n',
    );
    expect(stranger.code).toBe(99);
  });

  it('keeps the index unless it is told not to', () => {
    const { stdout } = inAlpine(
      'apk update >/dev/null; du -sk /var/cache/apk; apk info -e curl || echo no; apk search -x curl',
    );
    expect(Number(/^\d+/.exec(stdout)?.[0])).toBeGreaterThan(2_700);
    expect(stdout).toContain('no\ncurl-8.20.0-r1\n');
  });
});

describe('constraints', () => {
  it.each([
    ['8.20.0-r1', '=8.20.0-r1', true],
    ['8.20.0-r1', '=8.20', false],
    ['8.20.0-r1', '~8.20', true],
    ['8.20.0-r1', '~8.2', false],
    ['8.20.0-r1', '>8.9', true],
    ['8.20.0-r1', '<=8.20.0-r0', false],
  ])('%s %s', (version, test, expected) => {
    expect(meets(version, test)).toBe(expected);
  });

  it('are read from words', () => {
    expect(parseConstraint('curl>=8.1')).toEqual({ name: 'curl', test: '>=8.1' });
    expect(parseConstraint('curl@edge')).toEqual({ name: 'curl', test: '' });
    expect(parseConstraint('a b')).toBeUndefined();
  });
});

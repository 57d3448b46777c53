// dd with blocks that cost more than a time slice, and on a disk that is full (recorded of busybox on a full disk).
import { expect, it } from 'vitest';
import { Sandbox } from '../../support/sandbox.ts';

const sandbox = new Sandbox();

it('copies large blocks as wholes', () => {
  const { stderr, code } = sandbox.shell('docker run --rm alpine dd if=/dev/zero of=/x bs=1M count=3');
  expect(stderr).toMatch(/^3\+0 records in\n3\+0 records out\n3145728 bytes \(3\.0MB\) copied, /);
  expect(code).toBe(0);
});

it('counts a short block as partial', () => {
  const { stderr } = sandbox.shell("docker run --rm alpine sh -c 'seq 1000 | dd of=/dev/null bs=1000'");
  expect(stderr).toMatch(/^3\+1 records in\n3\+1 records out\n/);
});

it('names the file that it could not write, and counts what was lost on one side', () => {
  const { stderr, code } = sandbox.shell(
    'docker run --rm --tmpfs /t:size=1m alpine dd if=/dev/zero of=/t/x bs=512k count=9',
  );
  expect(stderr).toMatch(/^dd: error writing '\/t\/x': No space left on device\n3\+0 records in\n2\+0 records out\n/);
  expect(code).toBe(1);
});

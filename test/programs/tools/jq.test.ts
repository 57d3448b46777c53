import { expect, it } from 'vitest';
import { Sandbox } from '../../support/sandbox.ts';

const input =
  '[{"Id":"a1","Name":"/web","Ports":{"80/tcp":[{"HostPort":"8080"}]},"L":[3,1,2]},{"Id":"b2","Name":"/db","Ports":{},"L":[]}]';

/** Filters with what jq 1.6 printed for them, in one line each. */
const cases: readonly (readonly [string, string])[] = [
  ['.[].Name', '"/web"\n"/db"\n'],
  ['.[0].Ports["80/tcp"][0].HostPort', '"8080"\n'],
  ['map({(.Id): .L|length})|add', '{"a1":3,"b2":0}\n'],
  ['[.[]|select(.L|length>0)|.Id]', '["a1"]\n'],
  ['.[]|"\\(.Id) is \\(.Name|ltrimstr("/"))"', '"a1 is web"\n"b2 is db"\n'],
  ['.[0].L|=sort|.[0].L', '[1,2,3]\n'],
  ['reduce .[].L[] as $x (0;.+$x)', '6\n'],
  ['group_by(.L|length)|map(.[0].Id)', '["b2","a1"]\n'],
  ['.[0]|del(.Ports,.L)', '{"Id":"a1","Name":"/web"}\n'],
  ['def twice(f): f|f; 3|twice(.*2)', '12\n'],
  ['[.[].nosuch // "none"]', '["none"]\n'],
  ['.[0]|to_entries|map(.key)|join(",")', '"Id,Name,Ports,L"\n'],
];

it('filters as jq does', { timeout: 30_000 }, () => {
  const sandbox = new Sandbox();
  sandbox.shell('docker run -d --name box alpine sleep 1000000; docker exec box apk add -q jq');
  for (const [filter, expected] of cases) {
    const got = sandbox.shell(`printf '%s' '${input}' | docker exec -i box jq -c '${filter}'`);
    expect([filter, got.stdout, got.stderr, got.code]).toEqual([filter, expected, '', 0]);
  }
  const wrong = sandbox.shell("echo '[1]' | docker exec -i box jq .foo");
  expect(wrong).toMatchObject({ stderr: 'jq: error (at <stdin>:1): Cannot index array with string "foo"\n', code: 5 });
  expect(sandbox.shell("echo '{}' | docker exec -i box jq '.a |'").code).toBe(3);
  expect(sandbox.shell('echo nope | docker exec -i box jq .').code).toBe(2);
});

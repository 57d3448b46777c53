// Programs of PHP, as a real PHP 8.2 ran them (recorded by record-php.mjs).
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../src/kernel/bytes.ts';
import type { TreeNode } from '../../../src/kernel/fs/node.ts';
import type { Program } from '../../../src/kernel/program.ts';
import { programNamed } from '../../../src/programs/catalog.ts';
import { runtimeProgram } from '../../../src/programs/runtimes/names.ts';
import { epoch, lab, pass, printed, run, start } from '../../kernel/net/lab.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'php');
const recorded = JSON.parse(readFileSync(join(folder, 'recorded.json'), 'utf8')) as {
  [file: string]: { readonly stdout: string; readonly stderr: string; readonly status: number };
};
const meta = { uid: 0, gid: 0, mtime: epoch };

function php(files: { readonly [name: string]: string }, ...args: string[]) {
  const program = runtimeProgram('php');
  const programs = new Map<string, Program>(program ? [['php', program]] : []);
  const entries = Object.entries(files).map(([name, text]): [string, TreeNode] => [
    name,
    { t: 'file', mode: 0o644, ...meta, data: encodeUtf8(text) },
  ]);
  const at = lab(programs, { app: { t: 'dir', mode: 0o755, ...meta, entries: Object.fromEntries(entries) } });
  return run(at, at.host, ['php', ...args], { cwd: '/app', seconds: 30 });
}

describe('programs of PHP', () => {
  for (const [file, { stdout, stderr, status }] of Object.entries(recorded)) {
    it(`acts out ${file} as a real PHP does`, () => {
      const source = readFileSync(join(folder, file), 'utf8');
      expect(php({ [file]: source }, `/app/${file}`)).toEqual({ out: stdout, err: stderr, code: status });
    });
  }
});

describe('the server of php', () => {
  it('answers requests with what a program prints, and logs them', () => {
    const programs = new Map<string, Program>();
    for (const [name, program] of [
      ['php', runtimeProgram('php')],
      ['curl', programNamed('curl')],
    ] as const)
      if (program) programs.set(name, program);
    const source =
      '<?php header("X-Made: here"); http_response_code(201); echo "Hi ", $_GET["n"], $_SERVER["REQUEST_METHOD"];';
    const file: TreeNode = { t: 'file', mode: 0o644, ...meta, data: source };
    const at = lab(programs, { app: { t: 'dir', mode: 0o755, ...meta, entries: { 'index.php': file } } });
    const server = start(at, at.host, ['php', '-S', '127.0.0.1:8000'], '', '/app');
    pass(at, 1);
    const got = run(at, at.host, ['curl', '-si', 'http://127.0.0.1:8000/?n=Al'], { cwd: '/app', seconds: 5 });
    expect(got.out).toContain('HTTP/1.1 201 Created');
    expect(got.out).toContain('X-Made: here');
    expect(got.out).toMatch(/Content-type: text\/html; charset=UTF-8\r\n\r\nHi AlGET$/);
    expect(run(at, at.host, ['curl', '-s', 'http://127.0.0.1:8000/no.css'], { cwd: '/app', seconds: 5 }).out).toContain(
      '<code class="url">/no.css</code> was not found',
    );
    const log = printed(at, server.err)
      .replace(/127\.0\.0\.1:\d+ /g, 'CLIENT ')
      .replace(/\[\w{3} \w{3} [^\]]*\] /g, '');
    expect(log).toBe(
      'PHP 8.2.29 Development Server (http://127.0.0.1:8000) started\nCLIENT Accepted\nCLIENT [201]: GET /?n=Al\nCLIENT Closing\nCLIENT Accepted\nCLIENT [404]: GET /no.css - No such file or directory\nCLIENT Closing\n',
    );
  });
});

describe('the command php', () => {
  it('runs code of the command line', () => {
    expect(php({}, '-r', 'echo $argv[1], PHP_VERSION;', 'x')).toEqual({ out: 'x8.2.29', err: '', code: 0 });
  });
  it('waits, and goes on', () => {
    expect(php({}, '-r', 'foreach ([1,2,3] as $i) { echo $i; sleep(1); }').out).toBe('123');
  });
  it('refuses what is missing in the words of php', () => {
    expect(php({}, 'none.php')).toEqual({ out: 'Could not open input file: none.php\n', err: '', code: 1 });
  });
  it('names what is beyond it', () => {
    expect(php({}, '-r', 'function g() { yield 1; }')).toMatchObject({ code: 70 });
    expect(php({}, '-r', 'enum A {}').err).toContain('an enum is beyond what drydock reads');
  });
  it('names a function that PHP has and that is not simulated, and says of others that there is none', () => {
    const refused = php({}, '-r', 'echo "a"; sscanf("1", "%d", $n);');
    expect(refused).toMatchObject({ out: 'a', code: 70 });
    expect(refused.err).toContain('sscanf is beyond what drydock reads');
    expect(php({}, '-r', '$f = "levenshtein"; try { $f("a", "b"); } catch (Error $e) {}').err).toContain(
      'levenshtein is',
    );
    expect(php({}, '-r', 'var_dump(function_exists("sscanf"), function_exists("sscan"));').out).toBe(
      'bool(true)\nbool(false)\n',
    );
    expect(php({}, '-r', 'sscan("1");')).toMatchObject({ code: 255 });
  });
  it('names what a pattern has that is not read, and gives up on one without end', () => {
    for (const [pattern, named] of [
      ['/(?R)/', 'recursion, conditions or branch resets'],
      ['/a(?i)b/', 'options inside a pattern'],
      ['/a\\Kb/', '\\K in a regular expression'],
      ['/a/n', 'the modifier n in a regular expression'],
    ] as const) {
      const got = php({ 'a.php': `<?php preg_match('${pattern}', 'a');` }, 'a.php');
      expect(got.code).toBe(70);
      expect(got.err).toContain(named);
    }
    const slow = '<?php preg_match("/^(a+)+$/", str_repeat("a", 40) . "b"); echo "done";';
    expect(php({ 'a.php': slow }, 'a.php').out).toBe('');
  });
});

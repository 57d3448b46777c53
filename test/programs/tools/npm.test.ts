// npm, yarn and pnpm: what they take from lock files, and the scripts that they run.
import { describe, expect, it } from 'vitest';
import { inProject } from './project.ts';

const lock = JSON.stringify({
  name: 'app',
  version: '1.0.0',
  lockfileVersion: 3,
  packages: {
    '': { name: 'app', version: '1.0.0' },
    'node_modules/left': { version: '1.2.3', resolved: 'https://registry.npmjs.org/left', funding: { url: 'x' } },
    'node_modules/left/node_modules/below': { version: '0.1.0', resolved: 'https://registry.npmjs.org/below' },
    'node_modules/old': { version: '2.0.0', resolved: 'x', deprecated: 'use new' },
    'node_modules/vite': { version: '5.4.0', resolved: 'x', dev: true, bin: { vite: 'bin/vite.js' } },
    'node_modules/@esbuild/darwin-arm64': { version: '1.0.0', resolved: 'x', os: ['darwin'], cpu: ['arm64'] },
  },
});
const manifest = (more: object = {}) =>
  JSON.stringify({
    name: 'app',
    version: '1.0.0',
    dependencies: { left: '^1.0.0', old: '^2.0.0' },
    devDependencies: { vite: '^5.0.0' },
    ...more,
  });

describe('npm with a lock file', () => {
  it('installs what it lists, but for other platforms', () => {
    const { stdout, stderr, code } = inProject(
      'node:22-alpine',
      { 'package.json': manifest(), 'package-lock.json': lock },
      'npm ci && ls node_modules node_modules/left/node_modules node_modules/.bin && ls node_modules/@esbuild',
    );
    expect(stdout).toContain('\nadded 4 packages, and audited 5 packages in 1s\n');
    expect(stdout).toContain('1 package is looking for funding\n  run `npm fund` for details\n');
    expect(stdout).toContain('node_modules:\nleft\nold\nvite\n');
    expect(stdout).toContain('node_modules/left/node_modules:\nbelow\n');
    expect(stdout).toContain('node_modules/.bin:\nvite\n');
    expect(stderr).toContain('npm warn deprecated old@2.0.0: use new\n');
    expect(code).toBe(1);
  });
  it('leaves out what only development needs', () => {
    const files = { 'package.json': manifest(), 'package-lock.json': lock };
    expect(inProject('node:22-alpine', files, 'npm ci --omit=dev && ls node_modules').stdout).toMatch(
      /added 3 packages[\s\S]*left\nold\n$/,
    );
    expect(inProject('node:22-alpine', files, 'NODE_ENV=production npm install && ls node_modules').stdout).toMatch(
      /left\nold\n$/,
    );
  });
  it('refuses a manifest that is ahead of it', () => {
    const files = { 'package.json': manifest({ dependencies: { fresh: '^3.0.0' } }), 'package-lock.json': lock };
    const { stderr, code } = inProject('node:22-alpine', files, 'npm ci');
    expect(stderr).toContain('npm error Missing: fresh@3.0.0 from lock file\n');
    expect(code).toBe(1);
  });
  it('runs scripts with the commands of packages, before and after', () => {
    const scripts = {
      prebuild: 'echo before',
      build: 'vite build',
      postbuild: 'ls dist dist/assets',
      lint: 'eslint .',
    };
    const files = {
      'package.json': manifest({ scripts }),
      'package-lock.json': lock,
      'index.html': '<html><head></head><body><script type="module" src="/src/main.js"></script></body></html>',
      'public/robots.txt': 'all',
      'src/main.js': 'console.log(1)',
    };
    const { stdout, stderr, code } = inProject(
      'node:22-alpine',
      files,
      'npm ci >/dev/null && npm run build && cat dist/index.html && npm run lint',
    );
    expect(stdout).toContain('\n> app@1.0.0 prebuild\n> echo before\n\nbefore\n');
    expect(stdout).toContain('\n> app@1.0.0 build\n> vite build\n\n');
    expect(stdout).toMatch(/dist:\nassets\nindex\.html\nrobots\.txt\n\ndist\/assets:\nindex-[0-9a-f]{8}\.js\n/);
    expect(stdout).toMatch(/<script type="module" crossorigin src="\/assets\/index-[0-9a-f]{8}\.js">/);
    expect(stderr).toContain(
      'drydock: vite is not run here: dist is made from what vite build says, with stand-ins for its code\n',
    );
    expect(stderr).toContain('sh: eslint: not found');
    expect(code).toBe(127);
  });
  it('needs a network for what is not there', () => {
    const files = { 'package.json': manifest(), 'package-lock.json': lock };
    expect(inProject('node:22-alpine', files, 'npm ci').code).toBe(0);
    expect(
      inProject(
        'node:22-alpine',
        { 'package.json': manifest({ dependencies: { mine: 'git+https://example.com/mine.git' } }) },
        'npm install',
      ).stderr,
    ).toContain('mine (git+https://example.com/mine.git) is outside of this simulated network');
  });
});

describe('the others', () => {
  it('yarn reads its lock file and runs scripts by their names', () => {
    const files = {
      'package.json': manifest({ scripts: { hello: 'echo hi' } }),
      'yarn.lock':
        '# yarn lockfile v1\n\n\nleft@^1.0.0:\n  version "1.2.3"\n\n"@a/b@^1.0.0", "@a/b@^1.1.0":\n  version "1.1.0"\n',
    };
    const { stdout } = inProject(
      'node:20-alpine',
      files,
      'yarn --frozen-lockfile && ls node_modules node_modules/@a && yarn hello',
    );
    expect(stdout).toMatch(/^yarn install v1\.22\.22\n\[1\/4\] Resolving packages\.\.\.\n/);
    expect(stdout).toContain('node_modules:\n@a\nleft\n');
    expect(stdout).toContain('yarn run v1.22.22\n$ echo hi\nhi\nDone in 1.00s.\n');
  });
  it('pnpm comes with corepack, reads its lock file, and knows the packages of a repository', () => {
    const files = {
      'package.json': JSON.stringify({ name: 'top', packageManager: 'pnpm@9.1.0' }),
      'packages/web/package.json': JSON.stringify({ name: 'web', scripts: { build: 'pwd' } }),
      'pnpm-lock.yaml':
        "lockfileVersion: '9.0'\n\npackages:\n\n  '@a/b@1.1.0':\n    resolution: {integrity: x}\n\n  left@1.2.3:\n    resolution: {integrity: x}\n\nsnapshots:\n\n  left@1.2.3: {}\n",
    };
    const command =
      'corepack enable && pnpm -v && pnpm install --frozen-lockfile && ls node_modules && pnpm --filter web build && pnpm nope';
    const { stdout, stderr, code } = inProject('node:22-alpine', files, command);
    expect(stdout).toMatch(/^9\.1\.0\nLockfile is up to date, resolution step is skipped\nPackages: \+2\n\+\+\n/);
    expect(stdout).toContain('@a\nleft\n');
    expect(stdout).toContain('/app/packages/web\n');
    expect(stderr).toContain(' ERR_PNPM_NO_SCRIPT  Missing script: nope\n');
    expect(code).toBe(1);
  });
});

describe('tools that make files', () => {
  const withTools = (scripts: object, more: { readonly [path: string]: string }, command: string) =>
    inProject(
      'node:22-alpine',
      {
        'package.json': JSON.stringify({
          name: 'app',
          scripts,
          devDependencies: { typescript: '*', next: '*', 'npm-run-all': '*', rimraf: '*', 'cross-env': '*' },
        }),
        ...more,
      },
      `npm install >/dev/null && ${command}`,
    );
  it('tsc puts a file for each source where its configuration says, which node does not run', () => {
    const files = {
      'tsconfig.json': '{ "compilerOptions": { "outDir": "out", /* from */ "rootDir": "src", }, "include": ["src"] }',
      'src/index.ts': 'export {}',
      'src/a/b.ts': 'export {}',
      'src/a/b.test.ts': '',
    };
    const { stdout, stderr, code } = withTools({}, files, 'npx tsc && find out -type f | sort && node out/index.js');
    expect(stdout).toBe('out/a/b.js\nout/index.js\n');
    expect(stderr).toContain(
      'drydock: /app/out/index.js:1: what tsc makes of src/index.ts is beyond what drydock reads of a program',
    );
    expect(code).toBe(70);
  });
  it('next makes a standalone server where it is asked for', () => {
    const files = { 'next.config.mjs': "export default { output: 'standalone' }\n" };
    const { stdout } = withTools({ build: 'cross-env A=1 next build' }, files, 'npm run build && ls .next/standalone');
    expect(stdout).toMatch(/next build\n\nnode_modules\npackage\.json\nserver\.js\n$/);
  });
  it('scripts are run in order until one fails', () => {
    const scripts = {
      all: 'run-s clean "say:*"',
      clean: 'rimraf dist',
      'say:a': 'echo a',
      'say:b': 'exit 3',
      'say:c': 'echo c',
    };
    const { stdout, code } = withTools(scripts, { 'dist/x': '' }, 'npm run all; code=$?; ls; exit $code');
    expect(stdout).toContain('echo a\n\na\n');
    expect(stdout).not.toContain('echo c');
    expect(stdout).not.toMatch(/^dist$/m);
    expect(code).toBe(3);
  });
});

// npm and pip: what they print, and what they leave behind.
import { describe, expect, it } from 'vitest';
import { session } from './tools.ts';

describe('npm', () => {
  it('init, install, ci, run', () => {
    const sh = session();
    expect(sh('npm', 'ci').err).toContain('npm error code ENOENT');
    expect(sh('npm', 'init', '-y').out).toContain('Wrote to /app/package.json');
    expect(sh('npm', 'install', 'express').out).toMatch(/^\nadded \d+ packages, and audited \d+ packages in \d+s\n/);
    expect(sh('node', '-p', "require('./package.json').dependencies.express").out).toMatch(/^\^\d+\.\d+\.\d+\n$/);
    expect(sh('npm', 'ci').code).toBe(0);
    expect(sh('npm', 'run', 'nope').err).toContain('npm error Missing script: "nope"');
    expect(sh('npm', 'install', 'expres').err).toContain('404 Not Found - GET https://registry.npmjs.org/expres');
  });
  it.each([
    ['express@^4.18.2', 'express', /^4\.18\.2\n$/],
    ['express@~4.17.0', 'express', /^4\.17\.0\n$/],
    ['express@>=4.0.0', 'express', /^[5-9]\./],
    ['express@1.2.3', 'express', /^1\.2\.3\n$/],
    ['lodash@^4', 'lodash', /^4\./],
  ])('installs a version that the range allows: %s', (given, name, version) => {
    const sh = session();
    sh('npm', 'init', '-y');
    sh('npm', 'install', given);
    expect(sh('node', '-p', `require('./node_modules/${name}/package.json').version`).out).toMatch(version);
  });
  it('gives a package that it does not know no version of its own making', () => {
    const sh = session();
    sh('npm', 'init', '-y');
    sh('npm', 'install', 'some-private-thing');
    expect(sh('node', '-p', "require('./package.json').dependencies['some-private-thing']").out).toBe('latest\n');
  });
});

describe('pip', () => {
  it('install, list, freeze, show, uninstall', () => {
    const sh = session();
    const got = sh('pip', 'install', 'flask');
    expect(got.out).toContain('Collecting flask\n  Downloading flask-3.1.3-py3-none-any.whl (103 kB)\n');
    expect(got.out).toMatch(/Successfully installed .*Flask-3\.1\.3/);
    expect(got.err).toContain("WARNING: Running pip as the 'root' user");
    expect(sh('pip', 'freeze').out).toContain('Flask==3.1.3\n');
    expect(sh('pip', 'list').out).toMatch(/^Package +Version\n-+ -+\n/);
    expect(sh('pip', 'show', 'flask').out).toContain('Name: Flask\nVersion: 3.1.3\n');
    expect(sh('pip', 'show', 'werkzeug').out).toContain('Required-by: Flask\n');
    expect(sh('pip', 'show', 'nothing')).toMatchObject({ code: 1, err: 'WARNING: Package(s) not found: nothing\n' });
    expect(sh('pip', 'uninstall', '-y', 'flask').out).toContain('Successfully uninstalled Flask-3.1.3');
    expect(sh('pip', 'show', 'flask').code).toBe(1);
    expect(sh('pip', 'install', 'reqests').err).toContain('No matching distribution found for reqests');
  });
  it('makes a virtual environment', () => {
    const sh = session();
    expect(sh('python3', '-m', 'venv', '.venv').code).toBe(0);
    expect(sh('python3', '-c', "import os; print(sorted(os.listdir('.venv/bin')))").out).toBe(
      "['activate', 'pip', 'pip3', 'pip3.11', 'python', 'python3', 'python3.11']\n",
    );
    expect(sh('python3', '-m', 'venv').code).toBe(2);
  });
});

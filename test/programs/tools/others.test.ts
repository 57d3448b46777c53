// Go modules, Maven, Gradle, pip and its kin, Composer, PHP's scripts, Cargo: what they leave, by the project's own files.
import { describe, expect, it } from 'vitest';
import { inProject } from './project.ts';

describe('go', () => {
  const mod =
    'module example.com/app\n\ngo 1.24\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.10.0\n\tgolang.org/x/net v0.30.0 // indirect\n)\n';
  const main =
    'package main\n\nimport (\n\t"net/http"\n\n\t"github.com/gin-gonic/gin"\n\n\t"example.com/app/inner"\n)\n\nfunc main() {\n\tgin.Default()\n\tinner.Do()\n\thttp.ListenAndServe(":80", nil)\n}\n';
  const files = {
    'go.mod': mod,
    'cmd/web/main.go': main,
    'inner/a.go': 'package inner\n\nfunc Do() {}\n',
    'inner/a_windows.go': 'package inner\n\nsyntax error',
  };
  it('downloads modules, builds, and says when the program is run that it is beyond', () => {
    const { stdout, stderr, code } = inProject(
      'golang:1.26-alpine',
      files,
      'go mod download && ls /go/pkg/mod/github.com/gin-gonic && go build -ldflags="-s -w" -o /out/ ./cmd/... && ls /out && /out/web',
    );
    expect(stdout).toBe('gin@v1.10.0\nweb\n');
    expect(stderr).toContain(
      'drydock: /out/web: the module github.com/gin-gonic/gin is beyond what drydock reads of a program',
    );
    expect(code).toBe(70);
  });
  it('takes flags with two dashes as with one', () => {
    const { stderr, code } = inProject(
      'golang:1.24-alpine',
      { 'go.mod': 'module shop\n\ngo 1.24\n', 'main.go': 'package main\n\nfunc main() { println("hi") }\n' },
      'go build -a --trimpath --installsuffix cgo --ldflags="-s" -o whoami && ./whoami && go build --nothing',
    );
    expect(stderr).toMatch(/^hi\nflag provided but not defined: -nothing\n/);
    expect(code).toBe(2);
  });

  it('tells of downloads while it builds, of errors, and of modules that nothing requires', () => {
    expect(inProject('golang:1.26-alpine', files, 'go build ./cmd/web').stderr).toBe(
      'go: downloading github.com/gin-gonic/gin v1.10.0\n',
    );
    const wrong = { ...files, 'inner/a.go': 'package inner\n\nfunc Do( {}\n' };
    expect(inProject('golang:1.26-alpine', wrong, 'go build ./cmd/web').stderr).toMatch(
      /^# example\.com\/app\/cmd\/web\n\.\/inner\/a\.go:3:\d+: syntax error/,
    );
    const lost = { ...files, 'go.mod': 'module example.com/app\n' };
    const { stderr, code } = inProject('golang:1.26-alpine', lost, 'go build ./cmd/web');
    expect(stderr).toContain(
      'cmd/web/main.go:6:2: no required module provides package github.com/gin-gonic/gin; to add it:\n\tgo get github.com/gin-gonic/gin\n',
    );
    expect(code).toBe(1);
  });
  it('get and tidy add known modules; the versions of others are outside', () => {
    const bare = { 'main.go': 'package main\n\nimport "github.com/lib/pq"\n\nfunc main() { pq.Open("") }\n' };
    expect(
      inProject('golang:1.26-alpine', bare, 'go mod init x 2>/dev/null; go mod tidy && cat go.mod').stdout,
    ).toContain('\tgithub.com/lib/pq v');
    const { stderr, code } = inProject(
      'golang:1.26-alpine',
      bare,
      'go mod init x && go get github.com/someone/something',
    );
    expect(stderr).toContain(
      'the newest version of github.com/someone/something is known only outside of this simulated network',
    );
    expect(code).toBe(70);
  });
});

describe('maven and gradle', () => {
  const pom = (more: string) =>
    `<project><parent><groupId>org.springframework.boot</groupId><version>3.5.0</version></parent><groupId>com.example</groupId><artifactId>shop</artifactId><version>\${rev}</version><properties><rev>1.2</rev></properties><dependencies><dependency><groupId>a.b</groupId><artifactId>c</artifactId><version>\${rev}</version></dependency></dependencies><build>${more}</build></project>`;
  const source = { 'src/main/java/App.java': 'class App {}', 'src/main/resources/a.properties': 'x=1' };
  it('mvn package leaves the archives that pom.xml asks for', () => {
    const files = {
      'pom.xml': pom('<plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins>'),
      ...source,
    };
    const { stdout, stderr } = inProject(
      'maven:3-eclipse-temurin-21',
      files,
      'mvn -B package && ls target target/classes ~/.m2/repository/a/b/c',
    );
    expect(stdout).toMatch(/^\[INFO\] Scanning for projects\.\.\.\n/);
    expect(stdout).toMatch(/\[INFO\] -+< com\.example:shop >-+\n\[INFO\] Building shop 1\.2\n/);
    expect(stdout).toContain('[INFO] --- jar:3.4.1:jar (default-jar) @ shop ---\n');
    expect(stdout).toContain('[INFO] BUILD SUCCESS\n');
    expect(stdout).toContain(
      'target:\nclasses\nshop-1.2.jar\nshop-1.2.jar.original\n\ntarget/classes:\nApp.class\na.properties\n',
    );
    expect(stdout).toContain('/root/.m2/repository/a/b/c:\n1.2\n');
    expect(stderr).toContain('drydock: mvn is not run here');
  });
  it('a final name, an assembly, modules; no project is a failure', () => {
    const assembly =
      '<finalName>app</finalName><plugins><plugin><artifactId>maven-assembly-plugin</artifactId><configuration><descriptorRefs><descriptorRef>jar-with-dependencies</descriptorRef></descriptorRefs></configuration></plugin></plugins>';
    const run = (command: string) =>
      inProject(
        'maven:3-eclipse-temurin-21',
        { 'pom.xml': pom(assembly), ...source },
        `${command} >/dev/null 2>&1; ls target/*.jar`,
      ).stdout;
    expect(run('mvn package')).toBe('target/app.jar\n');
    expect(run('mvn compile assembly:single')).toBe('target/app-jar-with-dependencies.jar\ntarget/app.jar\n');
    const { stdout, code } = inProject('maven:3-eclipse-temurin-21', {}, 'mvn package');
    expect(stdout).toContain(
      '[ERROR] The goal you specified requires a project to execute but there is no POM in this directory (/app).',
    );
    expect(code).toBe(1);
  });
  it('gradle knows the name, the version and what the plugins make', () => {
    const files = {
      'settings.gradle': "rootProject.name = 'shop'",
      'build.gradle': "plugins {\n id 'org.springframework.boot' version '3.5.0'\n}\nversion = '0.9'\n",
      ...source,
    };
    const { stdout } = inProject(
      'gradle:8-jdk21',
      files,
      'gradle build -x test --no-daemon 2>/dev/null && ls build/libs',
    );
    expect(stdout).toMatch(/\nBUILD SUCCESSFUL in \d+s\n[\s\S]*shop-0\.9-plain\.jar\nshop-0\.9\.jar\n$/);
    const wrapper = {
      ...files,
      'gradle/wrapper/gradle-wrapper.properties':
        'distributionUrl=https\\://services.gradle.org/distributions/gradle-8.10-bin.zip',
      gradlew:
        '#!/bin/sh\nexec java -Xmx64m -classpath gradle/wrapper/gradle-wrapper.jar org.gradle.wrapper.GradleWrapperMain "$@"',
    };
    const own = inProject('eclipse-temurin:21', wrapper, 'sh gradlew bootJar 2>/dev/null && ls build/libs');
    expect(own.stdout).toMatch(
      /^Downloading https:\/\/services\.gradle\.org\/distributions\/gradle-8\.10-bin\.zip\n[\s\S]*shop-0\.9\.jar\n$/,
    );
    expect(inProject('gradle:8-jdk21', files, 'gradle deploy').stderr).toContain(
      'drydock: gradle deploy is not simulated\n',
    );
  });
});

describe('python', () => {
  it('pip reads requirements as they are written', () => {
    const files = {
      'requirements.txt':
        '-r more.txt\nflask==2.3.3 ; python_version >= "3.8"\npywin32==306; sys_platform == "win32"\nhomemade[all]>=1.2,<2  # comment\n',
      'more.txt': 'gunicorn==21.2.0 \\\n    --hash=sha256:00\n',
    };
    const { stdout, code } = inProject(
      'python:3.13-alpine',
      files,
      'pip install --no-cache-dir --prefix=/install -r requirements.txt --quiet && ls /install/bin && ls -d /install/lib/python3.13/site-packages/*.dist-info',
    );
    expect(stdout).toMatch(/^flask\ngunicorn\n/);
    expect(stdout).toContain('Flask-2.3.3.dist-info\n');
    expect(stdout).toContain('gunicorn-21.2.0.dist-info\n');
    expect(stdout).toContain('homemade-1.2.dist-info\n');
    expect(stdout).not.toContain('pywin32');
    expect(code).toBe(0);
  });
  it('wheels are made and installed; what is outside is named', () => {
    const { stdout } = inProject(
      'python:3.13-alpine',
      {},
      'pip wheel -q -w /wheels --no-deps requests==2.31.0 && ls /wheels && pip install -q --no-index --no-deps /wheels/*.whl && pip freeze',
    );
    expect(stdout).toBe('requests-2.31.0-py3-none-any.whl\nrequests==2.31.0\n');
    expect(inProject('python:3.13-alpine', {}, 'pip install git+https://example.com/x.git').stderr).toContain(
      'git+https://example.com/x.git is outside of this simulated network',
    );
    expect(inProject('python:3.13-alpine', {}, 'pip install -q gunicorn && gunicorn app:app').stderr).toContain(
      'drydock: gunicorn app:app: the code of this Python package is not here',
    );
  });
  it('uv, poetry and pipenv go by their lock files', () => {
    const toml =
      '[project]\nname = "app"\nversion = "0.1.0"\ndependencies = ["flask"]\n[project.scripts]\nserve = "app:main"\n';
    const lock =
      '[[package]]\nname = "flask"\nversion = "3.0.1"\nsource = { registry = "x" }\n\n[[package]]\nname = "app"\nversion = "0.1.0"\nsource = { editable = "." }\n';
    const uv = inProject(
      'ghcr.io/astral-sh/uv:python3.13-alpine',
      { 'pyproject.toml': toml, 'uv.lock': lock },
      'uv sync --frozen && ls .venv/bin',
    );
    expect(uv.stderr).toContain(
      'Resolved 2 packages in 1ms\nPrepared 1 package in 850ms\nInstalled 1 package in 42ms\n + flask==3.0.1\n',
    );
    expect(uv.stdout).toContain('flask\n');
    expect(uv.stdout).toContain('serve\n');
    const poetry = inProject(
      'python:3.13-alpine',
      { 'pyproject.toml': toml, 'poetry.lock': lock },
      'pip install -q poetry 2>/dev/null; poetry config virtualenvs.create false; poetry export -o r.txt; cat r.txt; poetry install --no-root',
    );
    expect(poetry.stdout).toMatch(/^flask==3\.0\.1\n/);
    expect(poetry.stdout).toContain('  - Installing flask (3.0.1)\n');
    const pipenv = inProject(
      'python:3.13-alpine',
      { Pipfile: '', 'Pipfile.lock': '{"default":{"flask":{"version":"==3.0.1"}},"develop":{}}' },
      'pip install -q pipenv 2>/dev/null; pipenv requirements; pipenv install --system --deploy; pip freeze',
    );
    expect(pipenv.stdout).toContain('-i https://pypi.org/simple\nflask==3.0.1\n');
    expect(pipenv.stdout).toMatch(/^flask==3\.0\.1$/m);
  });
});

describe('php and rust', () => {
  it('composer goes by its lock file', () => {
    const lock = JSON.stringify({
      packages: [{ name: 'a/b', version: 'v1.2.3', bin: ['bin/tool'] }],
      'packages-dev': [{ name: 'c/d', version: '2.0' }],
    });
    const files = { 'composer.json': '{"require":{"a/b":"^1.0"}}', 'composer.lock': lock };
    const { stdout, stderr } = inProject('composer:2', files, 'composer install --no-dev -o && ls vendor vendor/bin');
    expect(stderr).toBe(
      'Installing dependencies from lock file\nVerifying lock file contents can be installed on current platform.\nPackage operations: 1 install, 0 updates, 0 removals\n  - Downloading a/b (v1.2.3)\n  - Installing a/b (v1.2.3): Extracting archive\nGenerating optimized autoload files\n',
    );
    expect(stdout).toContain('a\nautoload.php\nbin\ncomposer\n');
    expect(stdout).toContain('vendor/bin:\ntool\n');
  });
  it("PHP's own scripts enable extensions, and know which there are", () => {
    const { stdout } = inProject(
      'php:8.4-apache',
      {},
      'docker-php-ext-install pdo_mysql 2>/dev/null; pecl install redis >/dev/null 2>&1; docker-php-ext-enable redis; a2enmod rewrite; a2enmod rewrite; cat /usr/local/etc/php/conf.d/docker-php-ext-*',
    );
    expect(stdout).toBe(
      'Enabling module rewrite.\nTo activate the new configuration, you need to run:\n  service apache2 restart\nModule rewrite already enabled\nextension=pdo_mysql\nextension=redis\n',
    );
    const { stderr, code } = inProject('php:8.4-apache', {}, 'docker-php-ext-install nothing');
    expect(stderr).toContain('error: /usr/src/php/ext/nothing does not exist\n');
    expect(code).toBe(1);
  });
  it('cargo makes the programs of the manifest, which are no more than stubs', () => {
    const files = {
      'Cargo.toml': '[package]\nname = "tool"\nversion = "0.2.0"\n',
      'src/main.rs': 'fn main() {}',
      'Cargo.lock': '[[package]]\nname = "libc"\nversion = "0.2.1"\nsource = "registry"\n',
    };
    const { stdout, stderr, code } = inProject(
      'rust:1-slim',
      files,
      'cargo build --release && ls target/release && target/release/tool',
    );
    expect(stderr).toContain('  Downloaded libc v0.2.1\n   Compiling tool v0.2.0 (/app)\n');
    expect(stdout).toBe('tool\n');
    expect(code).toBe(126);
  });
  it('git says what it cannot reach', () => {
    const { stderr, code } = inProject('golang:1.26', {}, 'git clone https://github.com/a/b.git');
    expect(stderr).toBe(
      "Cloning into 'b'...\nfatal: unable to access 'https://github.com/a/b.git/': Could not resolve host: github.com\ndrydock: git: https://github.com/a/b.git is outside of this simulated network\n",
    );
    expect(code).toBe(128);
  });
});

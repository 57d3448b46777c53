// What Dockerfiles fetch and run to have a package manager, and what they ask for around it.
import { describe, expect, it } from 'vitest';
import { inProject } from './project.ts';

describe('installers', () => {
  it("composer's puts its program where it is told, and its signature is that of the page", () => {
    const { stdout, code } = inProject(
      'php:8.3-apache',
      {},
      `curl -sS -o /tmp/setup.php https://getcomposer.org/installer
[ "$(curl -sS https://composer.github.io/installer.sig)" = "$(openssl sha384 /tmp/setup.php | cut -d' ' -f2)" ] && echo same
php /tmp/setup.php --quiet --install-dir=/usr/local/bin --filename=composer
composer --version
curl -sS https://getcomposer.org/installer | php -- --install-dir=/opt
php /opt/composer.phar --version
php /tmp/setup.php --install-dir=/nowhere`,
    );
    expect(stdout).toBe(`same
Composer version 2.9.5 2026-01-29 11:40:53
All settings correct for using Composer
Downloading...

Composer (version 2.9.5) successfully installed to: /opt/composer.phar
Use it: php /opt/composer.phar

Composer version 2.9.5 2026-01-29 11:40:53
The defined install dir (/nowhere) does not exist.
`);
    expect(code).toBe(1);
  });

  it("poetry's runs in Python", () => {
    const { stdout, code } = inProject(
      'python:3.12',
      {},
      'curl -sSL https://install.python-poetry.org | POETRY_HOME=/opt/poetry python3 - && /opt/poetry/bin/poetry --version',
    );
    expect(stdout).toMatch(/Poetry \(2\.2\.1\) is installed now\. Great!\nPoetry \(version 2\.2\.1\)\n$/);
    expect(code).toBe(0);
  });

  it("uv's is a shell script", () => {
    const { stdout, code } = inProject(
      'python:3.12',
      {},
      'curl -LsSf https://astral.sh/uv/install.sh | sh && ~/.local/bin/uv --version',
    );
    expect([stdout, code]).toEqual(['uv 0.9.8\n', 0]);
  });

  it("the shell script of Maven's wrapper fetches Maven", () => {
    const { stdout, code } = inProject(
      'eclipse-temurin:21',
      {},
      `wget --quiet https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven/3.9.12/apache-maven-3.9.12-bin.tar.gz -O m.tgz
tar xzf m.tgz && apache-maven-3.9.12/bin/mvn --version | head -1`,
    );
    expect(stdout).toMatch(/^Apache Maven 3\.9\.\d+\n$/);
    expect(code).toBe(0);
  });

  it('other pages are not there, and without a network none is', () => {
    const { stderr } = inProject('python:3.12', {}, 'curl -sS https://github.com/somebody/something');
    expect(stderr).toBe('curl: (6) Could not resolve host: github.com\n');
  });
});

describe('openssl', () => {
  it('makes digests as recorded from OpenSSL 3.0', () => {
    const { stdout, stderr, code } = inProject(
      'python:3.12',
      {},
      `printf hi > hi
openssl sha384 hi; openssl dgst -sha256 -r hi; printf hi | openssl sha1; openssl md5 < hi
openssl dgst hi; openssl dgst -sha256 hi; openssl dgst -sha512 -binary hi | wc -c; openssl base64 < hi
openssl rand -hex 16 | tr -d '\\n' | wc -c
openssl req -x509; echo $?; openssl foo`,
    );
    expect(
      stdout,
    ).toBe(`SHA2-384(hi)= 0791006df8128477244f53d0fdce210db81f55757510e26acee35c18a6bceaa28dcdbbfd6dc041b9b4dc7b1b54e37f52
8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4 *hi
SHA1(stdin)= c22b5f9178342609428d6f51b2c5af4c0bde6a42
MD5(stdin)= 49f68a5c8493ec2c0bf489821c21fc3b
SHA256(hi)= 8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4
SHA2-256(hi)= 8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4
64
aGk=
32
70
`);
    expect(stderr).toContain('drydock: openssl req is not simulated\n');
    expect(stderr).toContain(`Invalid command 'foo'; type "help" for a list.\n`);
    expect(code).toBe(1);
  });
});

describe('requirements that come through a stream', () => {
  it('are read to the end before pip begins', () => {
    const { stdout, code } = inProject(
      'python:3.12',
      { 'r.txt': 'flask==3.1.2' },
      `bash -c 'pip install -q --root-user-action=ignore -r <(cat r.txt; sleep 1; echo redis==5.0.0)'
echo requests==2.32.0 | pip install -q --root-user-action=ignore -r /dev/stdin
pip freeze | grep -iE '^(flask|redis|requests)='`,
    );
    expect(stdout).toBe('Flask==3.1.2\nredis==5.0.0\nrequests==2.32.0\n');
    expect(code).toBe(0);
  });

  it('a descriptor that nobody opened is no file', () => {
    const { stderr, code } = inProject('python:3.12', {}, 'pip install -r /dev/fd/40');
    expect(stderr).toBe("ERROR: Could not open requirements file: [Errno 2] No such file or directory: '/dev/fd/40'\n");
    expect(code).toBe(1);
  });
});

describe('extensions of PHP', () => {
  it('have names in small letters, however pecl is asked', () => {
    const { stdout, code } = inProject(
      'php:8.3-apache',
      {},
      'pecl install APCu > /dev/null && docker-php-ext-enable apcu && cat /usr/local/etc/php/conf.d/docker-php-ext-apcu.ini',
    );
    expect([stdout, code]).toEqual(['extension=apcu\n', 0]);
  });
});

describe('yarn', () => {
  it('takes the values of its options for no command', () => {
    const { stdout, code } = inProject(
      'node:22-alpine',
      { 'package.json': '{"name":"a","version":"1.0.0","scripts":{"hi":"echo"}}', 'yarn.lock': '' },
      'yarn --frozen-lockfile --network-timeout 600000 && yarn -s hi --registry x',
    );
    expect(stdout).toMatch(/^yarn install v1\.22\.22\n/);
    expect(stdout).toContain('--registry x\n');
    expect(code).toBe(0);
  });
});

describe('maven', () => {
  const pom = `<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>shop</artifactId><version>1.2.3</version>
<properties><java.version>21</java.version></properties>
<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>`;

  it('help:evaluate says what the project calls itself', () => {
    const { stdout, code } = inProject(
      'maven:3.9-eclipse-temurin-21',
      { 'pom.xml': pom },
      `for one in project.artifactId project.version java.version project.build.finalName nothing; do
  mvn help:evaluate -Dexpression=$one -q -DforceStdout; echo
done`,
    );
    expect(stdout).toBe('shop\n1.2.3\n21\nshop-1.2.3\nnull object or invalid expression\n');
    expect(code).toBe(0);
  });

  it("the tools in Spring Boot's jar take it apart", () => {
    const { stdout, code } = inProject(
      'maven:3.9-eclipse-temurin-21',
      { 'pom.xml': pom },
      `mvn -q package && java -Djarmode=layertools -jar target/shop-1.2.3.jar list
java -Djarmode=layertools -jar target/shop-1.2.3.jar extract --destination out && ls out
java -Djarmode=layertools -jar nothing.jar extract`,
    );
    expect(stdout).toBe(
      'dependencies\nspring-boot-loader\nsnapshot-dependencies\napplication\napplication\ndependencies\nsnapshot-dependencies\nspring-boot-loader\n',
    );
    expect(code).toBe(1);
  });
});

describe('vite', () => {
  it("goes by the folders of Laravel's plugin", () => {
    const { stdout, code } = inProject(
      'node:22-alpine',
      {
        'package.json':
          '{"name":"a","version":"1.0.0","type":"module","devDependencies":{"vite":"^7.0.0"},"scripts":{"build":"vite build && vite build --ssr"}}',
        'vite.config.js':
          "import laravel from 'laravel-vite-plugin';\nexport default { plugins: [laravel({ input: ['resources/css/app.css', 'resources/js/app.js'], ssr: 'resources/js/ssr.js' })] };\n",
      },
      'npm install > /dev/null 2>&1; npm run build > /dev/null 2>&1; find public bootstrap -type f | sort; grep -c isEntry public/build/manifest.json',
    );
    expect(stdout).toMatch(
      /^bootstrap\/ssr\/ssr\.js\npublic\/build\/assets\/app-\w{8}\.css\npublic\/build\/assets\/app-\w{8}\.js\npublic\/build\/manifest\.json\n2\n$/,
    );
    expect(code).toBe(0);
  });
});

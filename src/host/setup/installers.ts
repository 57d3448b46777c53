import { sha384 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type ByteString, encodeUtf8, toUint8Array } from '../../kernel/bytes.ts';
import { executableStub } from '../../kernel/stub.ts';
import { gzip } from '../../oci/gzip.ts';
import { writeTar } from '../../oci/tar.ts';

/**
 * What package managers tell people to download: scripts that put them in place, and the programs themselves. The scripts
 * are written anew; each does what the real one does, to the paths that it uses, and runs in the interpreter that it is for.
 */
export function installerPage(host: string, path: string): ByteString | undefined {
  const address = `${host}${path.replace(/\?.*$/, '')}`;
  const [, tool, version] = mavenArchive.exec(address) ?? [];
  if (tool !== undefined && version !== undefined) return archiveOf(`${tool}-${version}`, 'bin/mvn', 'mvn');
  return Object.hasOwn(pages, address) ? pages[address]?.() : undefined;
}

/** The bytes of a program's file as a quoted string says them: of PHP and Python (`hex`), or of the shell's printf (`octal`). */
function stub(program: string, how: 'hex' | 'octal'): string {
  const [mark, base, digits] = how === 'hex' ? (['\\x', 16, 2] as const) : (['\\', 8, 3] as const);
  const isPlain = (one: string): boolean => one >= ' ' && one < '\x7f';
  return [...executableStub(program)]
    .map((one) => (isPlain(one) ? one : `${mark}${one.charCodeAt(0).toString(base).padStart(digits, '0')}`))
    .join('');
}

/** Releases of Maven that its wrapper script fetches, where there is no unzip. */
const mavenArchive =
  /^(?:repo\.maven\.apache\.org\/maven2|repo1\.maven\.org\/maven2)\/org\/apache\/maven\/(apache-maven)\/(3\.\d+\.\d+)\/apache-maven-\2-bin\.tar\.gz$/;
const released = 1_760_000_000;

/** A compressed archive with one program in a folder. */
function archiveOf(folder: string, path: string, program: string): ByteString {
  const plain = { uid: 0, gid: 0, mtime: released, target: '', major: 0, minor: 0 };
  const dir = (name: string) => ({ ...plain, path: name, type: 'dir' as const, mode: 0o755, data: '' });
  const file = {
    ...plain,
    path: `${folder}/${path}`,
    type: 'file' as const,
    mode: 0o755,
    data: executableStub(program),
  };
  return gzip(writeTar([dir(folder), dir(`${folder}/${path.slice(0, path.lastIndexOf('/'))}`), file]));
}

const composerVersion = '2.9.5';

const composerInstaller = `<?php
// Puts composer in place, as the installer of https://getcomposer.org does (drydock's own).
$dir = getcwd();
$name = 'composer.phar';
$quiet = false;
foreach (array_slice($argv, 1) as $word) {
    if (strpos($word, '--install-dir=') === 0) $dir = substr($word, 14);
    elseif (strpos($word, '--filename=') === 0) $name = substr($word, 11);
    elseif ($word === '--quiet') $quiet = true;
}
if (!is_dir($dir)) {
    echo "The defined install dir ($dir) does not exist.\\n";
    exit(1);
}
$path = rtrim($dir, '/') . '/' . $name;
if (!$quiet) echo "All settings correct for using Composer\\nDownloading...\\n";
if (file_put_contents($path, "${stub('composer', 'hex')}") === false) exit(1);
chmod($path, 0755);
if (!$quiet) echo "\\nComposer (version ${composerVersion}) successfully installed to: $path\\nUse it: php $path\\n\\n";
`;

const poetryInstaller = `# Puts poetry in place, as the installer of https://install.python-poetry.org does (drydock's own).
import os
import sys

home = os.environ.get("POETRY_HOME")
data = home or os.path.join(os.path.expanduser("~"), ".local", "share", "pypoetry")
binaries = os.path.join(home or os.path.join(os.path.expanduser("~"), ".local"), "bin")
version = os.environ.get("POETRY_VERSION") or "2.2.1"
venv = os.path.join(data, "venv", "bin")
print("Retrieving Poetry metadata")
print()
print(f"Installing Poetry ({version}): Creating environment")
os.makedirs(venv, exist_ok=True)
os.makedirs(binaries, exist_ok=True)
print(f"Installing Poetry ({version}): Installing Poetry")
program = os.path.join(venv, "poetry")
with open(program, "w") as file:
    file.write("${stub('poetry', 'hex')}")
os.chmod(program, 0o755)
print(f"Installing Poetry ({version}): Creating script")
link = os.path.join(binaries, "poetry")
if os.path.exists(link):
    os.unlink(link)
os.symlink(program, link)
print(f"Installing Poetry ({version}): Done")
print()
print(f"Poetry ({version}) is installed now. Great!")
`;

const pearInstaller = `<?php
// Puts PEAR in place, as go-pear.phar does (drydock's own).
echo "Beginning install...\\n";
$programs = ['pear' => "${stub('pear', 'hex')}", 'pecl' => "${stub('pecl', 'hex')}"];
$dir = is_dir('/usr/local/lib/php') ? '/usr/local/bin' : '/usr/bin';
foreach ($programs as $name => $bytes) {
    if (file_put_contents("$dir/$name", $bytes) === false) exit(1);
    chmod("$dir/$name", 0755);
}
file_put_contents('/etc/pear.conf', "#PEAR_Config 0.9\\n");
echo "Configuration written to /etc/pear.conf...\\nInitialized registry...\\n";
`;

const uvInstaller = `#!/bin/sh
# Puts uv in place, as the installer of https://astral.sh/uv does (drydock's own).
set -eu
dir="\${UV_INSTALL_DIR:-\${XDG_BIN_HOME:-$HOME/.local/bin}}"
echo "downloading uv 0.9.8 x86_64-unknown-linux-gnu" >&2
mkdir -p "$dir"
echo "installing to $dir" >&2
for name in uv uvx; do
    printf '${stub('uv', 'octal').replace('drydock: uv', 'drydock: %s')}' "$name" > "$dir/$name"
    chmod 755 "$dir/$name"
    echo "  $name" >&2
done
echo "everything's installed!" >&2
`;

const composer = () => executableStub('composer');
const pear = () => encodeUtf8(pearInstaller);
const uv = () => encodeUtf8(uvInstaller);

const pages: { readonly [address: string]: (() => ByteString) | undefined } = {
  'getcomposer.org/installer': () => encodeUtf8(composerInstaller),
  'composer.github.io/installer.sig': () => bytesToHex(sha384(toUint8Array(encodeUtf8(composerInstaller)))),
  'getcomposer.org/composer.phar': composer,
  'getcomposer.org/composer-stable.phar': composer,
  'getcomposer.org/composer-2.phar': composer,
  'getcomposer.org/download/latest-stable/composer.phar': composer,
  'install.python-poetry.org/': () => encodeUtf8(poetryInstaller),
  'github.com/pear/pearweb_phars/raw/master/go-pear.phar': pear,
  'raw.githubusercontent.com/pear/pearweb_phars/master/go-pear.phar': pear,
  'pear.php.net/go-pear.phar': pear,
  'astral.sh/uv/install.sh': uv,
};

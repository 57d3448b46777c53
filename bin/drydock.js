#!/usr/bin/env -S node --
// Runs dist/drydock.cjs, and loads the other bundles when they are first called, each with its V8 code cache. All files of a
// build begin with the same 16 bytes, so one of another build is never used; a cache that this Node does not accept is only slower.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const dist = join(__dirname, '..', 'dist');
const loaded = new Map();
let build;

const read = (name, encoding) => {
  try {
    return readFileSync(join(dist, name), encoding);
  } catch {
    return undefined;
  }
};

function stop(line) {
  process.stderr.write(`drydock${line}\n`);
  process.exit(1);
}

function load(name) {
  const known = loaded.get(name);
  if (known) return known.exports;
  const source = read(`${name}.cjs`, 'latin1'); // bundles are ASCII
  if (source === undefined) stop(' is not built: run npm ci (or npm run build)');
  const id = source.slice(0, 16);
  build ??= id;
  if (id !== build) stop(': another version was installed meanwhile; run the command again');
  const cache = read(`${name}.cache`);
  const script = new Script(source, {
    filename: join(dist, `${name}.cjs`),
    cachedData: cache?.latin1Slice(0, 16) === id ? cache.subarray(16) : undefined,
  });
  const made = { exports: {} };
  loaded.set(name, made);
  script.runInThisContext()(require, made, made.exports, load);
  return made.exports;
}

load('drydock');

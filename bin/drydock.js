#!/usr/bin/env node
// Runs dist/drydock.cjs with its V8 code cache. Both begin with the same 16 bytes, so a cache of another build is never used;
// a cache that this Node does not accept is only slower.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const read = (name, encoding) => {
  try {
    return readFileSync(join(__dirname, '..', 'dist', name), encoding);
  } catch {
    return undefined;
  }
};

const source = read('drydock.cjs', 'latin1'); // the bundle is ASCII
if (source === undefined) {
  process.stderr.write('drydock is not built: run npm ci (or npm run build)\n');
  process.exit(1);
}
const cache = read('drydock.cache');
const fits = cache?.latin1Slice(0, 16) === source.slice(0, 16);
const script = new Script(`(function(require,module,exports){${source}\n})`, {
  filename: join(__dirname, '..', 'dist', 'drydock.cjs'),
  cachedData: fits ? cache.subarray(16) : undefined,
});
script.runInThisContext()(require, module, module.exports);

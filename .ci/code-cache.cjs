// Loaded before bin/drydock.js by the build: keeps hold of the script that the loader makes and, when the command has ended,
// writes its code cache, or checks that the cache which it was given was accepted.
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const vm = require('node:vm');

const { DRYDOCK_CACHE: path, DRYDOCK_CACHE_DO: what } = process.env;
const Real = vm.Script;
let script;
vm.Script = class extends Real {
  constructor(source, options) {
    super(source, options);
    if (options.filename.endsWith('drydock.cjs')) {
      script = this;
      setFlagsFromString('--no-flush-bytecode'); // or code that has not run for a while would be missing
    }
  }
};

process.on('exit', () => {
  if (what === 'check') {
    if (script.cachedDataRejected !== false) process.exitCode = 9;
    return;
  }
  setFlagsFromString('--flush-bytecode'); // as it was when the cache is read: the flags are part of what V8 compares
  const part = `${path}.${process.pid}`;
  const id = readFileSync(path.replace(/cache$/, 'cjs')).subarray(0, 16);
  writeFileSync(part, Buffer.concat([id, script.createCachedData()]));
  renameSync(part, path);
});

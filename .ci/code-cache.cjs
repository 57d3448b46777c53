// Loaded before bin/drydock.js by the build: keeps hold of the scripts that the loader makes and, when the command has ended,
// writes their code caches, or checks that the caches which it was given were accepted.
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const vm = require('node:vm');

const Real = vm.Script;
const scripts = new Map();
vm.Script = class extends Real {
  constructor(source, options) {
    setFlagsFromString('--flush-bytecode'); // as in every other process: the flags are part of what V8 compares
    super(source, options);
    setFlagsFromString('--no-flush-bytecode'); // or code that has not run for a while would be missing
    scripts.set(options.filename, this);
  }
};

process.on('exit', () => {
  if (process.env.DRYDOCK_CACHE_DO === 'check') {
    for (const script of scripts.values()) if (script.cachedDataRejected !== false) process.exitCode = 9;
    return;
  }
  setFlagsFromString('--flush-bytecode');
  for (const [path, script] of scripts) {
    const target = path.replace(/cjs$/, 'cache');
    const part = `${target}.${process.pid}`;
    const id = readFileSync(path).subarray(0, 16);
    writeFileSync(part, Buffer.concat([id, script.createCachedData()]));
    renameSync(part, target);
  }
});

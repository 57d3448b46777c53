import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: vitest takes nothing else
export default defineConfig({
  test: {
    dir: 'test',
    // Nothing but the tests themselves keeps state in modules: they are loaded once a worker.
    isolate: false,
    // vitest leaves one processor free otherwise
    maxWorkers: 2,
    testTimeout: 60_000,
    globalSetup: 'test/folder.ts',
  },
});

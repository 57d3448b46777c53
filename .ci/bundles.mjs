// Which bundles the built command consists of, and the plug-in that lets one load another. The sources know nothing of it:
// an import of a file that begins another bundle becomes a stub, whose functions load that bundle when they are first called.
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';

/**
 * The bundles by name, each with the files that others may call. Those files export functions (and types) only, and what
 * goes through them is plain data, functions, or recognised without `instanceof`: a class that two bundles use exists twice.
 */
export const bundles = {
  drydock: ['src/main.ts'],
  docker: [
    'src/client/commands.ts',
    'src/client/play.ts',
    'src/client/software.ts',
    'src/client/look-verbs.ts',
    'src/client/scenario-machine.ts',
    'src/client/classroom-machine.ts',
  ],
  views: [
    'src/client/picture-verbs.ts',
    'src/client/cache-verbs.ts',
    'src/engine/containers/process-tree.ts',
    'src/engine/images/stack.ts',
    'src/engine/networks/picture.ts',
    'src/engine/system/disk-picture.ts',
    'src/explain/views/layers.ts',
    'src/explain/views/net.ts',
    'src/explain/views/processes.ts',
    'src/explain/views/disk.ts',
    'src/explain/views/cache.ts',
  ],
  machines: [
    'src/client/vm-verbs.ts',
    'src/client/compare-verbs.ts',
    'src/client/registry-verbs.ts',
    'src/explain/views/compare.ts',
    'src/explain/views/counterpart.ts',
  ],
  classroom: ['src/client/classroom.ts', 'src/client/completion.ts'],
  mistakes: ['src/shell/mistakes/mistakes.ts'],
  own: ['src/client/own-verbs.ts', 'src/client/host-verbs.ts'],
  scenario: [
    'src/client/scenario-verbs.ts',
    'src/client/scenario-course.ts',
    'src/client/scenario-list.ts',
    'src/client/teacher-verbs.ts',
    'src/client/session-files.ts',
  ],
  hosts: ['src/host/entry.ts', 'src/kernel/net/lan.ts', 'src/kernel/net/wire.ts'],
  prompts: ['src/client/choose.ts', 'src/client/pace.ts'],
  begin: ['src/client/first-world.ts'],
  programs: ['src/programs/installed.ts'],
  'further-applets': ['src/programs/busybox/further.ts'],
  applets: ['src/programs/busybox/large.ts', 'src/programs/coreutils/ps-table.ts'],
  network: ['src/programs/network/entry.ts'],
  shell: ['src/programs/shell/entry.ts'],
  packages: ['src/programs/packages/entry.ts'],
  servers: ['src/programs/servers/entry.ts'],
  runtimes: ['src/programs/runtimes/entry.ts'],
  java: ['src/programs/runtimes/java/entry.ts'],
  php: ['src/programs/runtimes/php/entry.ts'],
  tools: ['src/programs/tools/entry.ts'],
  isolation: [
    'src/programs/isolation/entry.ts',
    'src/kernel/isolation/isolation.ts',
    'src/kernel/isolation/id-maps.ts',
    'src/kernel/net/links.ts',
    'src/kernel/fs/overlay-stack.ts',
  ],
  vm: ['src/vm/entry.ts', 'src/host/guest.ts'],
  vagrant: ['src/vm/vagrant/entry.ts', 'src/vm/virtualbox/entry.ts'],
  compare: ['src/compare/measure.ts', 'src/compare/works.ts'],
  registry: [
    'src/registry/assemble.ts',
    'src/registry/catalog.ts',
    'src/registry/community.ts',
    'src/registry/hub.ts',
    'src/registry/outside.ts',
  ],
  distribution: ['src/registry/entry.ts'],
  build: ['src/engine/build/entry.ts', 'src/cli/commands/builder/build-run.ts'],
  'kernel-files': ['src/kernel/fs/proc-pid.ts', 'src/kernel/fs/cgroupfs.ts'],
  verbs: ['src/cli/further-verbs.ts'],
  calls: ['src/engine/further-calls.ts', 'src/engine/registry/push.ts'],
  archives: ['src/engine/images/archives.ts'],
  trouble: ['src/engine/images/shortage.ts', 'src/engine/crash.ts'],
  seldom: ['src/engine/networks/links.ts', 'src/engine/volumes/local-driver.ts'],
  help: ['src/cli/help/catalog.ts', 'src/cli/help/tree.ts', 'src/cli/catalog.ts'],
  english: ['src/explain/english.ts'],
  korean: ['src/explain/korean.ts'],
  advice: ['src/explain/hints/hint.ts'],
  explain: ['src/explain/narrate.ts', 'src/explain/messages/messages.ts', 'src/client/style.ts', 'src/vm/plan.ts'],
};

/** The names of the functions that a file exports. Throws when it exports other values: a stub cannot stand for those. */
export function exportedFunctions(path, source) {
  const names = [...source.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name);
  const other = /^export (?!type |interface |(?:async )?function \w).*/m.exec(source);
  if (other) throw new Error(`${path} begins a bundle, so it may export functions and types only: ${other[0]}`);
  return names;
}

/** The source of a bundle's entry: everything that its files export. */
export function entryOf(name) {
  return bundles[name].map((path) => `export * from './${path}';`).join('\n');
}

/** Replaces what belongs to other bundles than `name`. `load` is what the loader in bin/drydock.js hands to a bundle. */
export function stubs(name, root) {
  const owners = new Map(Object.entries(bundles).flatMap(([owner, paths]) => paths.map((path) => [path, owner])));
  return {
    name: 'stubs',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const file = relative(root, path).split(sep).join('/');
        const owner = owners.get(file);
        if (owner === undefined || owner === name) return undefined;
        const functions = exportedFunctions(file, readFileSync(path, 'utf8'));
        const contents = functions.map((f) => `export function ${f}(...args){return load('${owner}').${f}(...args)}`);
        return { contents: contents.join('\n'), loader: 'js' };
      });
    },
  };
}

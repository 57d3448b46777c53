import { tell } from '../../actions.ts';
import type { Io } from '../../makers/io.ts';
import { filesOf } from '../contents.ts';
import { debianTable } from '../debian-table.ts';
import { standIn } from '../lookup.ts';
import { makeDirectories, removeFiles, unpackFiles, writeSized } from '../unpack.ts';
import { fileList, readStatus, recordOf, writeFileList, writeStatus } from './database.ts';

/** A change that apt makes to the system. */
export type Act =
  | { readonly do: 'list'; readonly file: string; readonly size: number }
  | { readonly do: 'listed'; readonly bytes: number }
  /** An archive that the cache keeps. */
  | { readonly do: 'archive'; readonly file: string; readonly size: number }
  | { readonly do: 'unpack'; readonly name: string; readonly version: string; readonly code: string }
  | {
      readonly do: 'installed';
      readonly names: readonly string[];
      readonly auto: readonly string[];
      readonly unknown: readonly string[];
      readonly bytes: number;
      readonly code: string;
    }
  | { readonly do: 'remove'; readonly name: string }
  | { readonly do: 'removed'; readonly names: readonly string[]; readonly bytes: number; readonly code: string }
  /** Installed by itself, or (`auto`) because others needed it. */
  | { readonly do: 'mark'; readonly auto: boolean; readonly names: readonly string[]; readonly code: string };

const lists = '/var/lib/apt/lists';
/** Where downloaded archives are kept; images remove them after each installation (docker-clean). */
export const archives = '/var/cache/apt/archives';

/** Carries out a change; a message when it failed. */
export function perform(act: Act, io: Io): string | undefined {
  const { sys } = io;
  switch (act.do) {
    case 'list':
      makeDirectories(sys, `${lists}/partial`);
      sys.fs.writeFile(`${lists}/lock`, '', { mode: 0o640 });
      return failed(writeSized(sys, `${lists}/${act.file}`, '', act.size) !== undefined, `${lists}/${act.file}`);
    case 'listed':
      tell(sys, 'apt', 'package-lists', { manager: 'apt', bytes: act.bytes, folder: lists });
      return undefined;
    case 'archive':
      makeDirectories(sys, `${archives}/partial`);
      return failed(writeSized(sys, `${archives}/${act.file}`, '', act.size) !== undefined, act.file);
    case 'unpack': {
      const table = debianTable(act.code);
      const pack = table.packages.get(act.name) ?? standIn(table, act.name, act.version);
      if (!pack) return undefined;
      const files = filesOf(pack, 'debian');
      const problem = unpackFiles(sys, files);
      if (problem !== undefined) return `dpkg: error processing archive ${act.name} (--unpack):\n ${problem}\n`;
      writeFileList(
        sys,
        act.name,
        files.map(({ path }) => path),
      );
      return undefined;
    }
    case 'installed': {
      const table = debianTable(act.code);
      const installed = readStatus(sys, table);
      for (const name of act.names) {
        const pack = table.packages.get(name) ?? standIn(table, name, unknownVersion);
        if (pack) installed.set(name, recordOf(pack, act.auto.includes(name)));
      }
      writeStatus(sys, installed);
      const { typical } = table;
      const { names, bytes, unknown } = act;
      // a service's package has it started: by systemd, where that runs
      if (names.some((name) => /^(?:docker(?:\.io|-ce)|nginx|redis-server)$/.test(name)))
        sys.request('systemd', { op: 'installed', names, bytes, docker: installed.get('docker.io')?.version ?? null });
      tell(sys, 'apt', 'packages-installed', { manager: 'apt', count: names.length, bytes, typical, unknown });
      return undefined;
    }
    case 'remove': {
      removeFiles(sys, fileList(sys, act.name) ?? []);
      writeFileList(sys, act.name, undefined);
      return undefined;
    }
    case 'removed': {
      const installed = readStatus(sys, debianTable(act.code));
      for (const name of act.names) installed.delete(name);
      writeStatus(sys, installed);
      tell(sys, 'apt', 'packages-removed', { manager: 'apt', count: act.names.length, bytes: act.bytes });
      return undefined;
    }
    case 'mark': {
      const installed = readStatus(sys, debianTable(act.code));
      for (const name of act.names) {
        const one = installed.get(name);
        if (one) installed.set(name, { ...one, auto: act.auto });
      }
      writeStatus(sys, installed);
      return undefined;
    }
  }
}

/** The version that a package is given of which nothing but its name is known. */
export const unknownVersion = '1.0-1';

function failed(is: boolean, path: string): string | undefined {
  return is ? `E: Could not write ${path}\n` : undefined;
}

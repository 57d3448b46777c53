import { readFileSync } from 'node:fs';

/** A command of a recording, run as root by `bash -c`, with what it printed (both streams) and its exit status. */
export interface Recorded {
  readonly command: string;
  readonly output: string;
  readonly status: number;
}

/** The commands of a recording, in order: each line `$ COMMAND` is followed by the output and `[STATUS]`. */
export function recorded(name: string): readonly Recorded[] {
  const text = readFileSync(new URL(`${name}.txt`, import.meta.url), 'utf8');
  return [...text.matchAll(/^\$ (.*)\n([\s\S]*?)^\[(\d+)\]$/gm)].map(([, command = '', output = '', status]) => ({
    command,
    output,
    status: Number(status),
  }));
}

/** Devices that the simulated host has and the recorded machine had not. */
const ownDevices = /^(?:\d+: )?(?:enp0s3|docker0)[ :].*\n(?: {4}.*\n)*/gm;
const ownRoutes = /^(?:default via 10\.0\.2\.2|10\.0\.2\.0\/24|172\.17\.0\.0\/16).*\n/gm;

/** What differs between any two machines, or two runs, is taken out: numbers, times, addresses, names of places. */
export function normal(text: string): string {
  return text
    .replace(/^.*\/tmp\/reference\/.*\n/gm, '')
    .replace(/^ {4}inet6 .*\n {7}valid_lft.*\n/gm, '')
    .replace(ownDevices, '')
    .replace(ownRoutes, '')
    .replace(/ (?:::1\/128|fe80::[\da-f:]+\/64) /g, ' ')
    .replace(/link-netns(?:id)? \w+/g, 'link-netns X')
    .replace(/\b40265\d{5}\b/g, 'NS')
    .replace(/(?:[\da-f]{2}:){5}[\da-f]{2}(?= brd)/g, 'MAC')
    .replace(/^(\S+ +\w+ +)(?:[\da-f]{2}:){5}[\da-f]{2} </gm, '$1MAC <')
    .replace(/^\d+: /gm, 'N: ')
    .replace(/@if\d+/g, '@ifN')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/[A-Z][a-z]{2} [ \d]\d \d\d:\d\d/g, 'DATE')
    .replace(/,inode64|,uuid=on/g, '')
    .replace(/^total \d+$/gm, 'total')
    .replace(/\/tmp\/h9\/rec|\/w\b/g, '/BASE')
    .replace(/^(h9\w+ +)\d{2,} +/gm, '$1PID ')
    .replace(/"pid": \d+/g, '"pid": PID')
    .replace(/^root +\d+ +1 {2}0 \d\d:\d\d \? +/gm, 'root PID 1 ')
    .replace(/^\d+$/gm, 'NUMBER')
    .replace(/^vm$/gm, 'drydock')
    .replace(/ +(?=[A-Z])| {2,}/g, ' ')
    .replace(/[ \t]+$/gm, '')
    .trimEnd();
}

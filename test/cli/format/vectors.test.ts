import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Client, Output } from '../../../src/cli/client.ts';
import { inspectAll } from '../../../src/cli/commands/inspector.ts';
import { CliError } from '../../../src/cli/errors.ts';
import { containerTypes } from '../../../src/cli/format/data/container-types.ts';
import { structType } from '../../../src/cli/format/go/structs.ts';
import { parseReference } from '../../../src/cli/format/reference.ts';
import { bytesSize, humanSize, parseSize } from '../../../src/cli/format/size.ts';
import { readTemplate, render } from '../../../src/cli/format/template/template.ts';
import { humanDuration } from '../../../src/engine/human-duration.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/kernel/bytes.ts';

// Answers of the Go libraries and of the real client, recorded.
const read = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
const attempt = (act: () => string) => {
  try {
    return act();
  } catch (error) {
    return `ERR ${(error as Error).message}`;
  }
};

describe('go-units', () => {
  const size = (text: string, base: 1000 | 1024) =>
    attempt(() => `${parseSize(text, base)} <nil>`).replace('ERR', '-1');
  it.each(read('go-units.txt').trim().split('\n'))('%s', (line) => {
    const [kind, text = ''] = line.split(' ');
    const number = Number(text);
    const answer =
      kind === 'HumanSize'
        ? `${humanSize(number)} ${humanSize(number, 3)} ${bytesSize(number)}`
        : kind === 'HumanDuration'
          ? humanDuration(number * 1e6)
          : `${size(text, 1000)} ${size(text, 1024)}`;
    expect(`${kind} ${text} ${answer}`).toBe(line);
  });
});

describe('text/template', () => {
  const { Data: data, cases } = JSON.parse(read('gotemplate.json')) as { Data: unknown; cases: [string, string][] };
  it.each(cases)('%s', (template, expected) => {
    expect(attempt(() => render(readTemplate(template), { type: { kind: 'any' }, data }))).toBe(expected);
  });
});

describe('docker inspect --format', () => {
  const fixture = JSON.parse(read('inspect-templates.json'));
  const cases = fixture.cases as [string, string, string, number][];
  const type = structType(containerTypes(), '*InspectResponse', 'container');
  it.each(cases)('%s', (template, stdout, stderr, code) => {
    const output: Output[] = [];
    let exit: unknown;
    try {
      exit = inspectAll({ output } as unknown as Client, template, ['box'], () => ({ data: fixture.data, type }));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      exit = { exit: error.exitCode };
      output.push([2, encodeUtf8(`${error.message}\n`)]);
    }
    const printed = (fd: 1 | 2) => decodeUtf8(output.map(([to, bytes]) => (to === fd ? bytes : '')).join(''));
    expect([printed(1), printed(2), exit]).toEqual([stdout, stderr, { exit: code }]);
  });
});

describe('distribution/reference', () => {
  interface Case {
    readonly s: string;
    readonly err?: string;
    readonly domain?: string;
    readonly path?: string;
    readonly tag?: string;
    readonly digest?: string;
    readonly familiar?: string;
  }
  it.each(JSON.parse(read('references.json')) as Case[])('$s', ({ s, err, familiar, domain, path, tag, digest }) => {
    if (err !== undefined) {
      expect(() => parseReference(s)).toThrow(new CliError(err));
      return;
    }
    const shown = tag === undefined && digest === undefined ? `${familiar}:latest` : familiar;
    const parts = { ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
    expect(parseReference(s)).toEqual({ domain, path, familiar: shown, ...parts });
  });
});

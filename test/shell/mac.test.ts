// On a Mac the engine is in a machine that hides there: mistakes and completion look at what that one has.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { firstHost } from '../../src/client/first-host.ts';
import { hostPrograms } from '../../src/client/first-world.ts';
import { simulatedEnv } from '../../src/client/options.ts';
import { noStyle } from '../../src/explain/layout.ts';
import { readScenario } from '../../src/scenario/schema/scenario.ts';
import { Stage } from '../../src/scenario/stage.ts';
import { startingWorld } from '../../src/scenario/start.ts';
import { completeLine } from '../../src/shell/completion/line.ts';
import { mistakeLines } from '../../src/shell/mistakes/mistakes.ts';
import { emptyEngine, software } from '../support/sandbox.ts';

const options = { host: firstHost, env: simulatedEnv([], {}), programs: hostPrograms() };
const { scenario } = readScenario(readFileSync('scenarios/docker-desktop/scenario.yaml', 'utf8'));
if (!scenario) throw new Error('no lesson');
const stage = new Stage(startingWorld(scenario, emptyEngine(), software, options), software, options);
stage.line('docker run -d --name web nginx');
const m = stage.machine;
const look = { lang: 'en', plain: true, width: 500, style: noStyle } as const;

it('knows the images of the hidden machine', () => {
  const argv = ['docker', 'run', '-d', '-p', '80:8080', 'nginx'];
  const lines = mistakeLines(m, [argv], { status: 0, line: argv.join(' '), printed: '' }, look);
  expect(lines.join('\n')).toContain('docker run -d -p 8080:80 nginx');
});

it('says nothing of a word that is no container there', () => {
  const word = '0123456789abcdef';
  const printed = `bash: ${word}: command not found`;
  expect(mistakeLines(m, [], { status: 127, line: word, printed }, look)).toEqual([]);
});

it('completes the names of its containers and images', () => {
  const words = (line: string) => completeLine(line, line.length, { m, scenarios: () => [] })?.words;
  expect(words('docker stop ')).toEqual(['web']);
  expect(words('docker rmi ng')).toEqual(['nginx:latest']);
});

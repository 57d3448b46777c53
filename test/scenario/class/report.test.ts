// The teacher's table: who is where, and which step holds people up.
import { describe, expect, it } from 'vitest';
import { columns } from '../../../src/explain/width.ts';
import { noCount, type ScenarioProgress, type StepCount } from '../../../src/scenario/class/progress-file.ts';
import { type Handed, reportCsv, reportLines } from '../../../src/scenario/class/report.ts';

const count = (lines: number, hints = 0): StepCount => ({ ...noCount, lines, hints });
const handed = (name: string, scenarios: { readonly [name: string]: ScenarioProgress }, changed = false): Handed => ({
  file: { name, at: 100, scenarios },
  changed,
});
const at = (done: number, steps: readonly StepCount[], when = 50): ScenarioProgress => ({
  done,
  of: 3,
  at: when,
  steps,
});

const room = [
  handed('서준', { ports: at(3, [count(1), count(2), count(1)], 10), volumes: at(1, [count(1), count(12, 3)], 90) }),
  handed('ada', { ports: at(1, [count(2), count(7, 2)]) }, true),
  handed('bo', {}),
];

describe('the report', () => {
  it('says of everybody what is done, where they are, and what was hardest', () => {
    const lines = reportLines(room, 'en');
    expect(lines[0]).toMatch(/^NAME +COMPLETE +NOW AT +TRIES THERE +HINTS +HARDEST STEP$/);
    expect(lines[1]).toMatch(/^ada \(!\) +0 +ports 2\/3 +7 +2 +ports 2$/);
    expect(lines[2]).toMatch(/^bo +0 +not begun +- +- +-$/);
    expect(lines[3]).toMatch(/^서준 +1 +volumes 2\/3 +12 +3 +volumes 2$/);
  });

  it('lists the steps that hold people up, the worst first', () => {
    const lines = reportLines(room, 'ko');
    const from = lines.findIndex((line) => line.startsWith('여기에서'));
    expect(lines[from + 2]).toMatch(/^volumes 2\/3 +1 +12\.0 +3\.0$/);
    expect(lines[from + 3]).toMatch(/^ports 2\/3 +1 +4\.5 +1\.0$/);
  });

  it('has columns that stand below each other, wide letters or not', () => {
    const [title = '', , , row = ''] = reportLines(room, 'en');
    expect(columns(row.slice(0, row.indexOf('volumes')))).toBe(title.indexOf('NOW AT'));
  });

  it('goes to spreadsheets, in which nothing becomes a formula', () => {
    const csv = reportCsv([
      handed('=HYPERLINK("x")', { ports: at(1, [count(2)]) }),
      handed('a,b\u001b[2J', { ports: at(0, []) }),
    ]);
    const rows = csv.split('\r\n');
    expect(rows[0]).toBe('name,changed,scenario,step,of,state,lines,checks,hints,solved,last');
    expect(rows[1]).toBe('"\'=HYPERLINK(""x"")",no,ports,1,3,done,2,0,0,0,1970-01-01T00:00:50');
    expect(rows[2]).toMatch(/,ports,2,3,now,0,0,0,0,/);
    expect(csv).not.toContain('\u001b');
    expect(rows).toHaveLength(8);
  });
});

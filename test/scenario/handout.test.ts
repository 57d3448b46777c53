// Lessons on paper.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { handout } from '../../src/scenario/handout.ts';
import { readScenario } from '../../src/scenario/schema/scenario.ts';

const read = (name: string) => {
  const { scenario } = readScenario(readFileSync(`scenarios/${name}/scenario.yaml`, 'utf8'));
  if (!scenario) throw new Error(name);
  return scenario;
};

describe('a handout', () => {
  it('has the tasks and the questions, and keeps the solutions for the teacher', () => {
    const scenario = read('ports');
    const text = handout(scenario, 'ports', { lang: 'en' });
    expect(text).toMatch(/^# Ports\n\n[\s\S]*## Step 1 of 3\n[\s\S]*\n {4}curl localhost:80\n[\s\S]*1\. yes\n2\. no\n/);
    expect(text).not.toContain('docker run -d --name web -p 8080:80 nginx');
    const teachers = handout(scenario, 'ports', { lang: 'ko', solutions: true });
    expect(teachers).toContain('    docker run -d --name web -p 8080:80 nginx\n');
    expect(teachers).toMatch(/^# 포트\n/);
  });

  it('takes nothing that an author wrote for Markdown or HTML', () => {
    const scenario = read('ports');
    const title = { en: '<script>alert(1)</script> *x* [a](b)', ko: '_' };
    const text = handout({ ...scenario, title }, 'x', { lang: 'en' });
    expect(text.split('\n')[0]).toBe('# \\<script\\>alert(1)\\</script\\> \\*x\\* \\[a\\](b)');
  });

  it.each(readdirSync('scenarios', { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : [])))(
    'of %s is in one language',
    (name) => {
      expect(handout(read(name), name, { lang: 'en', solutions: true })).not.toMatch(/[가-힣]/);
      expect(handout(read(name), name, { lang: 'ko', solutions: true })).toMatch(/[가-힣]/);
    },
  );
});

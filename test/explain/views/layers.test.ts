import { describe, expect, it } from 'vitest';
import type { ImageStack } from '../../../src/engine/images/stack.ts';
import { noStyle } from '../../../src/explain/layout.ts';
import { layersView } from '../../../src/explain/views/layers.ts';
import { columns } from '../../../src/explain/width.ts';

const stack: ImageStack = {
  name: 'app:1',
  id: `sha256:${'a'.repeat(64)}`,
  size: 3_100,
  shared: 2_000,
  hidden: 1_000,
  rows: [
    {
      instruction: '/bin/sh -c #(nop) ADD rootfs in /',
      layer: {
        diffId: 'sha256:1',
        size: 2_000,
        added: 2,
        changed: 0,
        hidden: [],
        largest: [{ path: '/big', bytes: 1_000 }],
        standIn: false,
        sharedWith: ['other:1'],
      },
    },
    { instruction: 'CMD ["/big"]' },
    {
      instruction: 'RUN rm /big \x1b[31m',
      layer: {
        diffId: 'sha256:2',
        size: 100,
        added: 0,
        changed: 0,
        hidden: [{ path: '/big', bytes: 1_000 }],
        largest: [],
        standIn: false,
        sharedWith: [],
      },
    },
  ],
};
const options = { width: 80, plain: false, style: noStyle, size: (bytes: number) => `${bytes}B` } as const;

describe('drydock layers', () => {
  it('shows the newest layer on top, what each brings, hides and shares', () => {
    const text = layersView(stack, { ...options, lang: 'en' }).join('\n');
    const at = (part: string) => text.indexOf(part);
    expect(at('RUN rm /big')).toBeLessThan(at('CMD ["/big"]'));
    expect(at('CMD ["/big"]')).toBeLessThan(at('ADD rootfs in /'));
    expect(text).toContain('hides /big: 1000B stay in the layers below');
    expect(text).toContain('largest: /big (1000B)');
    expect(text).toContain('also for other:1');
    expect(text).not.toContain('\x1b');
  });

  it.each(['en', 'ko'] as const)('keeps within the columns and, when plain, to ASCII marks (%s)', (lang) => {
    for (const width of [40, 80]) {
      const lines = layersView(stack, { ...options, lang, width, plain: true });
      for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width);
      expect(lines.join('')).not.toMatch(/[│█┌]/);
    }
  });
});

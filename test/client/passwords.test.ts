import { expect, it } from 'vitest';
import { hasPassword, stepsWithoutPassword, withoutPassword } from '../../src/client/passwords.ts';

it.each([
  ['docker login -u me -p secret localhost', 'docker login -u me -p *** localhost'],
  ["docker login --password='a b' -u me", 'docker login --password=*** -u me'],
  ['docker login -psecret', 'docker login -p***'],
  ['ls; docker login --password secret; ls', 'ls; docker login --password ***; ls'],
])('%s is written down without its password', (line, kept) => {
  expect(hasPassword(line)).toBe(true);
  expect(withoutPassword(line)).toBe(kept);
});

it.each(['docker login', 'docker login --password-stdin < file', 'docker run -p 80:80 nginx', 'echo --password x'])(
  '%s has none',
  (line) => {
    expect(withoutPassword(line)).toBe(line);
  },
);

it('keeps it out of the steps, too', () => {
  const step = { actor: 'kernel', action: 'execve', data: { argv: ['docker', 'login', '-p', 'secret'] } };
  expect(JSON.stringify(stepsWithoutPassword([step as never]))).not.toContain('secret');
});

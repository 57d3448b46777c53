// What learners' scripts use of Python's standard library; the answers are CPython 3.11's.
import { describe, expect, it } from 'vitest';
import { python } from './tools.ts';

describe('python3', () => {
  it.each([
    [
      "print(f'{0.25:.1f} {0.35:.1f} {2.5:.0f} {1e22:.2f}', round(2.675, 2), round(0.5))",
      '0.2 0.3 2 10000000000000000000000.00 2.67 0',
    ],
    [
      "import re\nprint(re.findall(r'\\d+', 'a1b22'), re.sub(r'(\\w)(\\w)', r'\\2\\1', 'abcd'), re.split(r'[,;]\\s*', 'a, b;c'))",
      "['1', '22'] badc ['a', 'b', 'c']",
    ],
    [
      "import re\nprint(re.match(r'(?P<y>\\d{4})', '2024-05').groupdict(), re.fullmatch('a|ab', 'ab'))",
      "{'y': '2024'} <re.Match object; span=(0, 2), match='ab'>",
    ],
    [
      "from pathlib import Path\np = Path('/etc') / 'hosts'\nprint(p, p.name, p.exists(), repr(p.parent), Path('a/b.tar.gz').stem)",
      "/etc/hosts hosts True PosixPath('/etc') b.tar",
    ],
    [
      'from itertools import *\nprint(list(islice(count(5), 3)), list(combinations([1, 2, 3], 2)))',
      '[5, 6, 7] [(1, 2), (1, 3), (2, 3)]',
    ],
    [
      'from dataclasses import dataclass, field\n@dataclass\nclass P:\n    x: int\n    y: int = 3\n    t: list = field(default_factory=list)\nprint(P(1), P(1) == P(1, 3))',
      'P(x=1, y=3, t=[]) True',
    ],
    [
      "import argparse\np = argparse.ArgumentParser(prog='x')\np.add_argument('name')\np.add_argument('-n', '--count', type=int, default=1)\nprint(p.parse_args(['bob', '-n', '3']))",
      "Namespace(name='bob', count=3)",
    ],
    ['def f(a, b=None, c=None): return a, b, c\nprint(f(1))', '(1, None, None)'],
  ])('%s', (source, out) => {
    expect(python(source)).toEqual({ code: 0, out: `${out}\n`, err: '' });
  });
  it('starts no other program', () => {
    expect(python("import subprocess\nsubprocess.run(['ls'])").err).toContain('drydock reads programs');
  });
});

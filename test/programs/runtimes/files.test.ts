import { describe, expect, it } from 'vitest';
import { inProject } from '../tools/project.ts';

describe('files in PHP', () => {
  it('change their mode, name and place; failures are warned of', () => {
    const { stdout, code } = inProject(
      'php:8.3-cli',
      {
        'a.php': `<?php
file_put_contents('x', "#!/bin/sh\\necho run\\n");
var_dump(chmod('x', 0755), copy('x', 'y'), rename('y', 'z'), symlink('z', 'l'), is_link('l'), is_link('z'));
mkdir('d');
var_dump(rmdir('d'), file_exists('y'));
var_dump(copy('no', 'w'), rename('no', 'w'), chmod('no', 0));
`,
      },
      'php a.php; ./x; php -- b c < /dev/null; echo "<?php echo implode(\' \', array_slice(\\$argv, 1));" | php -- --b c',
    );
    expect(stdout).toBe(`bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
bool(true)
bool(false)

Warning: copy(no): Failed to open stream: No such file or directory in /app/a.php on line 6

Warning: rename(no,w): No such file or directory in /app/a.php on line 6

Warning: chmod(): No such file or directory in /app/a.php on line 6
bool(false)
bool(false)
bool(false)
run
--b c`);
    expect(code).toBe(0);
  });
});

describe('files in Python', () => {
  it('change their mode and name', () => {
    const { stdout, code } = inProject(
      'python:3.12',
      {
        'a.py': `import os
with open('x', 'w') as file:
    file.write('#!/bin/sh\\necho run\\n')
os.chmod('x', 0o755)
os.rename('x', 'y')
os.symlink('y', 'l')
os.mkdir('d')
os.rmdir('d')
try:
    os.unlink('x')
except FileNotFoundError as error:
    print(error)
`,
      },
      'python a.py && ./l && readlink l && ls',
    );
    expect(stdout).toBe("[Errno 2] No such file or directory: 'x'\nrun\ny\na.py\nl\ny\n");
    expect(code).toBe(0);
  });
});

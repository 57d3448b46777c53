/** A size as apt prints it: `59.4 kB`, `9352 kB`, `17.7 MB` (its SizeToStr). */
export function aptSize(bytes: number): string {
  let size = bytes;
  for (const unit of ['', 'k', 'M', 'G', 'T']) {
    if (size < 100 && unit !== '') return `${size.toFixed(1)} ${unit}B`;
    if (size < 10_000) return `${size.toFixed(0)} ${unit}B`;
    size /= 1000;
  }
  return `${size.toFixed(0)} PB`;
}

/** A heading and names below it, wrapped as apt does for 80 columns (its ShowList). Nothing when there are no names. */
export function showList(title: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  let text = `${title}\n`;
  let used = 0;
  for (const name of names) {
    if (used === 0) text += `  ${name}`;
    else if (used + name.length + 1 >= 77) {
      text += `\n  ${name}`;
      used = 0;
    } else {
      text += ` ${name}`;
      used += 1;
    }
    used += name.length;
  }
  return `${text}\n`;
}

/** The lines with which apt begins when it reads its files; a terminal gets `Done` after each. */
export function reading(terminal: boolean, ...more: readonly string[]): string {
  const lines = ['Reading package lists...', 'Building dependency tree...', 'Reading state information...', ...more];
  return lines.map((line) => `${line}${terminal ? ' Done' : ''}\n`).join('');
}

/** dpkg's count of the files it knows, with its percentages, as on the pseudo-terminal that apt gives it. */
export function databaseLine(files: number): string {
  const steps = Array.from({ length: 20 }, (_, i) => `(Reading database ... ${(i + 1) * 5}%\r`).join('');
  return `(Reading database ... \r${steps}(Reading database ... ${files} files and directories currently installed.)\r\n`;
}

/** The last part of a path as basename(3) gives it: trailing slashes do not count. */
export function basename(path: string): string {
  const trimmed = path.replace(/(?!^)\/+$/, '');
  return trimmed === '/' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** What is before the last part of a path, as dirname(3) gives it. */
export function dirname(path: string): string {
  const trimmed = path.replace(/(?!^)\/+$/, '');
  const slash = trimmed.lastIndexOf('/');
  if (slash < 0) return '.';
  return trimmed.slice(0, slash).replace(/\/+$/, '') || '/';
}

/** A name below a directory; no second slash after one that is there. */
export function joinPath(dir: string, name: string): string {
  return dir.endsWith('/') ? dir + name : `${dir}/${name}`;
}

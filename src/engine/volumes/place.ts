/** Where a volume's files are on the host. */
export function volumePath(name: string): string {
  return `/var/lib/docker/volumes/${name}/_data`;
}

/** The client that is imitated. */
export const client = {
  version: '28.5.2',
  apiVersion: '1.51',
  goVersion: 'go1.25.3',
  commit: 'ecc6942',
  built: 'Wed Nov  5 14:42:30 2025',
  platform: 'Docker Engine - Community',
} as const;

/** What `docker --version` prints. */
export const clientVersion = `Docker version ${client.version}, build ${client.commit}`;

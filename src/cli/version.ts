/** What `docker --version` prints, of the client that is imitated. */
export const clientVersion = 'Docker version 28.5.2, build ecc6942';

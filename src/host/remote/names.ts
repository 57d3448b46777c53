/** The service by which the docker client reaches engines of other computers (and those hidden in a virtual machine). */
export const engineLink = 'engine-link';

/** The engine's own service, as src/engine/state.ts calls it. */
export const engineService = 'dockerd';

/** The service that keeps the sessions of sshd. */
export const sshService = 'sshd';

/** The host on which commands run until another one is chosen. */
export const firstHost = 'drydock';

/** The name of a machine when none is given. */
export const defaultName = 'debian';

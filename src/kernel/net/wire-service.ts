/** The name under which the wires between hosts are a service: it is told when something moves at one of their ends. */
export const wireService = 'wire';

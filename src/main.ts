import { main } from './client/main.ts';

// What nobody caught ends here as one line; DRYDOCK_DEBUG shows where it came from.
process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  if (error?.code === 'EPIPE') process.exit(0); // the reader of our output has gone
  const text = process.env.DRYDOCK_DEBUG ? (error?.stack ?? error) : (error?.message ?? error);
  process.stderr.write(`drydock: ${process.env.DRYDOCK_DEBUG ? text : String(text).split('\n', 1)[0]}\n`);
  process.exit(1);
});

// all output is written at once: nothing is lost by leaving without waiting for node's own clean-up
void main(process.argv.slice(2), process.env).then((status) => process.exit(status));

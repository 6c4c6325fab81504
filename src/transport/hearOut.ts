import type { Duplex } from 'node:stream';

/**
 * Keeps a socket open for reading after a write to it failed, until the other side has said all that it had to say: a receiver that
 * answers before it read the whole request and then closes would else have its answer lost, because Node destroys the socket.
 * `failed` is called at the failure.
 */
export function keepReadableAfterWriteError(socket: Duplex, failed: () => void): void {
  const write = socket._write.bind(socket);
  const writev = socket._writev?.bind(socket);
  const patient =
    (done: (error?: Error | null) => void) =>
    (error?: Error | null): void => {
      if (error && !socket.destroyed && !socket.readableEnded) {
        failed();
        socket.once('end', () => done(error));
      } else {
        done(error);
      }
    };
  socket._write = (chunk, encoding, done) => write(chunk, encoding, patient(done));
  if (writev) socket._writev = (chunks, done) => writev(chunks, patient(done));
}

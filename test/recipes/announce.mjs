/** Prints a server's port as soon as it listens, and ends the program when its standard input is closed. */
export function announce(server) {
  server.on('listening', () => console.log(server.address().port));
  process.stdin.on('end', () => process.exit()).resume();
}

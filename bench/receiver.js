/** The receiver of the benchmarks: reads each request and answers 200; GET tells how many were posted. Prints its port. */
import { createServer } from 'node:http';

let count = 0;
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.setHeader('Connection', 'close');
    return response.end(String(count));
  }
  request.resume();
  request.on('end', () => {
    count++;
    response.end('ok');
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));

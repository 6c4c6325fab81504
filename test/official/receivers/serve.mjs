// Serves one of these receivers as a program of its own: its settings come as JSON in SETTINGS.
import { createServer, Server } from 'node:http';
import { announce } from '../../recipes/announce.mjs';

const { receive } = await import(`./${process.argv[2]}.mjs`);
const made = await receive(JSON.parse(process.env.SETTINGS));
if (made instanceof Server) console.log(made.address().port);
else announce(createServer(made).listen(0, '127.0.0.1'));
process.stdin.on('end', () => process.exit()).resume();

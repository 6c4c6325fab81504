// Serves one JavaScript receiver as a program of its own, for those that may take their process down.
import { createServer } from 'node:http';
import { announce } from '../recipes/announce.mjs';

const [file, form] = process.argv.slice(2);
const { HEADER: header, ENCODING: encoding, SECRET: secret } = process.env;
const { receivers } = await import(file);
const server = createServer(await receivers[form]({ header, encoding, secret }));
announce(server.listen(0, '127.0.0.1'));

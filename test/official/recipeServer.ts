import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { judgedByRecipe, knownTo } from './judges.js';

/** Starts what does as the documents of all providers say, each at a path of its name. */
export async function startRecipes(): Promise<{ url: string; stop(): Promise<unknown> }> {
  const settings = Object.fromEntries(judgedByRecipe.map((name) => [name, knownTo(name)]));
  const env = { ...process.env, SETTINGS: JSON.stringify(settings) };
  const program = join(import.meta.dirname, 'recipes/request_server.py');
  const child = spawn('/usr/bin/python3', ['-B', program], { env, stdio: 'pipe' });
  const ended = once(child, 'close');
  const [port] = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [])]);
  const stop = () => {
    child.stdin.end();
    return ended;
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

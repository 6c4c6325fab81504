import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { receiverProcess } from '../support/receiverProcess.js';

/** A provider's documented verifier, as a receiver program in the language it is documented in. */
export interface Recipe {
  readonly provider: string;
  /** The program that runs the file, and its flags. */
  readonly run: readonly [program: string, ...flags: string[]];
  /** The variable that the file reads the secret from. */
  readonly variable: string;
  /** The path that it serves; every path by default. */
  readonly path?: string;
}

const node = [process.execPath] as const;

/** All recipes by the name of their file. */
export const recipes = {
  'scalev.mjs': { provider: 'scalev', run: node, variable: 'CLIENT_SECRET' },
  'scalev.fastify.mjs': { provider: 'scalev', run: node, variable: 'CLIENT_SECRET' },
  // Without the flag, the locale decides how Python reads a secret that is not ASCII.
  'scalev.py': { provider: 'scalev', run: ['python3', '-X', 'utf8'], variable: 'CLIENT_SECRET' },
  'bharatcart.mjs': { provider: 'bharatcart', run: node, variable: 'WEBHOOK_SECRET', path: '/webhooks/bharatcart' },
  'covver.mjs': { provider: 'covver', run: node, variable: 'CLIENT_SECRET' },
  'webconnex.rb': { provider: 'webconnex', run: ['ruby'], variable: 'SIGNING_SECRET' },
  'commercelayer.mjs': { provider: 'commercelayer', run: node, variable: 'SHARED_SECRET' },
} as const satisfies Record<string, Recipe>;

export type RecipeFile = keyof typeof recipes;

/** Only Ruby may be missing; its recipes are skipped then. */
export const hasRuby = spawnSync('ruby', ['-ropenssl', '-e', '']).status === 0;

/** Starts a recipe for the time of a test, with the mends that it needs or without; resolves with its address. */
export async function startRecipe(
  file: RecipeFile,
  secret: string,
  form: 'mended' | 'as-documented' = 'mended',
): Promise<string> {
  const { run, variable, path = '/' }: Recipe = recipes[file];
  const [command, ...flags] = run;
  const args = [...flags, join(import.meta.dirname, file), form];
  return (await receiverProcess({ command, args, env: { [variable]: secret } })) + path;
}

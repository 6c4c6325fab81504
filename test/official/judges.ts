import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicKeys } from '../../src/signing/publicKeys.js';
import { exampleProvider } from '../support/exampleProviders.js';
import type { Judge, Known } from './judge.js';

const folder = (name: string) => join(import.meta.dirname, name);
const namesIn = (name: string, ending: string) =>
  readdirSync(folder(name)).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));

/** The providers that a package judges, or a recipe of this project's in JavaScript: `providers/<name>.ts`. */
export const judgedByPackage = namesIn('providers', '.ts');

/** The providers that a recipe judges which was written by their documents in Python: `recipes/<name>.py`. */
export const judgedByRecipe = namesIn('recipes', '.py').filter((name) => !name.includes('_'));

/** The judge of a provider that has a package. */
export async function loadJudge(name: string): Promise<Judge> {
  const { judge } = (await import(`./providers/${name}.ts`)) as { judge: Judge };
  return judge;
}

/** The address by which each receiver is known, which is not the one that it listens at. */
export const publicUrl = 'https://shop.example.com/hooks?shop=senja';

/** Returns the facts that the receiver of a provider knows, with a secret that is not the public sample. */
export function knownTo(name: string, own: string | undefined = secretOfRecipe(name)): Known {
  const provider = exampleProvider(name);
  const isSeed = provider.secret.sample.startsWith('seed:');
  const secret = own ?? (isSeed ? 'seed:known-to-the-tests-alone' : 'known-to-the-tests-alone');
  return { secret, publicKey: publicKeys(provider, secret)[0], url: publicUrl };
}

function secretOfRecipe(name: string): string | undefined {
  if (!judgedByRecipe.includes(name)) return undefined;
  return /^SECRET = '(.*)'$/m.exec(readFileSync(folder(`recipes/${name}.py`), 'utf8'))?.[1];
}
